"""What must be done before the first page: keys, words, tables, files, demo data. Safe to repeat."""

import importlib
import importlib.util
import json
import os
import sys
from pathlib import Path

import django


def prepare(folder: Path) -> None:
    """Bring the database and the folders of a local installation up to date.

    With HELPLINE_DEMO=off it stays empty: no accounts, no calls.
    """
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from cases.vault.keys import write_new_epoch
    from helpline.local.accounts import make_accounts

    keys = Path(settings.HELPLINE_KEYS)
    if not list(keys.glob("*.key")):
        write_new_epoch(keys)
    if importlib.util.find_spec("helpline.translations"):
        importlib.import_module("helpline.translations").compile_all()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if os.environ.get("HELPLINE_DEMO") == "off":
        return
    make_accounts(folder)
    _once(folder, "replay", "Replaying the days of March 2024", "replay_surge", "crocus-2024")
    _once(folder, "queue", "Filling a queue for today", "seed_demo")


def _once(folder: Path, step: str, words: str, *command: str) -> None:
    """Run a command that fills the database, unless an earlier start has finished it."""
    from django.core.management import call_command

    path = folder / "demo-steps.json"
    done = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    from django.core.management import get_commands

    if step in done or command[0] not in get_commands():
        return
    print(f"{words} …", flush=True)
    call_command(*command)
    path.write_text(json.dumps([*done, step]), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpline.settings")
    prepare(Path(sys.argv[1]))
