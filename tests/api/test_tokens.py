"""Who gets in, and how far a token reaches."""

from datetime import timedelta
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oauth2_provider.models import AccessToken

from tests import factories
from tests.api.door import staff
from tests.api.machine import Machine

pytestmark = pytest.mark.django_db


def test_a_token_holds_for_fifteen_minutes_and_is_kept_as_a_checksum() -> None:
    machine = Machine("calls:read")
    answer = machine.sign_in().json()
    assert (answer["expires_in"], answer["token_type"], answer["scope"]) == (900, "Bearer", "calls:read")
    kept = AccessToken.objects.get(token_checksum=sha256(answer["access_token"].encode()).hexdigest())
    assert kept.token == ""
    assert machine.client.client_secret != machine.credentials["client_secret"]


def test_a_client_acts_as_a_service_user_of_its_own() -> None:
    home = factories.partner()
    partner, ours = Machine("cases:read", organisation=home), Machine("calls:write")
    assert (partner.user.role, partner.user.organisation) == ("partner", home)
    assert (ours.user.role, ours.user.organisation) == ("integration", None)
    assert not partner.user.has_usable_password()


def test_a_request_costs_one_query_for_its_token() -> None:
    machine = Machine("calls:read")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert machine.ask("calls/").status_code == 200
    assert len([query for query in queries if "token_checksum" in query["sql"]]) == 1
    assert len(queries) == 2


def test_without_a_token_nothing() -> None:
    answer = Client().get("/api/v1/calls/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["", "x", "ü", "a b", "\x7f" * 5000])
def test_a_wrong_token_is_refused(token: str) -> None:
    answer = Client().get("/api/v1/calls/", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:helpline:problem:authentication_failed")


def test_an_old_token_is_refused() -> None:
    machine = Machine("calls:read")
    AccessToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert machine.ask("calls/").status_code == 401


def test_switching_the_service_user_off_ends_its_tokens_at_once() -> None:
    machine = Machine("calls:read")
    user = machine.user
    user.is_active = False
    user.save(update_fields=["is_active"])
    assert machine.ask("calls/").status_code == 401
    assert machine.sign_in().status_code == 401


def test_switching_the_organisation_off_ends_its_tokens_at_once() -> None:
    home = factories.partner()
    machine = Machine("cases:read", organisation=home)
    home.is_active = False
    home.save(update_fields=["is_active"])
    assert machine.ask("cases/").status_code == 401
    assert machine.sign_in().status_code == 401


def test_taking_a_scope_from_a_client_takes_it_from_its_tokens() -> None:
    machine = Machine("calls:read", "cases:read")
    client = machine.client
    client.scopes = ["calls:read"]
    client.save(update_fields=["scopes"])
    assert (machine.ask("calls/").status_code, machine.ask("cases/").status_code) == (200, 403)


def test_a_scope_the_token_lacks_is_named() -> None:
    machine = Machine("calls:read")
    answer = machine.send("calls/", {"topic": "raid"})
    assert answer.status_code == 403
    assert (answer.json()["type"], answer.json()["scope"]) == (
        "urn:helpline:problem:insufficient_scope",
        "calls:write",
    )


def test_a_client_asks_for_less_but_never_for_more_than_it_was_made_with() -> None:
    machine = Machine("calls:read", "calls:write")
    assert machine.sign_in(scope="calls:read").json()["scope"] == "calls:read"
    assert machine.sign_in(scope="cases:read").json() == {"error": "invalid_scope"}


def test_a_scope_gives_nothing_that_the_role_has_not() -> None:
    machine = Machine("cases:write", "cases:read")
    case = factories.case(by=machine.user)
    answer = machine.send(f"cases/{case.pk}/close/", {"reason": "resolved"})
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:helpline:problem:not_allowed")


@pytest.mark.parametrize("scopes", ["calls:write", "everything", ""])
def test_a_partner_gets_no_client_for_what_is_not_a_partners(scopes: str) -> None:
    with pytest.raises(CommandError):
        call_command("create_partner_client", "--organisation", "A", "--scopes", scopes, stdout=StringIO())


def test_only_client_credentials() -> None:
    machine = Machine("calls:read")
    for kind in ("password", "authorization_code", "refresh_token"):
        assert machine.sign_in(grant_type=kind).status_code in (400, 401)
    assert Client().get("/o/authorize/").status_code in (302, 404)


def test_staff_comes_with_a_session_and_a_csrf_token() -> None:
    lola = factories.counsellor()
    assert staff(lola).get("/api/v1/calls/").status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = staff(lola).cookies
    answer = strict.post("/api/v1/calls/", {"topic": "raid"}, content_type="application/json")
    assert answer.status_code == 403


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_sees_no_case_reads_none(role: str) -> None:
    factories.call()
    person = staff(factories.user(role))
    for path in ("calls", "cases", "detentions", "follow-ups", "referrals"):
        assert person.get(f"/api/v1/{path}/").status_code == 403
