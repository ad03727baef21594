"""Health: `/healthz` asks nobody, `/readyz` names what is missing."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Heartbeat
from tests.conftest import Servers


@pytest.fixture
def worker(servers: Servers, transactional_db: None) -> Iterator[subprocess.Popen[bytes]]:
    """A real worker."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "helpline",
        "worker",
        "--pool",
        "solo",
        "--loglevel",
        "ERROR",
    ]
    child = subprocess.Popen(command, env=servers.environment())
    yield child
    child.kill()
    child.wait()


def readiness(client: Client) -> tuple[int, dict[str, str], float]:
    """Status, states and how long it took."""
    started = time.monotonic()
    answer = client.get("/readyz")
    return answer.status_code, json.loads(answer.content), time.monotonic() - started


def test_alive_needs_neither_database_nor_redis(client: Client, servers: Servers) -> None:
    servers.redis.stop()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_named_within_two_seconds(client: Client, servers: Servers) -> None:
    servers.redis.stop()
    status, states, seconds = readiness(client)
    assert status == 503
    assert (states["database"], states["keys"], states["beat"]) == ("ok", "ok", "no sign of life")
    assert states["redis"] == "unavailable (ConnectionError)"
    assert states["worker"] != "ok"
    assert seconds < 2.5


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_nothing_is_ready_but_the_rest_is_well(client: Client) -> None:
    Heartbeat.beat("beat")
    status, states, _ = readiness(client)
    assert status == 503
    assert states == {
        "database": "ok",
        "redis": "ok",
        "worker": "no worker answers",
        "beat": "ok",
        "keys": "ok",
    }


@pytest.mark.django_db(transaction=True)
def test_a_beat_that_fell_silent_is_missing(client: Client) -> None:
    Heartbeat.objects.create(name="beat", at=timezone.now() - timedelta(minutes=3))
    assert readiness(client)[1]["beat"] == "no sign of life"


def test_ready_is_200_when_every_part_lives(client: Client, worker: subprocess.Popen[bytes]) -> None:
    Heartbeat.beat("beat")
    deadline = time.monotonic() + 30
    while (found := readiness(client))[0] != 200 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert found[:2] == (200, dict.fromkeys(["database", "redis", "worker", "beat", "keys"], "ok"))


def test_beat_leaves_its_sign_of_life_in_the_database(servers: Servers, transactional_db: None) -> None:
    command = [sys.executable, "-m", "celery", "-A", "helpline", "beat", "--pidfile=", "--loglevel", "ERROR"]
    child = subprocess.Popen(command, env=servers.environment())
    try:
        deadline = time.monotonic() + 30
        while not Heartbeat.objects.filter(name="beat").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert Heartbeat.objects.filter(name="beat").exists()
    finally:
        child.kill()
        child.wait()
