"""The web server as `make run` starts it, on the database of a test."""

import signal
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType

from helpline.local import process
from tests.conftest import Servers
from tests.faults.conftest import free_port

COMMAND = [sys.executable, "-m", "gunicorn", "-c", "python:helpline.gunicorn", "helpline.wsgi"]


class Server:
    """Answers within the `with` block, at the address it gives."""

    def __init__(self, servers: Servers, folder: Path) -> None:
        self.port = free_port()
        more = {"PORT": str(self.port), "ALLOWED_HOSTS": "localhost", "DB_POOL": "on"}
        no_limits = dict.fromkeys(("API_REQUESTS_A_MINUTE", "TOKENS_A_MINUTE"), "1000000")
        self.environment = {**servers.environment(), **more, **no_limits}
        self.log = folder / "web.log"

    def __enter__(self) -> str:
        self.child = process.start(COMMAND, log=self.log, env=self.environment)
        address = f"http://127.0.0.1:{self.port}"
        for _attempt in range(600):
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=2)
                return address
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        process.finish(self.child, signal.SIGTERM)
