"""Where the embedded installation keeps its things, and how other commands find them."""

import json
import os
from pathlib import Path

# Variables that say "I bring my own servers".
SERVER_ADDRESSES = ("DATABASE_URL", "REDIS_URL")


class OwnServersConfigured(RuntimeError):
    """The embedded servers were asked for although others are configured."""


def data_folder() -> Path:
    """The folder that holds all local data; only its owner may enter."""
    default = Path(__file__).resolve().parents[2] / ".local"
    folder = Path(os.environ.get("HELPLINE_DATA") or default).absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def refuse_beside_own_servers() -> None:
    """Never mix: with own servers configured, nothing embedded may start and swallow real calls."""
    for name in SERVER_ADDRESSES:
        if os.environ.get(name) or os.environ.get(f"{name}_FILE"):
            raise OwnServersConfigured(
                f"{name} is set, so the embedded servers stay off. Unset it, or start web, worker and beat yourself."
            )


def remember(folder: Path, variables: dict[str, str]) -> None:
    """Write down the variables of the running installation, readable by its owner alone."""
    path = folder / "environment.json"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(variables, file, indent=1)


def adopt() -> None:
    """Let `manage.py` reach the servers that `make run` has started, unless others are configured."""
    if any(
        os.environ.get(name) or os.environ.get(f"{name}_FILE") for name in (*SERVER_ADDRESSES, "HELPLINE_ENV")
    ):
        return
    default = Path(__file__).resolve().parents[2] / ".local"
    path = Path(os.environ.get("HELPLINE_DATA") or default) / "environment.json"
    if path.is_file():
        for name, value in json.loads(path.read_text(encoding="utf-8")).items():
            os.environ.setdefault(name, value)
