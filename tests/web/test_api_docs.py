"""The pages of the API in a real browser, under the policy that all pages of ours have."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser


@pytest.mark.django_db(transaction=True)
def test_they_open_without_breaking_the_policy(
    chromium: Browser, live_server: object, signed_in: Client
) -> None:
    said: list[str] = []
    context = chromium.new_context()
    cookie = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": str(live_server)}])
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{live_server}/api/v1/docs/")
    page.wait_for_selector(".opblock", timeout=60_000)
    page.locator(".opblock-summary-post").first.click()
    page.wait_for_selector(".opblock-body")
    described = page.locator(".opblock").count()
    context.close()
    assert said == []
    assert described > 25
