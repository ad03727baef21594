"""`manage.py import_calls FILE [--map MAP] [--dry-run]`: a hotline's own spreadsheet comes in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.management.importing.maps import BadMap, built_in_names, load_map
from cases.management.importing.run import import_file
from cases.management.importing.sheets import UnreadableFile


class Command(BaseCommand):
    """Takes each row, or refuses it with its number and reason. Running it twice adds nothing."""

    help = "Import a list of calls or detentions (CSV, XLSX). A second run adds nothing; no message is sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = ", ".join(built_in_names())
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--map", help=f"a column map in TOML or JSON, or one of: {names}; found by itself if left out"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would happen and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            columns = load_map(options["map"]) if options["map"] else None
            report = import_file(options["file"], columns, dry_run=options["dry_run"])
        except (BadMap, UnreadableFile) as problem:
            raise CommandError(str(problem)) from problem
        for line in report.lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write(_("Dry run: nothing was changed."))
