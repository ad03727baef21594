"""The main job by hand, in a real browser, under the real content security policy: call, queue, promise, kept."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cases.models import Call, Case, FollowUp, User
from cases.regions import region_zone
from cases.vault import seal_seed
from tests import factories
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Desk:
    """Somebody's browser, and everything it complained about."""

    def __init__(self, browser: Browser, server: str, **options: object) -> None:
        self.context: BrowserContext = browser.new_context(
            timezone_id="Europe/Moscow", service_workers="block", **{"locale": "en-GB", **options}
        )
        self.server, self.complaints = server, []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _console(self, message: object) -> None:
        # A refused form is an answer, and the browser reports the status of every answer above 399.
        if message.type in {"error", "warning"} and "status of 422" not in message.text:
            self.complaints.append(message.text)

    def sit_down(self, user: User) -> "Desk":
        name = settings.SESSION_COOKIE_NAME
        value = signed_in(user).cookies[name].value
        self.context.add_cookies([{"name": name, "value": value, "url": self.server}])
        return self

    def open(self, address: str) -> Page:
        self.page.goto(self.server + address)
        return self.page


@pytest.fixture
def server(live_server: object) -> str:
    return str(live_server)


@pytest.fixture
def desk(chromium: Browser, server: str) -> Iterator[object]:
    yield lambda **options: Desk(chromium, server, **options)
    for context in chromium.contexts:
        context.close()


def code_now() -> str:
    return format_hotp_value(hotp_value(SEED, next(yield_hotp_counters_from_time())))


def sign_in(page: Page, user: User) -> None:
    page.fill("input[name=login]", user.handle)
    page.fill("input[name=password]", factories.PASSWORD)
    page.keyboard.press("Enter")
    page.fill("input[name=code]", code_now())
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Hello, {user.handle}")


def test_a_call_becomes_a_case_on_top_of_the_queue_and_its_promise_is_kept(desk: object) -> None:
    lola = factories.counsellor("lola", interface_language="en")
    kate = factories.coordinator("kate")
    Authenticator.objects.create(user=lola, type=Authenticator.Type.TOTP, data={"secret": seal_seed(SEED)})
    factories.case(urgency="U1")

    hers = desk()
    page = hers.open("/")
    sign_in(page, lola)
    page.keyboard.press("c")
    expect(page.locator("h1")).to_have_text("New call")
    expect(page.locator("#id_caller_phone")).to_be_focused()
    page.keyboard.type("+992 000 11 22 33")
    page.fill("#id_caller_name", "Фарход")
    page.fill("#id_about_name", "Каримов Джамшед")
    page.select_option("#id_region", "RU-MOW")
    page.locator("#id_flags input").first.focus()
    page.keyboard.press("2")  # beaten
    page.fill("#id_note", "Забрали у метро, телефон не отвечает.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Каримов Джамшед")
    case = Case.objects.get(urgency="U0")
    expect(page.locator("#messages")).to_have_text(re.compile(rf"Saved: {case.reference}, U0 Critical\."))

    theirs = desk().sit_down(kate)
    page = theirs.open("/cases/")
    expect(page.locator("[data-row]").first).to_contain_text(case.reference)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Каримов Джамшед")
    page.keyboard.press("a")
    page.select_option("#id_assign_to", label="lola")
    page.locator("#step-assign button").click()
    expect(page.locator("#messages")).to_have_text("Assigned to lola.")
    page.keyboard.press("t")
    soon = timezone.now().astimezone(region_zone("RU-MOW")) + timedelta(minutes=1)
    page.fill("#id_plan_due_at", soon.strftime("%Y-%m-%dT%H:%M"))
    expect(page.locator("#id_plan_due input[value=exact]")).to_be_checked()
    page.locator("#step-plan .form-actions button").click()
    expect(page.locator("#messages")).to_have_text("The follow-up is planned.")

    page = hers.open("/my-day/")
    page.get_by_role("button", name="Reached").click()
    expect(page.locator("#messages")).to_have_text("Done.")
    expect(page.locator(".empty")).to_contain_text("Everything is done.")
    assert list(FollowUp.objects.values_list("outcome", "done_by__handle")) == [("reached", "lola")]
    assert (hers.complaints, theirs.complaints) == ([], [])


def test_the_number_typed_brings_up_the_open_case_and_one_key_chooses_it(desk: object) -> None:
    lola = factories.counsellor("lola")
    first = factories.call(lola)
    hers = desk().sit_down(lola)
    page = hers.open("/calls/new/")
    page.locator("#id_caller_phone").press_sequentially("+992000112233")
    expect(page.locator("#known")).to_contain_text(first.case.reference)
    page.keyboard.press("Alt+KeyL")
    page.fill("#id_note", "Сестра звонит снова.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text(first.case.reference)
    assert Call.objects.filter(case=first.case).count() == 2
    assert hers.complaints == []


def test_without_a_script_a_call_is_saved_all_the_same(desk: object) -> None:
    hers = desk(java_script_enabled=False).sit_down(factories.counsellor("lola"))
    page = hers.open("/calls/new/")
    page.check("#id_phone_hidden")
    page.fill("#id_about_name", "Юлдошев Акмал")
    page.locator("button[data-save]").click()
    expect(page.locator("h1")).to_have_text("Юлдошев Акмал")


def test_a_double_click_saves_once_and_nothing_is_lost_by_a_slip(desk: object) -> None:
    hers = desk().sit_down(factories.counsellor("lola"))
    page = hers.open("/calls/new/")
    page.fill("#id_caller_phone", "пять")
    page.fill("#id_about_name", "Юлдошев Акмал")
    page.fill("#id_note", "Говорит тихо.")
    page.locator("button[data-save]").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_note")).to_have_value("Говорит тихо.")
    page.fill("#id_caller_phone", "+992 000 11 22 33")
    page.locator("button[data-save]").dblclick()
    expect(page.locator("h1")).to_have_text("Юлдошев Акмал")
    assert Call.objects.count() == 1


def test_a_call_being_written_down_outlives_its_session_on_the_screen(desk: object) -> None:
    page = desk().sit_down(factories.counsellor("lola")).open("/calls/new/")
    page.fill("#id_about_name", "Каримов Джамшед")
    Session.objects.all().delete()
    with page.expect_response("**/notices/unread/**") as answer:
        page.evaluate("document.querySelector('[data-poll]').dispatchEvent(new CustomEvent('tick'))")
    assert answer.value.status == 401
    page.wait_for_timeout(500)
    expect(page.locator("#id_about_name")).to_have_value("Каримов Джамшед")


@pytest.fixture
def addresses() -> dict[str, list[str]]:
    """The pages of each role, with something on every one of them."""
    from cases.actions import assign_case, refer_case

    lola, kate = factories.counsellor("lola"), factories.coordinator("coordinator-kate")
    partner = factories.user("partner", "partner")
    taken = factories.call(lola, flags=frozenset({"beaten"}), note="Говорит тихо.")
    case = assign_case(taken.case, to=lola, by=kate)
    promise = factories.follow_up(case, lola, note="Спросить")
    offered = refer_case(factories.case(lola, assignee=lola), to=partner.organisation, by=lola)
    factories.user("auditor", "audit")
    factories.user("administrator", "root")
    return {
        "lola": [
            *("/", "/calls/new/", "/my-day/", "/search/", "/notices/"),
            *(f"/cases/{case.reference}/", f"/follow-ups/{promise.pk}/"),
            *(f"/calls/{taken.call.reference}/", f"/people/{case.person.reference}/"),
        ],
        "coordinator-kate": [
            "/",
            "/cases/",
            "/calls/",
            "/dashboard/",
            "/incidents/",
            "/cases/?status=merged",
            "/notices/",
        ],
        "partner": ["/referrals/", f"/referrals/{offered.pk}/", f"/cases/{offered.case.reference}/"],
        "audit": ["/audit/"],
        "root": ["/", "/cases/"],
    }


# At 1280 in Russian: its words are the longer ones, and the bar of a coordinator is the fullest.
@pytest.mark.parametrize(("width", "locale", "scheme"), [(390, "ru-RU", "dark"), (1280, "ru-RU", "light")])
def test_every_page_fits_its_screen_and_axe_finds_nothing(
    desk: object, addresses: dict[str, list[str]], width: int, locale: str, scheme: str
) -> None:
    found = []
    for handle, pages in addresses.items():
        somebody = desk(viewport={"width": width, "height": 844}, locale=locale, color_scheme=scheme)
        somebody.sit_down(User.objects.get(handle=handle))
        for address in pages:
            page = somebody.open(address)
            wide = page.evaluate("document.documentElement.scrollWidth")
            found += [(address, "scrolls sideways", wide)] if wide > width else []
            found += [(address, *violation) for violation in axe(page)]
        found += [complaint for complaint in somebody.complaints if "status of 403" not in complaint]
    assert found == []


def axe(page: Page) -> list[tuple[str, str]]:
    """What axe-core says against a page. It is brought in past the policy, which stays as it is for the page."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8") + ";0"})
    options = {"runOnly": {"type": "tag", "values": RULES}}
    result = page.evaluate("async (options) => await axe.run(document, options)", options)
    assert result["passes"], "axe did not run"
    return [(each["id"], each["nodes"][0]["target"][0]) for each in result["violations"]]
