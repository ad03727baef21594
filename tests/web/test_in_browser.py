"""The look and the scripts in a real browser, under the real content security policy."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.web import gallery as gallery_page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("gallery")]


@dataclass
class Visit:
    """Opens pages as Lola and keeps what the browser complained about."""

    browser: Browser
    server: str
    cookie: str
    complaints: list[str] = field(default_factory=list)

    def open(self, address: str, width: int = 1280, **options: object) -> Page:
        context = self.browser.new_context(
            viewport={"width": width, "height": 844},
            timezone_id="Europe/Moscow",
            service_workers="block",
            **options,
        )
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": self.cookie, "url": self.server}])
        page = context.new_page()
        page.on("console", lambda message: self.complain(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.server + address)
        return page

    def complain(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)


@pytest.fixture
def visit(chromium: Browser, live_server: object, signed_in: Client) -> Iterator[Visit]:
    gallery_page.asked.clear()
    gallery_page.posted.clear()
    visit = Visit(chromium, str(live_server), signed_in.cookies[django_settings.SESSION_COOKIE_NAME].value)
    yield visit
    for context in chromium.contexts:
        context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1199, 1200, 1280])
@pytest.mark.parametrize("locale", ["en-GB", "ru-RU"])
def test_nothing_is_cut_off_and_the_policy_stops_nothing_of_ours(
    visit: Visit, width: int, locale: str
) -> None:
    page = visit.open("/gallery/", width=width, locale=locale)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator(".topbar").bounding_box()["height"] <= 57
    assert visit.complaints == []


def test_every_target_is_large_enough_for_a_finger(visit: Visit) -> None:
    page = visit.open("/gallery/", width=390, has_touch=True, is_mobile=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll(".button:not(.small), .choice, .iconlink, select, .bottombar a, .check")]
            .filter((element) => element.offsetParent && element.getBoundingClientRect().height < 43.5)
            .map((element) => element.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_errors_take_the_focus_and_lead_to_their_field(visit: Visit) -> None:
    page = visit.open("/gallery/")
    page.fill("#id_born", "9999")
    page.click("[data-save]")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("#id_born") == "9999"
    page.click(".error-summary a >> nth=0")
    expect(page.locator("#id_phone")).to_be_focused()


def test_keys_work_by_their_place_in_a_cyrillic_layout(visit: Visit) -> None:
    page = visit.open("/gallery/")
    keyboard = page.context.new_cdp_session(page)
    for key, code in (("о", "KeyJ"), ("о", "KeyJ"), ("л", "KeyK")):
        for kind in ("keyDown", "keyUp"):
            keyboard.send("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": code})
    expect(page.locator("tr[data-row] .rowlink").first).to_be_focused()
    page.keyboard.press("Shift+Slash")
    expect(page.locator("#keys-dialog")).to_be_visible()


def test_digits_choose_inside_a_group_and_the_focus_moves_on(visit: Visit) -> None:
    page = visit.open("/gallery/")
    page.locator("#id_relation input").nth(2).focus()
    page.keyboard.press("5")
    expect(page.locator("#id_relation input").nth(4)).to_be_checked()
    expect(page.locator("#id_language input").nth(1)).to_be_focused()


def test_letters_in_a_text_field_are_only_letters(visit: Visit) -> None:
    page = visit.open("/gallery/")
    page.focus("#id_note")
    page.keyboard.type("call c j k ? 5")
    assert page.input_value("#id_note") == "call c j k ? 5"
    assert page.url.endswith("/gallery/")


def test_control_and_enter_save_from_inside_a_text(visit: Visit) -> None:
    page = visit.open("/gallery/")
    page.fill("#id_note", "text")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".error-summary")).to_be_visible()


def test_a_double_click_sends_once(visit: Visit) -> None:
    page = visit.open("/gallery/")
    page.dblclick("#slow")
    expect(page.locator("h1")).to_have_text("saved")
    assert gallery_page.posted == [1]


def test_polls_say_that_they_are_polls(visit: Visit) -> None:
    page = visit.open("/gallery/")
    page.locator("#polled").dispatch_event("tick", {})
    expect(page.locator("#polled")).to_have_text("answer 1")
    assert gallery_page.asked == ["1"]


def test_the_chip_tells_when_the_network_is_away(visit: Visit) -> None:
    page = visit.open("/gallery/")
    expect(page.locator(".network .on")).to_be_visible()
    page.context.set_offline(True)
    expect(page.locator(".network .off")).to_be_visible()


def test_times_move_on_by_themselves(visit: Visit) -> None:
    page = visit.open("/gallery/")
    page.clock.install()
    page.reload()
    before = page.locator("tr[data-row] time[data-due]").nth(1).text_content()
    page.clock.run_for(5 * 60 * 1000)
    assert page.locator("tr[data-row] time[data-due]").nth(1).text_content() != before


def test_the_viewers_zone_reaches_the_server(visit: Visit) -> None:
    page = visit.open("/gallery/")
    zone = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}["zone"]
    assert zone == "Europe/Moscow"
