"""What must be done before the first page: keys, words, tables, files, demo data. Safe to repeat."""

import hashlib
import json
import os
import sys
from pathlib import Path

import django

from helpline.translations import compile_all


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
    compile_all()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    _collect_static(folder)
    if os.environ.get("HELPLINE_DEMO") == "off":
        return
    make_accounts(folder)
    _once(folder, "replay", "Replaying the days of March 2024", "replay_surge", "crocus-2024")
    _once(folder, "queue", "Filling a queue for today", "seed_demo")


def _collect_static(folder: Path) -> None:
    """Gather style sheets and scripts, unless they are those of the last start."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = ((name, store.path(name)) for finder in get_finders() for name, store in finder.list([]))
    facts = sorted((name, path, Path(path).stat().st_mtime_ns) for name, path in found)
    now = hashlib.sha256(repr(facts).encode()).hexdigest()
    stamp = folder / "static.stamp"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != now:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(now, encoding="ascii")


def _once(folder: Path, step: str, words: str, *command: str) -> None:
    """Run a command that fills the database, unless an earlier start has finished it."""
    from django.core.management import call_command

    path = folder / "demo-steps.json"
    done = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    if step in done:
        return
    print(f"{words} …", flush=True)
    call_command(*command)
    path.write_text(json.dumps([*done, step]), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpline.settings")
    prepare(Path(sys.argv[1]))
