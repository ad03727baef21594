"""Who gets in, how, and for how long."""

import logging
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from django.urls.exceptions import Resolver404

from cases.enums import Role
from cases.models import User
from cases.vault import SealBroken, open_seed, seal_seed
from tests.web.conftest import PASSWORD, SEED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_guards() -> None:
    caches["guards"].clear()


def code(seed: str = SEED, ahead: int = 0) -> str:
    """What the app shows now."""
    return format_hotp_value(hotp_value(seed, int(time.time()) // 30 + ahead))


def try_password(client: Client, handle: str, password: str, address: str = "127.0.0.1"):
    return client.post("/sign-in/", {"login": handle, "password": password}, REMOTE_ADDR=address)


def test_handle_password_and_code_lead_in(client: Client, lola: User) -> None:
    first = try_password(client, "Lola", PASSWORD)
    assert (first.status_code, first["Location"]) == (302, "/second-factor/code/")
    assert "_auth_user_id" not in client.session
    second = client.post("/second-factor/code/", {"code": code()})
    assert (second.status_code, second["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(lola.pk)


def test_a_wrong_handle_and_a_wrong_password_get_the_same_words(client: Client, lola: User) -> None:
    pages = []
    for handle, password in (("nobody", PASSWORD), ("lola", "wrong wrong wrong")):
        page = try_password(client, handle, password)
        pages.append((page.status_code, page.context["form"].non_field_errors()))
    assert pages[0] == pages[1] == (200, ["Handle or password is wrong."])


def test_a_code_works_once(client: Client, lola: User) -> None:
    used = code()
    for expected in (302, 200):
        browser = Client()
        try_password(browser, "lola", PASSWORD)
        assert browser.post("/second-factor/code/", {"code": used}).status_code == expected


def test_a_code_is_not_taken_again_while_it_is_valid(lola: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who looked over a shoulder has a minute and a half."""
    used, answers, started = code(), [], time.time()
    for seconds in (0, 40):
        monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda s=seconds: started + s)
        browser = Client()
        try_password(browser, "lola", PASSWORD)
        answers.append(browser.post("/second-factor/code/", {"code": used}).status_code)
        # What allauth itself remembers, for 30 s.
        caches["guards"].delete(f"allauth.mfa.totp.used?user={lola.pk}&code={used}")
    assert answers == [302, 200]


def test_a_session_from_before_the_second_factor_is_no_way_around_it(marat: User, gallery: str) -> None:
    """Whoever knew the first password may wait in a session of their own until the person has set up the app."""
    thief, own = Client(), Client()
    for browser in (thief, own):
        try_password(browser, "marat", PASSWORD)
    seed = own.get("/second-factor/app/set-up/").context["form"].secret
    own.post("/second-factor/app/set-up/", {"code": code(seed)})
    assert own.get(gallery).status_code == 200
    answer = thief.get(gallery)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/")
    assert "_auth_user_id" not in thief.session


def test_eight_failures_close_the_door_for_this_handle_from_this_address_only(
    client: Client, lola: User
) -> None:
    answers = [try_password(client, "lola", f"wrong {attempt}").status_code for attempt in range(8)]
    assert answers == [200] * 7 + [429]
    locked = try_password(client, "lola", PASSWORD)
    assert locked.status_code == 429
    assert "closed for 15 minutes" in locked.content.decode()
    assert try_password(Client(), "lola", PASSWORD, address="127.0.0.2").status_code == 302


def test_a_service_user_has_no_way_in(client: Client, db: None) -> None:
    for role in (Role.INTEGRATION, Role.SYSTEM):
        User.objects.create_user(f"robot-{role}", role, PASSWORD)
        assert try_password(client, f"robot-{role}", PASSWORD).status_code == 200
        assert "_auth_user_id" not in client.session


def test_a_person_switched_off_does_not_get_in(client: Client, lola: User) -> None:
    User.objects.filter(pk=lola.pk).update(is_active=False)
    try_password(client, "lola", PASSWORD)
    client.post("/second-factor/code/", {"code": code()})
    assert "_auth_user_id" not in client.session


def test_without_a_second_factor_every_page_leads_to_its_set_up(
    client: Client, marat: User, gallery: str
) -> None:
    assert try_password(client, "marat", PASSWORD).status_code == 302
    for address in (gallery, "/second-factor/", "/second-factor/recovery-codes/"):
        assert client.get(address)["Location"] == "/second-factor/app/set-up/"
    assert client.get("/second-factor/app/set-up/").status_code == 200


def test_set_up_takes_a_code_shows_recovery_codes_once_and_opens_the_pages(
    client: Client, marat: User, gallery: str
) -> None:
    try_password(client, "marat", PASSWORD)
    seed = client.get("/second-factor/app/set-up/").context["form"].secret
    assert client.post("/second-factor/app/set-up/", {"code": "000000"}).context["form"].errors
    done = client.post("/second-factor/app/set-up/", {"code": code(seed)})
    assert done["Location"] == "/second-factor/recovery-codes/"
    first, second = (client.get(done["Location"]) for _ in range(2))
    assert len(set(first.context["unused_codes"])) == 10
    assert set(second.context["unused_codes"]) == {"****"}
    assert client.get(gallery).status_code == 200


def test_a_recovery_code_replaces_the_phone_once(client: Client, marat: User) -> None:
    try_password(client, "marat", PASSWORD)
    seed = client.get("/second-factor/app/set-up/").context["form"].secret
    client.post("/second-factor/app/set-up/", {"code": code(seed)})
    spare = client.get("/second-factor/recovery-codes/").context["unused_codes"][0]
    for expected in (302, 200):
        browser = Client()
        try_password(browser, "marat", PASSWORD)
        assert browser.post("/second-factor/code/", {"code": spare}).status_code == expected


def test_no_seed_lies_in_clear_neither_while_it_is_set_up_nor_later(client: Client, marat: User) -> None:
    try_password(client, "marat", PASSWORD)
    seed = client.get("/second-factor/app/set-up/").context["form"].secret
    assert all(seed not in str(session.get_decoded()) for session in Session.objects.all())
    client.post("/second-factor/app/set-up/", {"code": code(seed)})
    kept = Authenticator.objects.get(user=marat, type="totp").data["secret"]
    assert seed not in kept
    assert open_seed(kept) == seed


def test_an_altered_seed_is_refused() -> None:
    sealed = seal_seed(SEED)
    with pytest.raises(SealBroken):
        open_seed(sealed[:-4] + ("AAA=" if sealed[-4:] != "AAA=" else "BBB="))


def test_the_last_second_factor_cannot_be_taken_off(client: Client, lola: User) -> None:
    try_password(client, "lola", PASSWORD)
    client.post("/second-factor/code/", {"code": code()})
    page = client.post("/second-factor/app/remove/")
    assert page.status_code == 200
    assert Authenticator.objects.filter(user=lola, type="totp").exists()


def test_minutes_later_a_change_asks_who_is_there(
    client: Client, lola: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    try_password(client, "lola", PASSWORD)
    client.post("/second-factor/code/", {"code": code()})
    later = time.time() + 301
    monkeypatch.setattr("helpline.web.accounts.time.time", lambda: later)
    answer = client.get("/second-factor/recovery-codes/new/")
    assert answer["Location"].startswith("/confirm/?next=")


@pytest.mark.parametrize(
    "address",
    ["/signup/", "/sign-up/", "/password/reset/", "/password/change/", "/email/", "/login/code/", "/social/signup/",
     "/accounts/signup/", "/accounts/login/", "/3rdparty/", "/admin/"],
)  # fmt: skip
def test_there_is_no_such_door(address: str) -> None:
    with pytest.raises(Resolver404):
        resolve(address)


def test_no_closed_door_has_a_name() -> None:
    for name in ("account_signup", "account_reset_password", "account_email", "account_request_login_code"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_whoever_is_not_signed_in_goes_to_the_sign_in_page_and_comes_back(
    client: Client, gallery: str
) -> None:
    assert client.get(gallery)["Location"] == f"/sign-in/?next={gallery}"
    assert client.post(gallery)["Location"] == "/sign-in/"


def test_a_fragment_sends_the_whole_page_to_sign_in(client: Client, gallery: str) -> None:
    answer = client.get(
        gallery, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/queue/?u=U0"}
    )
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/sign-in/?next=%2Fqueue%2F")


class Clock:
    """Time as the middleware sees it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = time.time()
        monkeypatch.setattr("helpline.web.middleware.time.time", lambda: self.now)

    def forward(self, minutes: float) -> None:
        self.now += minutes * 60


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_fifteen_minutes_without_activity_end_a_session(
    signed_in: Client, gallery: str, clock: Clock
) -> None:
    assert signed_in.get(gallery).status_code == 200
    clock.forward(14.5)
    assert signed_in.get(gallery).status_code == 200
    clock.forward(14.5)
    assert signed_in.get(gallery).status_code == 200
    clock.forward(15.1)
    assert signed_in.get(gallery).status_code == 302
    assert "_auth_user_id" not in signed_in.session


def test_polling_is_no_activity(signed_in: Client, gallery: str, clock: Clock) -> None:
    signed_in.get(gallery)
    statuses = []
    for _ in range(4):
        clock.forward(5)
        statuses.append(signed_in.get(gallery, headers={"X-Helpline-Poll": "1"}).status_code)
    assert statuses == [200, 200, 200, 302]


def test_eight_hours_end_a_session_whatever_happens(signed_in: Client, gallery: str, clock: Clock) -> None:
    signed_in.get(gallery)
    for _ in range(47):
        clock.forward(10)
        assert signed_in.get(gallery).status_code == 200
    clock.forward(10.1)
    assert signed_in.get(gallery).status_code == 302


def test_a_sign_of_life_keeps_the_session(signed_in: Client, gallery: str, clock: Clock) -> None:
    signed_in.get(gallery)
    for _ in range(3):
        clock.forward(10)
        assert signed_in.get("/stay/").status_code == 204
    assert signed_in.get(gallery).status_code == 200


def test_no_page_may_be_kept_by_a_cache(signed_in: Client, gallery: str) -> None:
    for address in (gallery, "/second-factor/", "/nothing-here/"):
        assert "no-store" in signed_in.get(address)["Cache-Control"]
    assert "no-store" in Client().get("/sign-in/")["Cache-Control"]


def test_signing_out_needs_a_form_and_ends_the_session(signed_in: Client) -> None:
    assert signed_in.get("/sign-out/").status_code == 200
    assert "_auth_user_id" in signed_in.session
    assert signed_in.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in signed_in.session


def test_logs_hold_neither_handles_nor_passwords(
    client: Client, lola: User, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        try_password(client, "lola", "wrong-password-here")
        try_password(client, "lola", PASSWORD)
        client.post("/second-factor/code/", {"code": code()})
    # What a database driver says at DEBUG never reaches a log: its level is fixed in the settings.
    written = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [
        line for line in written if any(word in line for word in ("wrong-password-here", PASSWORD, "lola"))
    ]


def test_theme_is_kept_on_the_device(client: Client) -> None:
    answer = client.post("/preferences/", {"theme": "dark", "next": "/sign-in/"})
    assert (answer["Location"], answer.cookies["theme"].value) == ("/sign-in/", "dark")
    assert 'data-theme="dark"' in client.get("/sign-in/").content.decode()


def test_preferences_take_no_nonsense_and_lead_nowhere_else(client: Client) -> None:
    answer = client.post("/preferences/", {"theme": "<script>", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert "theme" not in answer.cookies


def test_language_is_switched_by_a_form_even_before_sign_in(client: Client) -> None:
    client.post("/language/", {"language": "ru", "next": "/sign-in/"})
    assert '<html lang="ru"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(("told", "spoken"), [(None, "ru"), ("en", "en")])
def test_who_comes_in_reads_the_language_of_the_account_unless_the_device_was_told_another(
    client: Client, lola: User, told: str | None, spoken: str
) -> None:
    User.objects.filter(pk=lola.pk).update(interface_language="ru")
    if told:
        client.post("/language/", {"language": told, "next": "/sign-in/"})
    try_password(client, "lola", PASSWORD)
    client.post("/second-factor/code/", {"code": code()})
    assert f'<html lang="{spoken}"' in client.get("/", headers={"accept-language": "en"}).content.decode()


def test_a_language_chosen_at_a_page_is_that_of_later_messages_too(signed_in: Client, lola: User) -> None:
    signed_in.post("/language/", {"language": "en", "next": "/"})
    lola.refresh_from_db()
    assert lola.interface_language == "en"
    signed_in.post("/language/", {"language": "xx", "next": "/"})
    lola.refresh_from_db()
    assert lola.interface_language == "en"
