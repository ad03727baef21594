"""The same POST sent again does nothing twice, however often and however close together."""

import json
import threading
import urllib.error
import urllib.request
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from api.models import IdempotentRequest
from cases.models import Call, Case, Notice, Person, TimelineEntry
from tests import factories
from tests.api.door import post
from tests.api.machine import Machine
from tests.api.server import Server
from tests.conftest import Servers

CALL = {"topic": "detention", "region": "RU-MOW", "caller_name": "Фарход", "note": "Забрали у метро"}


@pytest.fixture
def machine(db: None) -> Machine:
    return Machine("calls:read", "calls:write", "cases:read", "cases:write")


def test_a_repeated_call_answers_the_same_and_is_one(machine: Machine) -> None:
    first = machine.send("calls/", CALL, Idempotency_Key="morning-1")
    again = machine.send("calls/", CALL, Idempotency_Key="morning-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert (first.get("Idempotency-Replayed"), again["Idempotency-Replayed"]) == (None, "true")
    assert (Call.objects.count(), Case.objects.count(), Person.objects.count()) == (1, 1, 1)


def test_the_answer_stays_the_first_one_whatever_happened_since(machine: Machine) -> None:
    first = machine.send("calls/", CALL, Idempotency_Key="k")
    factories.assign_case(Case.objects.get(), to=factories.counsellor(), by=factories.User.objects.system())
    call = Call.objects.get()
    call.outcome = "advised"
    call.save_step("outcome")
    assert machine.send("calls/", CALL, Idempotency_Key="k").content == first.content


def test_the_same_key_with_another_body_is_refused(machine: Machine) -> None:
    machine.send("calls/", CALL, Idempotency_Key="k")
    other = machine.send("calls/", {**CALL, "region": "RU-SPE"}, Idempotency_Key="k")
    assert (other.status_code, other.json()["type"]) == (422, "urn:helpline:problem:key_reused")
    elsewhere = machine.send("cases/", {"topic": "raid"}, Idempotency_Key="k")
    assert elsewhere.status_code == 422
    assert (Call.objects.count(), Case.objects.count()) == (1, 1)


def test_keys_of_two_clients_do_not_meet(machine: Machine) -> None:
    other = Machine("calls:write")
    for each in (machine, other):
        assert each.send("calls/", CALL, Idempotency_Key="k").status_code == 201
    assert Call.objects.count() == 2


def test_a_refusal_is_not_remembered(machine: Machine) -> None:
    assert machine.send("calls/", {**CALL, "caller_phone": "пять"}, Idempotency_Key="k").status_code == 422
    assert machine.send("calls/", CALL, Idempotency_Key="k").status_code == 201
    assert Call.objects.count() == 1


def test_the_key_stands_for_the_client_uuid(machine: Machine) -> None:
    one = str(uuid.uuid4())
    first = machine.send("calls/", CALL, Idempotency_Key=one)
    assert first.json()["client_uuid"] == one
    IdempotentRequest.objects.all().delete()
    again = machine.send("calls/", CALL, Idempotency_Key=one)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert again["Idempotency-Replayed"] == "true"


def test_a_client_uuid_alone_is_enough(machine: Machine) -> None:
    body = {**CALL, "client_uuid": str(uuid.uuid4())}
    first, again = machine.send("calls/", body), machine.send("calls/", body)
    assert (again.status_code, again.content) == (201, first.content)
    other = machine.send("calls/", {**body, "note": "Другое"})
    assert (other.status_code, other.json()["type"]) == (422, "urn:helpline:problem:key_reused")


def test_a_step_is_taken_once(db: None) -> None:
    kate, lola = factories.coordinator(), factories.counsellor()
    case = factories.case(by=lola)
    first = post(kate, f"cases/{case.pk}/assign/", {"to": lola}, version=1, key="k")
    again = post(kate, f"cases/{case.pk}/assign/", {"to": lola}, version=1, key="k")
    assert (first.status_code, again.status_code, first.content) == (200, 200, again.content)
    assert TimelineEntry.objects.filter(verb="assign").count() == 1
    assert Notice.objects.filter(kind="case.assigned").count() == 1


def test_what_is_remembered_holds_no_name_and_no_note(machine: Machine) -> None:
    machine.send("calls/", CALL, Idempotency_Key="k")
    kept = bytes(IdempotentRequest.objects.get().answer).decode()
    assert json.loads(kept)["topic"] == "detention"
    assert "Фарход" not in kept and "метро" not in kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by", ["key", "client_uuid"])
def test_two_hundred_at_once_are_one_call(servers: Servers, tmp_path: Path, by: str) -> None:
    """Must hold on the real server: 200 connections, opened before any of them asks."""
    machine, one = Machine("calls:write"), str(uuid.uuid4())
    body = CALL if by == "key" else {**CALL, "client_uuid": one}
    headers = {} if by == "client_uuid" else {"Idempotency-Key": one}
    with Server(servers, tmp_path) as url:
        answers = _at_once(200, url, machine.token, json.dumps(body).encode(), headers)
    assert Counter(status for status, _body in answers) == {201: 200}
    assert len({body for _status, body in answers}) == 1
    assert (Call.objects.count(), Case.objects.count(), Person.objects.count()) == (1, 1, 1)
    assert TimelineEntry.objects.filter(verb="log").count() == 1


def _at_once(
    count: int, url: str, token: str, body: bytes, headers: dict[str, str]
) -> list[tuple[int, bytes]]:
    answers: list[tuple[int, bytes]] = []
    ready = threading.Barrier(count)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **headers}

    def ask() -> None:
        request: Any = urllib.request.Request(f"{url}/api/v1/calls/", body, headers)
        ready.wait()
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                answers.append((answer.status, answer.read()))
        except urllib.error.HTTPError as error:
            answers.append((error.code, error.read()))

    threads = [threading.Thread(target=ask) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
