"""March 2024: calm days, the attack of the 22nd, more than 2,500 calls in 48 hours, then about 1,200 a day.

Made of published figures: 2,500 calls in two days of which over half spoke of raids and illegal detentions,
at least 30 people who told of torture, then 1,000 to 1,200 calls a day of which two thirds were detentions.
Everything is drawn from one seed and is the same in every run. The law of March 2024 applies: only judges
expel, the appeal runs ten sutki.
"""

from collections.abc import Iterator
from random import Random

from cases.management.scenario.events import Event, Story
from cases.management.scenario.plots import plots
from cases.management.scenario.writing import write

SEED = "crocus-2024"


def stories(calls: int | None = None, seed: str = SEED) -> Iterator[Story]:
    """Every story of the scenario, by its first call; `calls` asks for another number of calls."""
    for plot in plots(seed, calls):
        yield write(plot, Random(f"{seed}:{plot.number}"))  # noqa: S311 - a story, no secret


def events(calls: int | None = None, seed: str = SEED) -> list[Event]:
    """All events of all stories in order of time."""
    told = (event for story in stories(calls, seed) for event in story.events)
    return sorted(told, key=lambda event: (event.at, event.key))
