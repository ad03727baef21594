"""Keeps the parts of a local installation alive, and ends them together."""

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGTERM
from typing import Protocol

from helpline.local import process

# A part that has run this long is well again; its next death is a new story.
_WELL_AFTER_SECONDS = 60
_LONGEST_PAUSE_SECONDS = 30


class Part(Protocol):
    """What the supervisor needs of a server or a process."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def alive(self) -> bool: ...


class Program:
    """A process of ours, with its output in a file."""

    def __init__(self, command: list[str], log: Path, env: dict[str, str]) -> None:
        self.command, self.log, self.env = command, log, env
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; what its predecessor left behind is ended first."""
        self.stop()
        self._child = process.start(self.command, log=self.log, env=self.env)

    def stop(self) -> None:
        """Ask it to finish what it does, then end it."""
        if self._child is not None:
            process.finish(self._child, SIGTERM)
            self._child = None

    def alive(self) -> bool:
        """Whether it runs."""
        return self._child is not None and self._child.poll() is None


@dataclass
class _Kept:
    part: Part
    started: float = 0.0
    failures: int = 0
    due: float | None = None

    def pause(self) -> float:
        return min(2.0**self.failures / 2, _LONGEST_PAUSE_SECONDS)


@dataclass
class Supervisor:
    """Starts parts in order, brings back those that die, and stops all of them in the opposite order."""

    say: Callable[[str], None]
    kept: dict[str, _Kept] = field(default_factory=dict)

    def start(self, name: str, part: Part) -> None:
        """Start a part and keep it from now on."""
        self.kept[name] = _Kept(part, started=time.monotonic())
        part.start()

    def look_after(self) -> None:
        """Bring back what has died, with a growing pause; called again and again."""
        for name, kept in self.kept.items():
            if kept.part.alive():
                continue
            now = time.monotonic()
            if kept.due is None:
                kept.failures = 0 if now - kept.started > _WELL_AFTER_SECONDS else kept.failures + 1
                kept.due = now + kept.pause()
                self.say(f"{name} has ended unexpectedly; starting it again in {kept.pause():.0f} s.")
            elif now >= kept.due:
                self._restart(name, kept)

    def _restart(self, name: str, kept: _Kept) -> None:
        kept.started, kept.due = time.monotonic(), None
        try:
            kept.part.start()
        except (OSError, RuntimeError) as error:
            self.say(f"{name} did not start: {error}")

    def stop(self) -> None:
        """Stop everything, in the opposite order: servers last."""
        for name in reversed(list(self.kept)):
            self.kept.pop(name).part.stop()
