"""A real worker, a real beat and a real web server, and what is done to them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from helpline.local import process

CELERY = [sys.executable, "-m", "celery", "-A"]
WORKER = ["worker", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
BEAT = ["beat", "--pidfile=", "--loglevel", "WARNING"]
WEB = [sys.executable, "-m", "gunicorn", "-c", "python:helpline.gunicorn", "helpline.wsgi"]


class Processes:
    """Worker, beat and web, brought back when they die, as a supervisor does."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment, self._folder = environment, folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._commands: dict[str, list[str]] = {}
        self.port = int(environment["PORT"])
        self.kills = 0

    def start(self, *names: str, app: str = "helpline") -> None:
        """Start worker and beat, or those that are named."""
        known = {"worker": [*CELERY, app, *WORKER], "beat": [*CELERY, "helpline", *BEAT], "web": WEB}
        self._commands = {name: known[name] for name in names or ("worker", "beat")}
        self.look_after()

    def look_after(self) -> None:
        """Start what does not run."""
        for name, command in self._commands.items():
            if name not in self._running or self._running[name].poll() is not None:
                log = self._folder / f"{name}.log"
                self._running[name] = process.start(command, log=log, env=self._environment)

    def kill_worker(self) -> None:
        """End the worker and all its children at once, without a word."""
        child = self._running["worker"]
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        self.kills += 1

    def until(self, done: Callable[[], bool], *, within: float) -> float:
        """Look after the processes until something holds; answers the seconds it took."""
        started = time.monotonic()
        while not done():
            if time.monotonic() - started > within:
                raise AssertionError(f"not within {within} s; they said:\n{self.said()[-3000:]}")
            self.look_after()
            time.sleep(0.1)
        return time.monotonic() - started

    def said(self) -> str:
        """What they have written to their logs."""
        return "".join(path.read_text(errors="replace") for path in sorted(self._folder.glob("*.log")))

    def stop(self) -> None:
        """End all."""
        self._commands = {}
        for child in self._running.values():
            process.finish(child, signal.SIGKILL)
