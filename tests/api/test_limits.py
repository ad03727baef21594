"""How often one client may ask; and that the answer does not depend on Redis."""

from typing import Any

import pytest

from api import throttling
from tests.api.machine import Machine
from tests.conftest import Servers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "_resting_until", 0.0)


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands, so that no minute ends in the middle of a test."""
    monkeypatch.setattr(throttling.time, "time", lambda: 1_000_000_020.0)


def test_whoever_asks_too_often_is_told_when_to_come_back(settings: Any, minute: None) -> None:
    settings.API_REQUESTS_A_MINUTE = 2
    machine, other = Machine("calls:read"), Machine("calls:read")
    first, second, third = (machine.ask("calls/") for _number in range(3))
    assert [answer.status_code for answer in (first, second, third)] == [200, 200, 429]
    assert (first["RateLimit"], second["RateLimit"]) == ('"default";r=1;t=60', '"default";r=0;t=60')
    assert (third["Retry-After"], third.json()["type"]) == ("60", "urn:helpline:problem:throttled")
    assert other.ask("calls/").status_code == 200


def test_tokens_are_counted_for_each_address(settings: Any, minute: None) -> None:
    machine = Machine("calls:read")
    settings.TOKENS_A_MINUTE = 0
    answer = machine.sign_in()
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    assert answer["Content-Type"] == "application/problem+json"


def test_without_redis_everybody_is_answered(settings: Any, servers: Servers) -> None:
    settings.API_REQUESTS_A_MINUTE = 1
    machine = Machine("calls:read")
    servers.redis.stop()
    answers = [machine.ask("calls/") for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert "RateLimit" not in answers[0]
