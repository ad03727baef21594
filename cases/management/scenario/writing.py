"""From a plot to its story: what the counsellors and coordinators did about these calls, step by step.

Every story is finished: its follow-ups are done and its case is closed, so that nothing of March 2024 falls
due today.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from cases.management.scenario import mixes
from cases.management.scenario.custody import Custody, custody_of
from cases.management.scenario.events import (
    CallLinked,
    CallTaken,
    CaseAssigned,
    CaseClosed,
    CaseReferred,
    CaseTriaged,
    DetentionEnded,
    Event,
    FollowUpCompleted,
    FollowUpPlanned,
    FollowUpPostponed,
    Held,
    ProceedingTold,
    ReferralAnswered,
    Story,
    Told,
)
from cases.management.scenario.facts_2024 import COORDINATORS, COUNSELLORS, PARTNERS
from cases.management.scenario.notes import first_note, next_note
from cases.management.scenario.people import caller, client, relations, told_again
from cases.management.scenario.plots import Plot, drawn

_HELD = frozenset({"detention", "whereabouts", "violence", "army", "expulsion", "holding"})
_JUNK_OUTCOMES = {"silent": 45, "hung_up": 25, "abuse": 20, "wrong_number": 10}
_TOPIC_FLAGS = {"violence": "beaten", "army": "army_contract", "whereabouts": "contact_lost"}
_DETENTION_FLAGS = {"signing": 0.2, "beaten": 0.03, "court_today": 0.05}
_PROMISES = {"expulsion": "appeal", "wages": "complaint", "violence": "complaint"}
_ANY_PROMISE = ("call_place", "call_back", "check", "find_lawyer", "inform_family")
_KEPT = {"reached": 45, "no_answer": 20, "done": 25, "not_needed": 5, "failed": 5}
_ENDS = {
    "wages": {"wages_paid": 30, "referred": 30, "advice_given": 40},
    "documents": {"regularised": 50, "advice_given": 50},
    "leaving": {"left_safely": 60, "advice_given": 40},
}
_ANY_END = {"advice_given": 55, "resolved": 20, "referred": 15, "caller_wish": 10}
_LOOSE_OUTCOMES = {"advised": 84, "call_back": 6, "dropped": 6, "thanks": 4}


def write(plot: Plot, rng: Random) -> Story:
    """The events of a plot in order of time."""
    if rng.random() < mixes.OPENS_CASE.get(plot.topic, 0) or len(plot.times) > 1 or plot.ruling is not None:
        return _CaseStory(plot, rng).tell()
    return Story(_key(plot), (_loose_call(plot, rng),))


def _key(plot: Plot) -> str:
    return f"s{plot.number}"


def _seconds(rng: Random, topic: str) -> int:
    return rng.randint(3, 60) if topic == "junk" else min(3600, 40 + int(rng.expovariate(1 / 230)))


def _loose_call(plot: Plot, rng: Random) -> CallTaken:
    """A call that opens no case: a question, a raid somebody saw, an empty line."""
    key, junk = _key(plot), plot.topic == "junk"
    person = client(rng, f"{key}.p", plot.topic)
    return CallTaken(
        at=plot.times[0],
        key=f"{key}.c0",
        by=rng.choice(COUNSELLORS),
        channel=drawn(rng, mixes.CHANNELS),
        seconds=_seconds(rng, plot.topic),
        language="unknown" if junk else person.told.languages[0],
        topic=plot.topic,
        region="unknown" if junk else plot.region,
        relation="unknown" if junk else "self",
        caller=person.told if not junk and rng.random() < 0.35 else None,
        outcome=drawn(rng, _JUNK_OUTCOMES if junk else _LOOSE_OUTCOMES),
        note=first_note(rng, plot.topic),
    )


class _CaseStory:
    """Writes one case from its first call to its closing."""

    def __init__(self, plot: Plot, rng: Random) -> None:
        self.plot, self.rng, self.key = plot, rng, _key(plot)
        self.case = f"{self.key}.case"
        self.first, self.last = plot.times[0], plot.times[-1]
        self.client = client(rng, f"{self.key}.p", plot.topic)
        self.counsellor = rng.choice(COUNSELLORS)
        self.coordinator = rng.choice(COORDINATORS)
        self.events: list[Event] = []

    def tell(self) -> Story:
        custody = custody_of(self.plot, self.rng) if self.plot.topic in _HELD else None
        self._calls(custody.held if custody else None)
        self._assignment()
        over = self.last + timedelta(minutes=self.rng.randint(20, 600))
        if custody:
            # While relatives ask for news he is still held.
            custody = replace(custody, ended_at=max(custody.ended_at, self.last + timedelta(minutes=10)))
            self._end_of(custody)
            over = max(over, custody.ended_at) + timedelta(minutes=self.rng.randint(15, 300))
        over = max(over, self._follow_up())
        reason = self._closing_reason(custody)
        if reason == "referred" or self.rng.random() < 0.05:
            over = max(over, self._referral(over, accepted=reason == "referred"))
        closed = over + timedelta(minutes=self.rng.randint(5, 90))
        self.events.append(CaseClosed(closed, f"{self.key}.x", self.counsellor, self.case, reason))
        return Story(self.key, tuple(sorted(self.events, key=lambda event: event.at)))

    def _calls(self, held: Held | None) -> None:
        kin = relations(self.rng, self.plot.topic, len(self.plot.times))
        phone = ""
        for number, (moment, relation) in enumerate(zip(self.plot.times, kin, strict=True)):
            person = self.client.told if number == 0 else told_again(self.rng, self.client)
            ringing = self._ringing(number, relation, person, phone)
            phone = phone or (ringing.phone if ringing else "")
            call = self._call(number, moment, relation, ringing, person)
            self.events.append(replace(call, held=held) if number == 0 else call)
            if number and call.by != self.counsellor:
                self._link(call)

    def _ringing(self, number: int, relation: str, person: Told, phone: str) -> Told | None:
        """The caller as far as they say who they are; one in eight says nothing."""
        if relation == "self":
            return person
        if self.rng.random() < 0.12:
            return None
        return caller(self.rng, f"{self.key}.r{number}", relation, self.client, phone)

    def _call(
        self, number: int, moment: datetime, relation: str, ringing: Told | None, person: Told
    ) -> CallTaken:
        rng, first = self.rng, number == 0
        own = first or rng.random() < 0.45
        return CallTaken(
            at=moment,
            key=f"{self.key}.c{number}",
            by=self.counsellor if own else rng.choice(COUNSELLORS),
            channel=drawn(rng, mixes.CHANNELS),
            seconds=_seconds(rng, self.plot.topic),
            language=(ringing or person).languages[0],
            topic=self.plot.topic,
            region=self.plot.region,
            relation=relation,
            caller=ringing,
            about=person,
            flags=self._flags() if first else frozenset(),
            safety="may_call" if rng.random() < 0.8 else rng.choice(("messenger", "never")),
            note=first_note(rng, self.plot.topic) if first else next_note(rng),
            opens=self.case if first else None,
            incident=self.plot.incident,
            case=None if first or not own else self.case,
        )

    def _link(self, call: CallTaken) -> None:
        at = call.at + timedelta(minutes=self.rng.randint(2, 19))
        self.events.append(CallLinked(at, f"{call.key}.l", self.coordinator, call.key, self.case))

    def _flags(self) -> frozenset[str]:
        topic = self.plot.topic
        flags = {_TOPIC_FLAGS[topic]} if topic in _TOPIC_FLAGS else set()
        if topic == "detention":
            flags = {flag for flag, chance in _DETENTION_FLAGS.items() if self.rng.random() < chance}
        return frozenset(flags | ({"child"} if "minor" in self.client.told.vulnerabilities else set()))

    def _assignment(self) -> None:
        """Whoever opened a case mostly keeps it; a coordinator hands it out, and now and then weighs it anew."""
        at = self.first + timedelta(minutes=self.rng.randint(2, 25))
        self.events.append(CaseAssigned(at, f"{self.key}.a", self.coordinator, self.case, self.counsellor))
        if self.rng.random() < 0.04:
            weighed, urgency = at + timedelta(minutes=self.rng.randint(3, 5)), self.rng.choice(("U0", "U2"))
            self.events.append(CaseTriaged(weighed, f"{self.key}.t", self.coordinator, self.case, urgency))

    def _end_of(self, custody: Custody) -> None:
        known = max(custody.ended_at, self.first + timedelta(minutes=10))
        known += timedelta(minutes=self.rng.randint(2, 10))
        if custody.received_at:
            told = known - timedelta(minutes=1)
            self.events.append(
                ProceedingTold(
                    told,
                    f"{self.key}.pr",
                    self.counsellor,
                    self.case,
                    custody.court,
                    custody.held.article,
                    custody.received_at,
                    custody.ruled_at,
                    custody.ruling,
                )
            )
        self.events.append(
            DetentionEnded(
                known, f"{self.key}.e", self.counsellor, self.case, custody.ended_at, custody.outcome
            )
        )

    def _follow_up(self) -> datetime:
        kind = _PROMISES.get(self.plot.topic) or self.rng.choice(_ANY_PROMISE)
        planned = self.first + timedelta(minutes=self.rng.randint(31, 45))
        key, due = f"{self.key}.f", planned + timedelta(minutes=self.rng.choice((30, 60, 120, 180)))
        self.events.append(
            FollowUpPlanned(planned, key, self.counsellor, self.case, kind, due, self.counsellor)
        )
        if self.rng.random() < 0.1:
            moved, due = due - timedelta(minutes=5), due + timedelta(hours=3)
            self.events.append(FollowUpPostponed(moved, f"{key}.p", self.counsellor, key, due))
        done = due + timedelta(minutes=self.rng.randint(-3, 40))
        outcome = drawn(self.rng, _KEPT)
        self.events.append(FollowUpCompleted(done, f"{key}.d", self.counsellor, key, outcome))
        return done

    def _closing_reason(self, custody: Custody | None) -> str:
        if custody is None:
            return drawn(self.rng, _ENDS.get(self.plot.topic, _ANY_END))
        return drawn(self.rng, mixes.CLOSINGS[custody.outcome])

    def _referral(self, at: datetime, accepted: bool) -> datetime:
        key, partners = f"{self.key}.o", self.rng.sample(PARTNERS, 2)
        if accepted and self.rng.random() < 0.2:
            at = self._offer(f"{key}0", partners[1], at, "capacity")
        reasons = ("capacity", "out_of_scope", "merits")
        return self._offer(f"{key}1", partners[0], at, "" if accepted else self.rng.choice(reasons))

    def _offer(self, key: str, partner: str, at: datetime, reason: str) -> datetime:
        offered = at + timedelta(minutes=self.rng.randint(5, 60))
        answered = offered + timedelta(minutes=self.rng.randint(30, 900))
        self.events.append(CaseReferred(offered, key, self.counsellor, self.case, partner))
        self.events.append(ReferralAnswered(answered, f"{key}.a", partner, key, reason))
        return answered
