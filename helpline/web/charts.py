"""Bars over time as SVG: geometry only, every colour is a class. The same numbers stand in a table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 960, 220, 36, 22, 8
MOST_LABELS = 8


class Bar(NamedTuple):
    """One bar with what a pointer is told."""

    x: float
    y: float
    width: float
    height: float
    title: str


class Mark(NamedTuple):
    """A word or number at an axis."""

    at: float
    text: str


@dataclass(frozen=True)
class BarChart:
    """Bars from left to right, and what stands at the axes."""

    bars: list[Bar]
    below: list[Mark]
    beside: list[Mark]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def bar_chart(rows: Sequence[tuple[str, int]]) -> BarChart:
    """A chart of (label, number) in the order given."""
    top = _round_up(max((number for _label, number in rows), default=0))
    step = (WIDTH - LEFT) / max(len(rows), 1)
    room = HEIGHT - BOTTOM - TOP
    bars = [
        Bar(
            round(LEFT + index * step + step * 0.1, 1),
            round(TOP + room * (1 - number / top), 1),
            round(step * 0.8, 1),
            round(room * number / top, 1),
            f"{label}: {number}",
        )
        for index, (label, number) in enumerate(rows)
    ]
    every = -(-len(rows) // MOST_LABELS) or 1
    below = [Mark(round(LEFT + index * step, 1), label) for index, (label, _number) in enumerate(rows)][
        ::every
    ]
    beside = [Mark(round(TOP + room * (1 - part / top), 1), str(part)) for part in sorted({0, top // 2, top})]
    return BarChart(bars, below, beside)


def _round_up(number: int) -> int:
    """The next "round" number: 1, 2 or 5 and zeros; at least 2."""
    power = 1
    while True:
        for first in (1, 2, 5):
            if max(number, 2) <= first * power:
                return first * power
        power *= 10
