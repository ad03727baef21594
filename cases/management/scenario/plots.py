"""Who rings when: the moments of all calls shared out to stories, before anything of them is written."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from cases.management.scenario import mixes
from cases.management.scenario.facts_2024 import COURT_WEEK, MOSCOW, OWN_RULINGS, STRETCHES, TOLD_ATTACKS
from cases.management.scenario.hours import moments, scaled

_IN_COURT = frozenset({"detention", "expulsion", "holding"})
_LAST_DAY_UNTIL = 10
_OUR_SHARE = 0.22


@dataclass(slots=True)
class Plot:
    """A story before it is written. `ruling` is of Petersburg's own proceedings: empty while pending."""

    number: int
    topic: str
    phase: str
    region: str
    incident: str | None = None
    ruling: str | None = None
    times: list[datetime] = field(default_factory=list)


class _Desk:
    """Hands every moment to a story under way whose next caller is due, or begins a new story."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.plots: list[Plot] = []
        self.due: list[tuple[datetime, int, int]] = []
        self.attacks = list(TOLD_ATTACKS)
        self.rulings = list(OWN_RULINGS)
        rng.shuffle(self.rulings)

    def take(self, moment: datetime, phase: str) -> None:
        if self.due and self.due[0][0] <= moment:
            self.plots[heapq.heappop(self.due)[2]].times.append(moment)
            return
        plot, callers = self._begin(moment, phase)
        self.plots.append(plot)
        for _ in range(callers - 1):
            wait = timedelta(hours=self.rng.expovariate(1 / (7 if phase == mixes.SURGE else 10)) + 0.2)
            heapq.heappush(self.due, (moment + wait, self.rng.randrange(1 << 30), plot.number))

    def _begin(self, moment: datetime, phase: str) -> tuple[Plot, int]:
        number = len(self.plots)
        if self.attacks and self.attacks[0][0] <= moment:
            _, topic, region, incident, callers = self.attacks.pop(0)
            return Plot(number, topic, phase, region, incident, times=[moment]), callers
        topic = drawn(self.rng, _STORY_SHARES[phase])
        plot = Plot(number, topic, phase, drawn(self.rng, mixes.REGIONS), times=[moment])
        if self.rulings and self._comes_before_a_judge(plot, moment):
            plot.ruling = self.rulings.pop()
        sizes, weights = mixes.CALLERS.get(topic, mixes.ONE_CALLER)
        return plot, self.rng.choices(sizes, weights)[0]

    def _comes_before_a_judge(self, plot: Plot, moment: datetime) -> bool:
        """A share of Petersburg's detained in the published week; by its last morning the list is used up."""
        first, last = COURT_WEEK
        local = moment.astimezone(MOSCOW)
        if plot.region != "RU-SPE" or plot.topic not in _IN_COURT or not first <= local.date() <= last:
            return False
        if local.date() == last:
            return local.hour < _LAST_DAY_UNTIL
        return self.rng.random() < _OUR_SHARE


def drawn(rng: Random, shares: Mapping[str, float]) -> str:
    """One key of a table of shares."""
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def plots(seed: str, calls: int | None = None) -> list[Plot]:
    """The plots; with `calls`, the quiet days and the 48 hours keep their numbers as long as they can."""
    rng = Random(seed)  # noqa: S311 - a story, no secret
    desk = _Desk(rng)
    for stretch in scaled(STRETCHES, calls, frozenset({mixes.CALM, mixes.SURGE})):
        for moment in moments(rng, stretch):
            desk.take(moment, stretch.phase)
    return desk.plots


def _per_story(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares of stories which give these shares of calls: many callers a story mean fewer stories."""
    result = {}
    for topic, share in shares.items():
        sizes, weights = mixes.CALLERS.get(topic, mixes.ONE_CALLER)
        mean = sum(size * weight for size, weight in zip(sizes, weights, strict=True)) / sum(weights)
        result[topic] = share / mean
    return result


_STORY_SHARES = {phase: _per_story(shares) for phase, shares in mixes.TOPICS.items()}
