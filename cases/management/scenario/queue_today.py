"""A small live queue: about thirty open cases as they would stand on the desk now.

None of them is critical and every urgent one is in somebody's hands: a man detained this minute stands on top.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from cases.management.scenario.custody import custody_of
from cases.management.scenario.events import (
    CallTaken,
    CaseAssigned,
    CaseReferred,
    Event,
    FollowUpPlanned,
    Story,
)
from cases.management.scenario.mixes import CHANNELS, WEEK
from cases.management.scenario.notes import first_note, next_note
from cases.management.scenario.people import caller, client, relations, told_again
from cases.management.scenario.plots import Plot, drawn

SEED = "queue-today"
_HOUR = timedelta(hours=1)
OVERDUE, TODAY, TOMORROW = (-2 * _HOUR, -_HOUR / 2), (_HOUR / 2, 4 * _HOUR), (20 * _HOUR, 30 * _HOUR)


@dataclass(frozen=True, slots=True)
class Told:
    """One case of the queue: its age in hours, whose it is (empty: nobody's), its promise, its partner."""

    topic: str
    region: str
    age: float
    owner: str = ""
    due: tuple[timedelta, timedelta] | None = None
    partner: bool = False


MINE, OTHERS = "mine", "others"
QUEUE: tuple[Told, ...] = (
    Told("detention", "RU-MOW", 3, MINE, OVERDUE),
    Told("detention", "RU-SPE", 5, MINE, TODAY),
    Told("detention", "RU-MOS", 9, MINE, TODAY),
    Told("detention", "RU-SVE", 12, OTHERS, TODAY),
    Told("detention", "RU-MOW", 7, OTHERS, OVERDUE),
    Told("detention", "RU-KDA", 20, OTHERS, TOMORROW),
    Told("detention", "RU-NVS", 26, OTHERS, TOMORROW),
    Told("detention", "RU-AMU", 4, OTHERS, TODAY),
    Told("whereabouts", "RU-MOW", 15, MINE, OVERDUE),
    Told("whereabouts", "RU-TA", 30, OTHERS, TODAY),
    Told("expulsion", "RU-SPE", 22, MINE, TODAY),
    Told("expulsion", "RU-MOW", 31, OTHERS, TOMORROW),
    Told("expulsion", "RU-MOS", 2),
    Told("holding", "RU-MOW", 70, MINE, TOMORROW),
    Told("holding", "RU-SPE", 96, OTHERS, TOMORROW, partner=True),
    Told("border", "RU-MOS", 6),
    Told("border", "RU-SVE", 3),
    Told("hate_attack", "RU-KLU", 28, MINE, TOMORROW, partner=True),
    Told("medical", "RU-SAM", 18, OTHERS, TOMORROW),
    Told("documents", "RU-MOW", 40),
    Told("documents", "RU-SPE", 52, MINE, TOMORROW),
    Told("documents", "RU-TYU", 8),
    Told("wages", "RU-MOS", 120, OTHERS, TOMORROW, partner=True),
    Told("wages", "RU-MOW", 49),
    Told("wages", "RU-KHM", 16),
    Told("entry_ban", "RU-IRK", 60, OTHERS, TOMORROW),
    Told("extortion", "RU-MOW", 11),
    Told("extortion", "RU-ROS", 33),
    Told("leaving", "RU-SPE", 14),
    Told("child", "RU-MOS", 45, MINE, TODAY),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works on the queue, by the names the stage knows them under."""

    counsellor: str
    others: tuple[str, ...]
    coordinator: str
    partner: str


def queue(now: datetime, desk: Desk) -> Iterator[Story]:
    """The stories behind the queue. Their keys do not depend on `now`: a second run finds the first."""
    for number, told in enumerate(QUEUE):
        yield _Writer(number, told, now, desk).story()


class _Writer:
    def __init__(self, number: int, told: Told, now: datetime, desk: Desk) -> None:
        self.key, self.told, self.now, self.desk = f"queue.{number}", told, now, desk
        self.rng = Random(f"{SEED}:{number}")  # noqa: S311 - a story, no secret
        self.first = now - timedelta(hours=told.age)
        self.owner = desk.counsellor if told.owner == MINE else self.rng.choice(desk.others)
        self.client = client(self.rng, f"{self.key}.p", told.topic)
        self.case = f"{self.key}.case"

    def story(self) -> Story:
        relation = relations(self.rng, self.told.topic, 1)[0]
        events: list[Event] = [self._first_call(relation)]
        if self.told.owner:
            events += self._work()
        return Story(self.key, tuple(sorted(events, key=lambda event: event.at)))

    def _first_call(self, relation: str) -> CallTaken:
        # Whoever is vulnerable is critical; nobody in here is.
        about = replace(self.client.told, vulnerabilities=())
        kin = caller(self.rng, f"{self.key}.r", relation, self.client, "")
        held_topics = {"detention", "whereabouts", "expulsion", "holding"}
        plot = Plot(0, self.told.topic, WEEK, self.told.region, times=[self.first])
        return CallTaken(
            at=self.first,
            key=f"{self.key}.c0",
            by=self.owner,
            channel=drawn(self.rng, CHANNELS),
            seconds=self.rng.randint(60, 900),
            language=about.languages[0],
            topic=self.told.topic,
            region=self.told.region,
            relation=relation,
            caller=about if relation == "self" else kin,
            about=about,
            note=first_note(self.rng, self.told.topic),
            opens=self.case,
            held=custody_of(plot, self.rng).held if self.told.topic in held_topics else None,
        )

    def _work(self) -> Iterator[Event]:
        """A case in somebody's hands: assigned, a promise made, perhaps a second caller and a partner asked."""
        assigned = self.first + timedelta(minutes=self.rng.randint(2, 9))
        yield CaseAssigned(assigned, f"{self.key}.a", self.desk.coordinator, self.case, self.owner)
        if self.told.due:
            kind = self.rng.choice(("call_back", "call_place", "find_lawyer", "check", "inform_family"))
            due = self.now + self.told.due[0] + (self.told.due[1] - self.told.due[0]) * self.rng.random()
            planned = assigned + timedelta(minutes=3)
            yield FollowUpPlanned(planned, f"{self.key}.f", self.owner, self.case, kind, due, self.owner)
        if self.told.age > 8 and self.rng.random() < 0.6:
            yield self._second_call()
        if self.told.partner:
            offered = assigned + timedelta(minutes=40)
            yield CaseReferred(offered, f"{self.key}.o", self.owner, self.case, self.desk.partner)

    def _second_call(self) -> CallTaken:
        person = told_again(self.rng, self.client)
        return CallTaken(
            at=self.first + timedelta(hours=self.rng.uniform(1, self.told.age - 1)),
            key=f"{self.key}.c1",
            by=self.owner,
            channel=drawn(self.rng, CHANNELS),
            seconds=self.rng.randint(30, 400),
            language=person.languages[0],
            topic=self.told.topic,
            region=self.told.region,
            relation="friend",
            caller=caller(self.rng, f"{self.key}.r1", "friend", self.client, ""),
            about=person,
            note=next_note(self.rng),
            case=self.case,
        )
