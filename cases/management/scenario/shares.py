"""One scenario played by two processes: stories touch no rows of each other, so each process plays every second one."""

import os
import sys
from collections.abc import Callable
from multiprocessing import get_context

from django.db import connection, connections

from cases.management.scenario.events import Story
from cases.management.scenario.player import play
from cases.management.scenario.stage import set_stage

Tell = Callable[[int], None]


class ShareFailed(Exception):
    """A process could not play its share; what the others played is there, and another run adds the rest."""


def processes_here() -> int:
    """Two where two processors are free for it; one inside a transaction, which no other process can see."""
    if connection.in_atomic_block or sys.platform != "linux":
        return 1
    return min(2, os.cpu_count() or 1)


def play_in_shares(stories: list[Story], processes: int, tell: Tell) -> int:
    """Play what is not there yet; returns the number of calls added."""
    set_stage()
    if processes == 1:
        return play(stories, set_stage(), tell)
    context = get_context("fork")
    added = context.Array("i", processes)
    parent = os.getpid()

    def play_share(number: int) -> None:
        def heard(calls: int) -> None:
            added[number] = calls
            if number and os.getppid() != parent:
                sys.exit("The process that started this one is gone.")
            if not number:
                tell(sum(added[:]))

        play(stories[number::processes], set_stage(), heard)

    connections.close_all()
    helpers = [
        context.Process(target=play_share, args=(number,), daemon=True) for number in range(1, processes)
    ]
    for helper in helpers:
        helper.start()
    play_share(0)
    for helper in helpers:
        helper.join()
    if any(helper.exitcode for helper in helpers):
        raise ShareFailed
    return sum(added[:])
