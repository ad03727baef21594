"""The checks of `make check` that need settings, and so an environment, to run in."""

import os
import secrets
import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path

from helpline.local.postgres import EmbeddedPostgres


def environment(**variables: str) -> dict[str, str]:
    """An environment with which the settings of a production server load."""
    keys = ",".join(f"{name}:{b64encode(secrets.token_bytes(32)).decode()}" for name in ("2024-03", "index"))
    ours = {
        "DJANGO_SETTINGS_MODULE": "helpline.settings",
        "HELPLINE_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "HELPLINE_KEYS": keys,
        "DATABASE_URL": "postgresql://helpline@localhost/helpline",
        "REDIS_URL": "redis://localhost:6379/0",
        "ALLOWED_HOSTS": "helpline.example",
        "EMAIL_URL": "smtps://mail.example",
    }
    return {**os.environ, **ours, **variables}


def types() -> int:
    """mypy, whose Django plug-in loads the settings."""
    return _run(["-m", "mypy"], environment())


def deploy() -> int:
    """Django's own checks for a production server; a warning is a failure."""
    command = ["-W", "ignore::RuntimeWarning", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return _run(command, environment())


def migrations() -> int:
    """The migrations tell the models as they are."""
    with tempfile.TemporaryDirectory(prefix="hl-check-") as folder:
        postgres = EmbeddedPostgres(Path(folder), durable=False)
        try:
            postgres.start()
            command = ["manage.py", "makemigrations", "--check", "--dry-run"]
            return _run(command, environment(DATABASE_URL=postgres.url()))
        finally:
            postgres.stop()


def _run(command: list[str], variables: dict[str, str]) -> int:
    return subprocess.run([sys.executable, *command], env=variables).returncode


if __name__ == "__main__":
    sys.exit({"types": types, "migrations": migrations, "deploy": deploy}[sys.argv[1]]())
