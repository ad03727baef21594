"""`make run`: the whole helpline on this machine, from nothing to a page one can sign in to."""

import fcntl
import os
import secrets
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

from helpline.local import environment, process
from helpline.local.postgres import EmbeddedPostgres
from helpline.local.redis import EmbeddedRedis
from helpline.local.supervisor import Program, Supervisor

_READY_SECONDS = 120


class Stopped(BaseException):
    """Somebody asked to stop."""


def say(words: str) -> None:
    """Tell the person at the terminal."""
    print(words, flush=True)


def main() -> int:
    """Start everything, say when it is ready, and stop everything when asked."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)
    _watch_make()
    supervisor = Supervisor(say)
    try:
        environment.refuse_beside_own_servers()
        folder = environment.data_folder()
        with (folder / "lock").open("w") as lock:
            _only_one(lock.fileno(), folder)
            _run(folder, supervisor)
    except Stopped:
        say("Stopping …")
        return 0
    except (environment.OwnServersConfigured, RuntimeError) as error:
        say(str(error))
        return 1
    finally:
        _ignore_signals()
        supervisor.stop()


def _run(folder: Path, supervisor: Supervisor) -> NoReturn:
    postgres, redis = EmbeddedPostgres(folder), EmbeddedRedis(folder)
    supervisor.start("PostgreSQL", postgres)
    supervisor.start("Redis", redis)
    variables = _variables(folder, postgres, redis)
    environment.remember(folder, variables)
    env = {**os.environ, **variables}
    _prepare(folder, env)
    for name, command, extra in _programs(folder):
        supervisor.start(name, Program(command, folder / "logs" / f"{name}.log", {**env, **extra}))
    _say_when_ready(supervisor)
    while True:
        supervisor.look_after()
        time.sleep(0.5)


def _variables(folder: Path, postgres: EmbeddedPostgres, redis: EmbeddedRedis) -> dict[str, str]:
    mail = folder / "mail"
    for private in (mail, folder / "logs"):
        private.mkdir(mode=0o700, exist_ok=True)
    return {
        "HELPLINE_ENV": "development",
        "HELPLINE_DATA": str(folder),
        "DATABASE_URL": postgres.url(),
        "REDIS_URL": redis.url,
        "SECRET_KEY": _secret(folder / "secret_key"),
        "HELPLINE_KEYS": str(folder / "keys"),
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or "localhost",
        "EMAIL_URL": os.environ.get("EMAIL_URL") or f"file://{mail}",
        "STATIC_ROOT": str(folder / "static"),
        "PUBLIC_URL": f"http://localhost:{os.environ.get('PORT') or '8000'}/",
    }


def _programs(folder: Path) -> list[tuple[str, list[str], dict[str, str]]]:
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "helpline"]
    quiet = ["--loglevel", "WARNING"]
    bare = ["--without-gossip", "--without-mingle"]
    return [
        (
            "web",
            [python, "-m", "gunicorn", "-c", "python:helpline.gunicorn", "helpline.wsgi"],
            {"DB_POOL": "on"},
        ),
        ("worker", [*celery, "worker", "--concurrency", "2", *bare, *quiet], {}),
        ("beat", [*celery, "beat", "--pidfile=", *quiet], {}),
    ]


def _prepare(folder: Path, env: dict[str, str]) -> None:
    child = process.start([sys.executable, "-m", "helpline.local.prepare", str(folder)], env=env)
    try:
        if child.wait() != 0:
            raise RuntimeError("Setting up has failed; the lines above say why.")
    finally:
        process.finish(child, signal.SIGTERM)


def _say_when_ready(supervisor: Supervisor) -> None:
    port = os.environ.get("PORT") or "8000"
    started = time.monotonic()
    while time.monotonic() - started < _READY_SECONDS:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200 and supervisor.kept["web"].part.alive():
                    say(f"Helpline is ready at http://localhost:{port}/")
                    return
        except (URLError, OSError):
            pass
        supervisor.look_after()
        time.sleep(0.2)
    raise RuntimeError(f"Helpline did not get ready; http://localhost:{port}/readyz says what is missing.")


def _secret(path: Path) -> str:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


def _only_one(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise RuntimeError(f"Helpline runs already with its data in {folder}.") from None


def _stop(_number: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stopped


def _watch_make() -> None:
    given_up = process.interrupted_make()

    def look(number: int, frame: FrameType | None) -> None:
        if given_up():
            _stop(number, frame)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)


def _ignore_signals() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    sys.exit(main())
