"""Real processes: a worker and a beat of Celery, and a relay for their mail."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Servers
from tests.faults.processes import Processes
from tests.faults.relay import Relay


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
    environment = {**servers.environment(), **quick}
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    both = Processes(environment, tmp_path)
    yield both
    both.stop()
