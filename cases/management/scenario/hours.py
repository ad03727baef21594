"""When the telephone rings: the number of calls in every hour of the scenario, and the moments in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

HOUR = timedelta(hours=1)
# Weight of each hour of the Moscow day; in the surge the nights are not quiet.
CALM_DAY = (1, 1, 1, 1, 1, 2, 3, 5, 8, 9, 9, 9, 8, 8, 8, 8, 8, 8, 9, 9, 8, 6, 4, 2)
SURGE_DAY = (5, 4, 4, 3, 3, 4, 5, 7, 8, 9, 10, 10, 9, 9, 9, 9, 9, 9, 10, 11, 11, 10, 9, 7)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time with a fixed number of calls, spread over its hours by the weights of the day."""

    phase: str
    start: datetime
    hours: int
    calls: int
    day: tuple[int, ...] = SURGE_DAY


def scaled(stretches: Iterable[Stretch], wanted: int | None, kept: frozenset[str]) -> list[Stretch]:
    """The same stretches with `wanted` calls in all.

    The phases in `kept` keep their numbers as long as the others can give way; below that all shrink alike.
    """
    found = list(stretches)
    if wanted is None:
        return found
    fixed = sum(stretch.calls for stretch in found if stretch.phase in kept)
    movable = frozenset(stretch.phase for stretch in found) - (kept if wanted > fixed else frozenset())
    share = [stretch.calls if stretch.phase in movable else 0 for stretch in found]
    parts = spread(wanted - sum(s.calls for s in found if s.phase not in movable), share)
    return [
        Stretch(s.phase, s.start, s.hours, part if s.phase in movable else s.calls, s.day)
        for s, part in zip(found, parts, strict=True)
    ]


def spread(total: int, weights: list[int]) -> list[int]:
    """Whole numbers in proportion to the weights which sum to the total (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: parts[i] - exact[i])
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def moments(rng: Random, stretch: Stretch) -> Iterator[datetime]:
    """The moments of a stretch's calls, in order."""
    weights = [stretch.day[(stretch.start + HOUR * hour).hour] for hour in range(stretch.hours)]
    for hour, count in enumerate(spread(stretch.calls, weights)):
        for second in sorted(rng.randrange(3600) for _ in range(count)):
            yield stretch.start + HOUR * hour + timedelta(seconds=second)
