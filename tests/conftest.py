"""Servers and guards for every test.

Each session has its own PostgreSQL and Redis in a temporary folder, so that several sessions may run
beside each other. Nothing starts before a test needs it. The factories live in `tests/factories.py`.
"""

import base64
import ipaddress
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import pytest
from hypothesis import settings

from helpline.local.postgres import EmbeddedPostgres
from helpline.local.redis import EmbeddedRedis
from helpline.translations import compile_all

_FOLDER = Path(tempfile.mkdtemp(prefix="hl-test-"))
_POSTGRES = EmbeddedPostgres(_FOLDER, durable=False)
_REDIS = EmbeddedRedis(_FOLDER, durable=False)

for _name in [*os.environ]:
    if _name.removesuffix("_FILE") in {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HELPLINE_KEYS", "DB_POOL"}:
        del os.environ[_name]
os.environ.update(
    DJANGO_SETTINGS_MODULE="helpline.settings",
    HELPLINE_ENV="test",
    SECRET_KEY=secrets.token_hex(32),
    HELPLINE_KEYS=",".join(
        f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in ("2024-03", "index")
    ),
    DATABASE_URL=_POSTGRES.url(),
    REDIS_URL=_REDIS.url,
    ALLOWED_HOSTS="testserver",
    EMAIL_URL="console:",
    HELPLINE_DATA=str(_FOLDER / "local"),
    STATIC_ROOT=str(_FOLDER / "static"),
    # Playwright's driver keeps an event loop in this thread; the tests themselves are synchronous.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)


@dataclass(frozen=True)
class Servers:
    """The servers of this session, for tests that stop, flush or dump them."""

    postgres: EmbeddedPostgres
    redis: EmbeddedRedis

    def environment(self) -> dict[str, str]:
        """The variables with which a process started by a test works on the test database."""
        from django.db import connection

        name = str(connection.settings_dict["NAME"])
        return {**os.environ, "DATABASE_URL": self.postgres.url(name), "PYTHONPATH": str(Path.cwd())}


# The same examples in every run: a test that fails by chance tells nobody what they broke.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    compile_all()
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    _POSTGRES.stop()
    _REDIS.close()
    shutil.rmtree(_POSTGRES.folder, ignore_errors=True)
    shutil.rmtree(_FOLDER, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Start PostgreSQL before pytest-django makes the test database."""
    _POSTGRES.start()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Beside the tables of the models, the one that holds the sign-in guards."""
    from django.core.management import call_command

    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _redis() -> Iterator[None]:
    _REDIS.start()
    yield


@pytest.fixture
def servers() -> Iterator[Servers]:
    """PostgreSQL and Redis of this session; Redis runs again after a test that stopped it."""
    yield Servers(_POSTGRES, _REDIS)
    if not _REDIS.alive():
        _REDIS.start()


@pytest.fixture(autouse=True)
def _own_language() -> Iterator[None]:
    """A request leaves its language behind; the next test begins in the one the code is written in."""
    from django.utils import translation

    yield
    translation.deactivate()


class OutsideNetwork(Exception):
    """A test wanted to talk to somebody outside this machine."""


@pytest.fixture(scope="session", autouse=True)
def _stay_on_this_machine() -> Iterator[None]:
    """No test may reach the outside, by accident or through a library."""
    patch = pytest.MonkeyPatch()

    def guarded(original: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
                raise OutsideNetwork(f"a test wanted to reach {address[0]}")
            return original(self, address)

        return connect

    patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
    yield
    patch.undo()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
