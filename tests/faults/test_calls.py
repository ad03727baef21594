"""Calls are saved at once whatever Redis does, and who must know learns of them later."""

import http.client
import json
import os
import signal
import time
import uuid
from typing import NamedTuple

import pytest
from django.conf import settings
from django.test import Client

from cases.enums import DeliveryStatus
from cases.models import Call, Delivery, Notice, User
from tests import factories
from tests.conftest import Servers
from tests.faults.processes import Processes
from tests.faults.relay import Relay
from tests.web.people import sign_in

# On a machine that does other things as well; the usual time is some 30 ms.
AT_ONCE = 2.0


class Answer(NamedTuple):
    """How a call was answered, and after how long."""

    status: int
    seconds: float


class Door:
    """The real web server, asked as a counsellor's browser asks it."""

    def __init__(self, port: int, counsellor: User) -> None:
        browser = Client()
        sign_in(browser, counsellor)
        session, token = browser.cookies[settings.SESSION_COOKIE_NAME].value, "c" * 32
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
        self._headers = {"Cookie": cookies, "X-CSRFToken": token, "Content-Type": "application/json"}
        self._port = port

    def is_open(self) -> bool:
        """Whether the server answers yet."""
        try:
            return self._ask("GET", "/healthz").status == 200
        except OSError:
            return False

    def log_call(self) -> Answer:
        """Send a call that makes an urgent case, of which the coordinators are told."""
        told = {
            "client_uuid": str(uuid.uuid4()),
            "topic": "army",
            "region": "RU-MOW",
            "caller_name": "Фарход",
        }
        return self._ask("POST", "/api/v1/calls/", json.dumps(told))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        started = time.monotonic()
        connection = http.client.HTTPConnection("localhost", self._port, timeout=20)
        try:
            connection.request(method, path, body, self._headers)
            status = connection.getresponse().status
        finally:
            connection.close()
        return Answer(status, time.monotonic() - started)


@pytest.fixture
def door(processes: Processes) -> Door:
    factories.coordinator(email_address=factories.ADDRESS)
    return Door(processes.port, factories.counsellor())


def all_sent(count: int) -> bool:
    return Delivery.objects.filter(status=DeliveryStatus.SENT).count() == count


def test_the_worker_is_woken_at_once_by_a_call_without_any_clock(
    door: Door, processes: Processes, relay: Relay
) -> None:
    processes.start("web", "worker")
    processes.until(door.is_open, within=120)
    assert door.log_call().status == 201
    processes.until(lambda: all_sent(1), within=120)
    assert len(relay.accepted) == 1


def test_calls_are_saved_at_once_while_redis_is_stopped_and_their_notices_go_out_later(
    door: Door, processes: Processes, relay: Relay, servers: Servers
) -> None:
    processes.start("web", "worker", "beat")
    processes.until(door.is_open, within=120)
    assert door.log_call().status == 201
    processes.until(lambda: all_sent(1), within=120)

    servers.redis.stop()
    answers = [door.log_call() for _ in range(20)]
    assert ({answer.status for answer in answers}, Call.objects.count()) == ({201}, 21)
    assert max(answer.seconds for answer in answers) < AT_ONCE
    assert (Notice.objects.count(), Delivery.objects.filter(status="pending").count()) == (21, 20)

    servers.redis.start()
    processes.until(lambda: all_sent(21), within=120)
    assert len(set(relay.accepted)) == len(relay.accepted) == 21


def test_calls_are_saved_at_once_while_redis_accepts_and_never_answers(
    door: Door, processes: Processes, servers: Servers
) -> None:
    processes.start("web")
    processes.until(door.is_open, within=120)
    assert door.log_call().status == 201
    os.kill(servers.redis._child.pid, signal.SIGSTOP)
    try:
        answers = [door.log_call() for _ in range(10)]
    finally:
        os.kill(servers.redis._child.pid, signal.SIGCONT)
    assert {answer.status for answer in answers} == {201}
    assert max(answer.seconds for answer in answers) < AT_ONCE
