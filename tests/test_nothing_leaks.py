"""What people say stays with us: typed through both doors, it lies open nowhere a thief or an operator could look."""

import io
import json
import logging
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cases.enums import DeliveryStatus, Role
from cases.models import Call, Case, Delivery, FollowUp, User
from cases.vault import seal_seed
from helpline.logs import AllowListFormatter
from tests import factories
from tests.conftest import Servers
from tests.faults.processes import Processes
from tests.leaks.canaries import Canaries
from tests.leaks.pages import Visitor
from tests.leaks.places import heaps, listening
from tests.leaks.search import findings
from tests.web.people import sign_in


@pytest.fixture
def processes(transactional_db: None, servers: Servers, tmp_path: Path) -> Iterator[Processes]:
    """Web server, worker and beat as they are served, with their logs; messages become files."""
    for name in ("logs", "mail"):
        (tmp_path / name).mkdir()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    ours = {
        "EMAIL_URL": f"file://{tmp_path / 'mail'}",
        "PORT": str(port),
        "WEB_WORKERS": "1",
        "ALLOWED_HOSTS": "localhost",
        "TICK_SECONDS": "1",
        "DB_POOL": "on",
    }
    running = Processes({**servers.environment(), **ours}, tmp_path / "logs")
    yield running
    running.stop()


def somebody(role: str, canaries: Canaries) -> tuple[User, str]:
    """Staff with an address to write to and a second factor."""
    user = User.objects.create_user(
        f"{role}-{uuid.uuid4().hex[:6]}",
        role,
        canaries.password,
        regions=["*"],
        email_address=canaries.staff_address,
    )
    seed = generate_totp_secret()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal_seed(seed)})
    return user, seed


def test_nothing_that_was_typed_lies_open_anywhere(
    processes: Processes, servers: Servers, tmp_path: Path
) -> None:
    canaries = Canaries()
    counsellor, first_seed = somebody(Role.COUNSELLOR, canaries)
    coordinator, second_seed = somebody(Role.COORDINATOR, canaries)
    secrets = {*canaries.secrets, first_seed, second_seed}
    with listening(servers) as listener:
        processes.start("web", "worker", "beat")
        base = f"http://localhost:{processes.port}/"
        processes.until(lambda: _answers(base), within=60)
        visitor = Visitor(base)
        visitor.sign_in(counsellor.handle, canaries.password, first_seed)
        take_a_call(visitor, canaries)
        look_for_people(visitor, canaries)
        ask_the_machine_door(visitor, canaries)
        make_mistakes(visitor, canaries)
        chief = Visitor(base)
        chief.sign_in(coordinator.handle, canaries.password, second_seed)
        work_on_the_case(chief, counsellor, canaries)
        secrets |= let_a_partner_in(chief)
        FollowUp.objects.update(due_at=timezone.now())
        processes.until(_everything_is_sent, within=60)
        everything = heaps(servers, listener, tmp_path / "logs", tmp_path / "mail")
    assert {place for place, heap in everything.items() if not heap} <= {"log of Redis", "log of beat"}
    assert findings(everything, secrets) == set()


def _answers(base: str) -> bool:
    try:
        return Visitor(base).open("/healthz").ok
    except OSError:
        return False


def _everything_is_sent() -> bool:
    """The promise was announced, and nothing waits."""
    told = Delivery.objects.filter(notice__follow_up__isnull=False, status=DeliveryStatus.SENT)
    return told.exists() and not Delivery.objects.filter(status=DeliveryStatus.PENDING).exists()


def take_a_call(visitor: Visitor, canaries: Canaries) -> None:
    """The intake: once with a number that is none, once with a look-up, once as it should be."""
    told = {
        "caller_name": canaries.caller,
        "about_name": f"{canaries.held} {canaries.held_latin} {canaries.held_arabic}",
        "place_note": canaries.place,
        "note": f"Говорит тихо: {canaries.note}.",
        "region": "RU-MOW",
        "topic": "detention",
    }
    visitor.open("/calls/new/")
    refused = visitor.send("", caller_phone=canaries.wrong, **told)
    assert refused.status_code == 422
    assert canaries.wrong in refused.text
    number = canaries.spaced(canaries.phone)
    visitor.send("", caller_phone=number, look_up="1", **told)
    saved = visitor.send("", caller_phone=number, **told)
    assert saved.ok
    for word in (canaries.held, canaries.held_arabic, canaries.place, canaries.note, canaries.caller):
        assert word in saved.text
    call = Call.objects.get()
    assert canaries.phone in visitor.open(f"/people/{call.caller.reference}/").text.replace(" ", "")
    visitor.open(f"/calls/{call.reference}/")


def look_for_people(visitor: Visitor, canaries: Canaries) -> None:
    """Searches that find and searches that do not."""
    for words in (
        canaries.spaced(canaries.phone),
        canaries.spaced(canaries.asked_phone),
        canaries.asked_name,
    ):
        visitor.open("/search/")
        assert visitor.send("", text=words).status_code in (200, 422)


def ask_the_machine_door(visitor: Visitor, canaries: Canaries) -> None:
    """A call and a case over the API; the call twice, so that its answer is remembered."""
    told = {
        "topic": "army",
        "region": "RU-MOW",
        "caller_name": canaries.caller,
        "caller_phone": f"+{canaries.other_phone}",
        "about_name": canaries.held_latin,
        "note": canaries.note,
        "place_note": canaries.place,
    }
    for _ in range(2):
        key = {"Idempotency-Key": "a-call-of-today"}
        assert visitor.api("POST", "/api/v1/calls/", json=told, headers=key).status_code == 201
    body = {"topic": "detention", "region": "RU-SPE", "summary": canaries.summary}
    made = visitor.api("POST", "/api/v1/cases/", json=body)
    assert made.status_code == 201
    assert canaries.summary in visitor.api("GET", f"/api/v1/cases/{made.json()['id']}/").text
    assert visitor.api("POST", "/api/v1/search/", json={"text": f"+{canaries.other_phone}"}).json()["calls"]


def make_mistakes(visitor: Visitor, canaries: Canaries) -> None:
    """Everything that is refused, with something in it that must not be repeated to anybody else."""
    wrong = canaries.wrong
    calls = "/api/v1/calls/"
    told = {"topic": "detention", "caller_name": wrong}
    bodies = (
        {wrong: 1},
        {**told, "region": wrong},
        {**told, "caller_phone": wrong},
        {**told, "note": wrong * 3000},
    )
    for body in bodies:
        assert visitor.api("POST", calls, json=body).status_code == 422
    assert visitor.api("POST", calls, data=f'{{"note": "{wrong}').status_code in (400, 415)
    reused = {"Idempotency-Key": "a-call-of-today"}
    assert visitor.api("POST", calls, json=told, headers=reused).status_code == 422
    assert visitor.api("GET", f"{calls}?note={wrong}").status_code == 400
    assert visitor.api("GET", f"/api/v1/nothing/?name={wrong}").status_code == 404
    assert visitor.open(f"/nothing/?name={wrong}&phone={canaries.asked_phone}").status_code == 404
    visitor.open(f"/cases/?region={wrong}&q={canaries.asked_name}")
    assert visitor.open("/", headers={"Host": f"{wrong}.example"}).status_code == 400
    forged = visitor.session.post(f"{visitor.base}calls/new/", data={"note": wrong})
    assert forged.status_code == 403
    visitor.open("/calls/new/")
    assert visitor.send("", note=wrong * 300_000).status_code in (400, 413)


def work_on_the_case(chief: Visitor, counsellor: User, canaries: Canaries) -> None:
    """The coordinator assigns, plans, refers, and once saves over somebody else's change."""
    case = Case.objects.get(detentions__isnull=False, calls__topic="detention")
    page = f"/cases/{case.reference}/"
    chief.open("/cases/")
    assert canaries.held in chief.page.text
    chief.open(page)
    chief.send("assign/", to=str(counsellor.pk))
    chief.send("plan/", note=f"Сказать брату: {canaries.promise}", due="hour", assigned_to=str(counsellor.pk))
    assert FollowUp.objects.exists()
    partner = factories.partner()
    chief.open(page)
    assert chief.send("refer/", to=str(partner.pk), note=canaries.offer, version="1").status_code == 409
    chief.open(page)
    assert chief.send("refer/", to=str(partner.pk), note=canaries.offer).ok
    assert case.referrals.exists()


def let_a_partner_in(chief: Visitor) -> set[str]:
    """A partner's program signs in and reads; its secrets must lie open nowhere either."""
    told = io.StringIO()
    scopes = "cases:read statistics:read"
    call_command("create_partner_client", organisation=factories.partner().name, scopes=scopes, stdout=told)
    client = json.loads(told.getvalue())
    answer = chief.session.post(
        f"{chief.base}o/token/",
        data={"grant_type": "client_credentials"},
        auth=(client["client_id"], client["client_secret"]),
    )
    token = answer.json()["access_token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert chief.session.get(f"{chief.base}api/v1/cases/", headers=bearer).json()["results"] == []
    return {client["client_secret"], token}


@pytest.mark.django_db
def test_an_error_nobody_foresaw_repeats_nothing_to_the_screen_or_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    canaries = Canaries()

    def fail(*_given: object, **_more: object) -> None:
        raise RuntimeError(f"could not understand {canaries.note}")

    monkeypatch.setattr("helpline.web.views.intake.take_call", fail)
    monkeypatch.setattr("api.views.calls.take_call", fail)
    user, _seed = somebody(Role.COUNSELLOR, canaries)
    browser = Client(raise_request_exception=False)
    sign_in(browser, user)
    form = {
        "client_uuid": str(uuid.uuid4()),
        "caller_phone": f"+{canaries.phone}",
        "caller_name": canaries.caller,
        "about_name": canaries.held,
        "note": canaries.note,
        "topic": "detention",
        "region": "RU-MOW",
        "relation": "sibling",
        "language": "tg",
        "contact_safety": "may_call",
        "when": "unknown",
    }
    pages = [browser.post(f"/calls/new/?q={canaries.asked_name}", form)]
    body = json.dumps({"topic": "detention", "note": canaries.note, "caller_name": canaries.caller})
    pages.append(
        browser.post(f"/api/v1/calls/?q={canaries.asked_name}", body, content_type="application/json")
    )
    assert [page.status_code for page in pages] == [500, 500]
    lines = "\n".join(AllowListFormatter().format(record) for record in caplog.records)
    assert "RuntimeError" in lines
    seen = {"pages": b"".join(page.content for page in pages), "log": lines.encode()}
    assert findings(seen, canaries.secrets) == set()


def test_no_error_report_is_written_or_mailed_anywhere() -> None:
    handlers = [
        handler for name in ("", "django", "django.request") for handler in logging.getLogger(name).handlers
    ]
    assert settings.DEBUG is False
    assert settings.ADMINS == []
    assert "AdminEmailHandler" not in {type(handler).__name__ for handler in handlers}
