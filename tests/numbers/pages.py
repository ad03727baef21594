"""A page as a reader of numbers sees it: each number by its hook, the list it leads to, the rows of a list."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

from django.test import Client

_VOID = frozenset({"meta", "link", "input", "img", "br", "hr"})


class Shown(NamedTuple):
    """A number on a page; None stands for a dash. `url` is where it leads, if anywhere."""

    number: int | None
    url: str


class Page(HTMLParser):
    """Numbers by (group, name), the numbers of the chart in order, and what the pager says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.numbers: dict[tuple[str, str], Shown] = {}
        self.chart: list[int] = []
        self.rows = 0
        self.next = ""
        self.moments: list[str] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._row_url = ""
        self._heard: list[str] | None = None
        self.feed(text)

    def of(self, group: str) -> dict[str, int | None]:
        """The numbers of one table or row of tiles, by name."""
        return {name: shown.number for (where, name), shown in self.numbers.items() if where == group}

    def links(self) -> Iterator[Shown]:
        """Every number that leads to a list."""
        return (shown for shown in self.numbers.values() if shown.url)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self._note(tag, told)
        if tag not in _VOID:
            self._open.append((tag, told))
        if "data-number" in told or (tag == "title" and self._inside("rect")):
            self._heard = []

    def handle_data(self, data: str) -> None:
        if self._heard is not None:
            self._heard.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._inside(tag):
            closed, told = self._open.pop()
            if self._heard is not None and "data-number" in told:
                self._number(told["data-number"], "".join(self._heard))
            elif self._heard is not None and closed == "title":
                self.chart.append(int("".join(self._heard).rpartition(": ")[2]))
                self._heard = None
            if closed == tag:
                return

    def _note(self, tag: str, told: dict[str, str]) -> None:
        self.rows += "data-row" in told
        if tag == "tr":
            self._row_url = ""
        if tag == "a" and self._inside("tr"):
            self._row_url = told["href"]
        if tag == "a" and told.get("rel") == "next":
            self.next = told["href"]
        if tag == "time" and "period" in {each.get("data-numbers") for _tag, each in self._open}:
            self.moments.append(told["datetime"])

    def _number(self, name: str, text: str) -> None:
        self._heard = None
        found = re.findall(r"\d+", text)
        tile = next((told["href"] for tag, told in reversed(self._open) if tag == "a"), "")
        url = tile or (self._row_url if self._inside("tr") else "")
        self.numbers[(self._group(), name)] = Shown(int(found[-1]) if found else None, url)

    def _group(self) -> str:
        """The nearest table, or the row of a published figure, around what is read."""
        for _tag, told in reversed(self._open):
            group = told.get("data-numbers") or told.get("data-figure")
            if group:
                return group
        return ""

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _told in self._open)


def page_of(client: Client, url: str) -> Page:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return Page(answer.content.decode())


def total_of(page: Page) -> int:
    """What the pager of a list says; a list without rows has none."""
    return page.numbers.get(("", "rows"), Shown(0, "")).number or 0


def length(client: Client, url: str) -> int:
    """The rows of a list counted one by one over all its pages, which must be what its pager says."""
    page = page_of(client, url)
    total, rows, path = total_of(page), page.rows, url.partition("?")[0]
    while page.next:
        page = page_of(client, f"{path}{page.next}")
        rows += page.rows
    assert rows == total, url
    return rows


def length_told(client: Client, url: str, per_page: int = 50) -> int:
    """What the first page of a list says of its length."""
    page = page_of(client, url)
    assert page.rows == min(total_of(page), per_page), url
    return total_of(page)
