"""Whatever is sent: problem details that point to the field, nothing kept, never a 500."""

import json
from typing import Any

import pytest
from django.test import Client

from cases.models import Call, Case, Person
from tests import factories
from tests.api.machine import Machine, pointers

pytestmark = pytest.mark.django_db
GOOD = {"topic": "detention", "region": "RU-MOW", "caller_name": "Фарход"}


@pytest.fixture
def machine() -> Machine:
    return Machine("calls:read", "calls:write", "cases:read", "follow_ups:write", "statistics:read")


@pytest.fixture(autouse=True)
def _nothing_is_kept(db: None) -> Any:
    yield
    assert (Call.objects.count(), Case.objects.count(), Person.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"nonsense", b'{"topic": NaN}', b"\xff\xfe", b"[" * 100_000, b'"\\ud800"', b'{"a":1}{"b":2}'],
)
def test_what_is_no_json_is_400(machine: Machine, body: bytes) -> None:
    answer = machine.send("calls/", body)
    assert answer.status_code == (422 if body == b"" else 400)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"[]", b"1", b"null", b'"a"', b"[{}]"])
def test_json_that_is_no_object_is_422(machine: Machine, body: bytes) -> None:
    assert pointers(machine.send("calls/", body)) in ([("", "invalid")], [("", "null")])


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"topic": "weather"}, "/topic", "invalid_choice"),
        ({"topic": None}, "/topic", "null"),
        ({"topic": {"a": 1}}, "/topic", "invalid_choice"),
        ({"topic": ["raid"]}, "/topic", "invalid_choice"),
        ({"region": "RU-XXX"}, "/region", "invalid_choice"),
        ({"country": "TJ"}, "/country", "invalid"),
        ({"caller_phone": "пять"}, "/caller_phone", "invalid"),
        ({"caller_phone": "12"}, "/caller_phone", "invalid"),
        ({"caller_phone": "+" + "9" * 30}, "/caller_phone", "invalid"),
        ({"caller_name": "я" * 201}, "/caller_name", "max_length"),
        ({"caller_name": "a\0b"}, "/caller_name", "null_characters_not_allowed"),
        ({"note": "y" * 1_000_000}, "/note", "max_length"),
        ({"note": 5.5e300, "nte": ""}, "/nte", "unknown_field"),
        ({"a/b~c": 1}, "/a~1b~0c", "unknown_field"),
        ({"started_at": "2024-03-22T20:00:00"}, "/started_at", "no_zone"),
        ({"started_at": "2024-02-30T20:00:00Z"}, "/started_at", "invalid"),
        ({"started_at": "2199-01-01T00:00:00Z"}, "/started_at", "invalid"),
        ({"started_at": "9999-12-31T23:59:59-12:00"}, "/started_at", "overflow"),
        ({"started_at": 1e400}, "", ""),
        ({"duration": -1}, "/duration", "min_value"),
        ({"duration": 86_401}, "/duration", "max_value"),
        ({"duration": 10**30}, "/duration", "invalid"),
        ({"duration": "long"}, "/duration", "invalid"),
        ({"birth_year": 1812}, "/birth_year", "min_value"),
        ({"nationality": "XX"}, "/nationality", "invalid_choice"),
        ({"flags": ["beaten", "bored"]}, "/flags/1", "invalid_choice"),
        ({"flags": "beaten"}, "/flags", "not_a_list"),
        ({"flags": ["beaten"] * 10_000}, "/flags", "max_length"),
        ({"client_uuid": "1"}, "/client_uuid", "invalid"),
        ({"case": "1"}, "/case", "invalid"),
        ({"case": "8d7f2b1e-6d0e-4f6e-9a53-0c8f8d9b8f11"}, "/case", "does_not_exist"),
        ({"open_case": "perhaps"}, "/open_case", "invalid"),
        (
            {"restricted_from_at": "2024-03-22T20:00:00Z", "restricted_until_at": "2024-03-22T19:00:00Z"},
            "/restricted_until_at",
            "invalid",
        ),
    ],
)
def test_a_field_that_cannot_be_true_is_pointed_to(
    machine: Machine, wrong: dict[str, Any], pointer: str, code: str
) -> None:
    answer = machine.send("calls/", {**GOOD, **wrong})
    if not pointer:
        assert answer.status_code == 400  # infinity is no JSON
        return
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert (pointer, code) in pointers(answer)


def test_a_problem_says_what_rfc_9457_asks(machine: Machine) -> None:
    answer = machine.send("calls/", {})
    problem = answer.json()
    assert problem.pop("request_id") == answer["X-Request-ID"]
    assert problem == {
        "type": "urn:helpline:problem:bad_input",
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "Some of this cannot be true.",
        "errors": [{"pointer": "/topic", "code": "required", "detail": "This field is required."}],
    }


def test_a_problem_repeats_nothing_that_was_typed(machine: Machine) -> None:
    answer = machine.send("calls/", {**GOOD, "caller_phone": "Канарейка", "note": "Канарейка" * 9_000})
    assert "Канарейка" not in answer.content.decode()


def test_more_than_two_megabytes_are_not_read(machine: Machine) -> None:
    assert machine.send("calls/", {**GOOD, "note": "y" * 3_000_000}).status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "x"])
def test_another_content_type_is_415(machine: Machine, kind: str) -> None:
    assert machine.send("calls/", json.dumps(GOOD).encode(), Content_Type=kind).status_code == 415


@pytest.mark.parametrize("key", ["", " ", "я" * 3, "x" * 65, "a b"])
def test_a_key_that_is_none_is_400(machine: Machine, key: str) -> None:
    assert machine.send("calls/", GOOD, Idempotency_Key=key.encode().decode("latin-1")).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "topic=weather",
        "region=%00",
        "limit=0",
        "limit=201",
        "limit=1e9",
        "limit=²",
        "cursor=x",
        "cursor=%F0%9F%99%82",
        "cursor=bnVsbA",
        "cursor=WyIyMDI0LTAzLTIyVDIwOjAwOjAwIiwiMSJd",
        "cursor=WyIyMDI0LTAzLTIyVDIwOjAwOjAwWiIse31d",
        "started_after=yesterday",
        "linked=perhaps",
    ],
)
def test_a_parameter_nobody_knows_or_no_value_of_one_is_400(machine: Machine, query: str) -> None:
    answer = machine.ask(f"calls/?{query}")
    assert answer.status_code == 400
    assert [line["parameter"] for line in answer.json()["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize(
    "query",
    [
        "by=mood",
        "since=now",
        "since=2024-03-22T20:00:00",
        "since=2024-03-22T00:00:00Z&until=2024-03-21T00:00:00Z",
        "by=hour&since=2023-01-01T00:00:00Z&until=2024-03-21T00:00:00Z",
        "since=1000-01-01T00:00:00Z",
        "since=9999-99-99T00:00:00Z",
        "day=2024-02-30",
        "day=x",
        "by=hour&day=2024-03-22",
        "colour=red",
    ],
)
def test_statistics_refuse_what_they_do_not_understand(machine: Machine, query: str) -> None:
    assert machine.ask(f"stats/calls/?{query}").status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "calls/1/",
        "calls/%00/",
        "calls/8d7f2b1e-6d0e-4f6e-9a53-0c8f8d9b8f11/",
        "calls/../../",
        "nothing",
        "calls",
    ],
)
def test_where_nothing_is_the_answer_is_404(machine: Machine, path: str) -> None:
    answer = machine.ask(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_a_method_nobody_declared_is_405(machine: Machine) -> None:
    for method in ("put", "patch", "delete", "options"):
        answer = getattr(machine.http, method)("/api/v1/calls/", headers=machine._headers({}))
        assert (answer.status_code, answer.json()["type"]) == (405, "urn:helpline:problem:method_not_allowed")


def test_an_if_match_that_is_none_is_400(machine: Machine) -> None:
    lola = factories.counsellor()
    from tests.api.door import staff

    path = f"/api/v1/cases/{lola.pk}/triage/"
    answer = staff(lola).post(
        path, {"urgency": "U0"}, content_type="application/json", headers={"If-Match": "seven"}
    )
    assert answer.status_code == 404  # what is not there comes first
    assert Client().post(path).status_code == 401
