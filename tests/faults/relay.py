"""A small mail relay that remembers what it accepted, and has something happen at a chosen message."""

import email
import socketserver
import threading
from collections.abc import Callable
from typing import NamedTuple


class Fault(NamedTuple):
    """Something that happens when the relay is offered its n-th message, before or after it accepts it."""

    act: Callable[[], None]
    accepts: bool = True


class Relay(socketserver.ThreadingTCPServer):
    """`accepted` holds the Message-ID of each message in its order, doubles as well."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.accepted: list[str] = []
        self.bodies: list[str] = []
        self.faults: dict[int, Fault] = {}
        self.happened: list[int] = []
        self._offered = 0
        self._one_at_a_time = threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        """The address of the relay, as the settings take it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def offer(self, raw: bytes) -> bool:
        """Take a message, or be hit by a fault; False when it was not taken."""
        with self._one_at_a_time:
            self._offered += 1
            fault = self.faults.get(self._offered)
            if fault is None or fault.accepts:
                self.accepted.append(str(email.message_from_bytes(raw)["Message-ID"]))
                self.bodies.append(raw.decode())
            if fault is not None:
                self.happened.append(self._offered)
                fault.act()
            return fault is None or fault.accepts


class Session(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs that signs nothing and encrypts nothing."""

    server: Relay

    def handle(self) -> None:
        """Answer line by line until the client goes, or is killed."""
        try:
            self._say("220 relay")
            while (line := self.rfile.readline()) and not line.upper().startswith(b"QUIT"):
                if not line.upper().startswith(b"DATA"):
                    self._say("250 ok")
                elif not self._take():
                    return
        except OSError:
            return

    def _take(self) -> bool:
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if not line or not self.server.offer(b"".join(lines)):
            return False
        self._say("250 accepted")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
