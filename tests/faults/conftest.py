"""Real processes: a worker and a beat of Celery, a web server, and a relay for their mail."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Servers
from tests.faults.processes import Processes
from tests.faults.relay import Relay


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay for the worker's mail."""
    with Relay() as relay:
        yield relay
        relay.shutdown()


@pytest.fixture
def processes(transactional_db: None, servers: Servers, relay: Relay, tmp_path: Path) -> Iterator[Processes]:
    """Worker and beat on the test's database, with a short lease and a quick clock."""
    quick = {"EMAIL_URL": relay.url, "DELIVERY_LEASE_SECONDS": "2", "TICK_SECONDS": "1"}
    web = {"PORT": str(free_port()), "WEB_WORKERS": "1", "ALLOWED_HOSTS": "localhost", "DB_POOL": "on"}
    environment = {**servers.environment(), **quick, **web}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    both = Processes(environment, tmp_path)
    yield both
    both.stop()
