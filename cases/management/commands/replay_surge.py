"""`manage.py replay_surge crocus-2024`: the surge of March 2024, played through the same actions as clicks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.management.scenario import crocus_2024
from cases.management.scenario.shares import ShareFailed, play_in_shares, processes_here

_SCENARIOS = {crocus_2024.SEED: crocus_2024}


class Command(BaseCommand):
    """Adds the calls and cases of a scenario that are not there yet. No message leaves."""

    help = "Play a scenario through the same actions as a person's clicks. A second run adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scenario", choices=sorted(_SCENARIOS))
        parser.add_argument(
            "--calls", type=int, help="how many calls in all; the scenario's own number if left out"
        )

        parser.add_argument(
            "--processes", type=int, help="how many processes share the work (two if they can)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        calls = options["calls"]
        if calls is not None and calls < 1:
            raise CommandError("--calls must be at least 1")
        stories = list(_SCENARIOS[options["scenario"]].stories(calls))
        try:
            added = play_in_shares(stories, options["processes"] or processes_here(), self._progress)
        except ShareFailed as failure:
            raise CommandError("The replay stopped half-way; run it again to add the rest.") from failure
        self.stdout.write(f"{added} calls added.")

    def _progress(self, added: int) -> None:
        self.stdout.write(f"  {added} calls …")
