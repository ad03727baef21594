"""A Chromium for the browser tests: an existing one, else Playwright's own, else Debian's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DOWNLOAD_SECONDS = 240


def find() -> str | None:
    """The path of a Chromium that starts on this machine."""
    candidates = [
        os.environ.get("CHROMIUM", ""),
        *(shutil.which(name) or "" for name in _NAMES),
        _playwrights_own(),
    ]
    return next((path for path in candidates if path and _starts(path)), None)


def ensure() -> str:
    """The path of a Chromium, installed now where there is none."""
    for install in (None, _from_playwright, _from_debian):
        if install is not None:
            install()
        found = find()
        if found:
            return found
    raise SystemExit(
        "The browser tests need a Chromium, and none could be installed. Install the package chromium, "
        "or set CHROMIUM to the path of one."
    )


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    if not Path(path).exists():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _from_playwright() -> None:
    _try([sys.executable, "-m", "playwright", "install", "chromium"])


def _from_debian() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _try(["apt-get", "update", "-qq"])
        _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])


def _try(command: list[str]) -> None:
    print(" ".join(command[-3:]), "…", flush=True)
    environment = {
        **os.environ,
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "20000",
    }
    try:
        subprocess.run(command, env=environment, timeout=_DOWNLOAD_SECONDS, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"that did not work ({type(error).__name__})", flush=True)


if __name__ == "__main__":
    print("Chromium:", ensure())
