"""Somebody at a browser without scripts: opens a page, fills a form, sends it."""

import time
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value


class _Forms(HTMLParser):
    """The forms of a page with what they would send as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self._outside: dict[str, list[tuple[str, str]]] = {}
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append((given.get("action", ""), []))
        elif tag == "input" and name and self._sends(given):
            self._add(name, given.get("value", "on" if given.get("type") == "checkbox" else ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))

    def _sends(self, given: dict[str, str]) -> bool:
        if given.get("type") in ("radio", "checkbox"):
            return "checked" in given
        return given.get("type") not in ("submit", "button", "file")

    def _add(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1][1].append((name, value))


class Visitor:
    """One browser with its cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.session = requests.Session()
        self.page: requests.Response

    def open(self, path: str, **more: Any) -> requests.Response:
        """Go somewhere."""
        self.page = self.session.get(urljoin(self.base, path), **more)
        return self.page

    def send(self, action: str, **typed: str) -> requests.Response:
        """Send the form of the page that goes to `action` ("" for the page itself), with some fields filled in."""
        parser = _Forms()
        parser.feed(self.page.text)
        here = urlsplit(self.page.url).path
        for target, fields in parser.forms:
            path = urlsplit(urljoin(self.page.url, target or here)).path
            if "csrfmiddlewaretoken" in dict(fields) and (
                path == here if not action else path.endswith(action)
            ):
                break
        else:
            raise LookupError(f"{here} has no form that goes to {action or here}")
        answers = {**dict(fields), **typed}
        self.page = self.session.post(urljoin(self.page.url, path), data=answers)
        return self.page

    def sign_in(self, handle: str, password: str, seed: str) -> None:
        """Both steps, and a wrong try before each."""
        self.open("/sign-in/")
        for word in (password[::-1], password):
            self.send("", login=handle, password=word)
        for code in ("000000", format_hotp_value(hotp_value(seed, int(time.time()) // 30))):
            self.send("", code=code)
        assert self.page.ok, self.page.url
        assert "sign-in" not in self.page.url

    def api(self, method: str, path: str, **more: Any) -> requests.Response:
        """Ask the machine door with the session of the pages."""
        token = self.session.cookies.get("csrf", "")
        headers = {"X-CSRFToken": token, **more.pop("headers", {})}
        return self.session.request(method, urljoin(self.base, path), headers=headers, **more)
