"""The shell around every page, the components, and what a browser makes of them."""

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from cases.enums import Role
from cases.models import User
from helpline.web.context import Shell
from helpline.web.templatetags import ui

WEB = Path(ui.__file__).parent.parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


def render(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_an_urgency_is_a_glyph_a_word_and_a_border() -> None:
    assert render("{% badge 'U0' %}") == (
        '<span class="badge critical"><span class="glyph" aria-hidden="true">▲▲</span>Critical</span>'
    )
    assert render("{% badge 'nonsense' %}") == ""


def test_words_in_tags_are_escaped() -> None:
    assert "<script>" not in render("{% status_badge 'open' label %}", label="<script>")
    assert "<script>" not in render("{% card title=title %}{{ title }}{% endcard %}", title="<script>")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(24, "in 24 min"), (44 * 60 + 28, "in 44 h 28 min"), (9 * 1440 + 540, "in 9 d 9 h"),
     (120, "in 2 h"), (4 * 1440, "in 4 d"), (40 * 1440 + 60, "in 40 d"), (-24, "overdue 24 min"),
     (-84, "overdue 1 h 24 min"), (0.4, "now")],
)  # fmt: skip
def test_what_is_due_is_told_in_words(minutes: float, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 20, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    shown = render("{% due moment %}", moment=now + timedelta(minutes=minutes))
    assert f">{text}</time>" in shown


def test_a_moment_is_absolute_first_in_the_zone_of_its_region(monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 20, 12, 24, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert render("{% when moment 'Asia/Yekaterinburg' %}", moment=moment) == (
        '<time class="when" datetime="2026-11-20T12:00:00+00:00">Fri 20 Nov, 17:00 UTC+5 '
        '<span class="relative" data-relative>(24 min ago)</span></time>'
    )
    with translation.override("ru"):
        shown = render("{% when moment 'Europe/Moscow' %}", moment=moment)
    assert "Пт 20 ноя, 15:00 мск" in shown
    assert "(24 мин назад)" in shown


def test_the_bar_shows_what_a_role_may_use() -> None:
    request = RequestFactory().get("/cases/")
    shown = {}
    for role in ("", Role.COUNSELLOR, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER):
        request.user = User(role=role) if role else AnonymousUser()
        shell = Shell(request)
        shown[str(role)] = ([entry.name for entry in shell.entries], bool(shell.new_call))
    work = ["web:my_day", "web:queue", "web:calls", "web:incidents"]
    assert shown == {
        "": ([], False),
        "counsellor": (work, True),
        "coordinator": ([*work, "web:dashboard"], True),
        "administrator": (["web:dashboard"], False),
        "auditor": (["web:audit"], False),
        "partner": (["web:referrals"], False),
    }


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so_in_our_own_words(client: Client) -> None:
    page = client.get("/nothing-here/")
    assert page.status_code == 404
    assert "There is no such page" in page.content.decode()


@pytest.mark.django_db
def test_a_crash_shows_a_calm_page_and_no_detail(signed_in: Client, gallery: str) -> None:
    signed_in.raise_request_exception = False
    page = signed_in.get("/gallery/broken/")
    assert page.status_code == 500
    assert "Something broke" in page.content.decode()
    assert "on purpose" not in page.content.decode()


@pytest.mark.django_db
def test_a_field_ties_label_hint_and_error_together(signed_in: Client, gallery: str) -> None:
    page = signed_in.post(gallery, {"born": "9999"}).content.decode()
    field = re.search(r'<input type="text" name="phone"[^>]*>', page)
    assert field is not None
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in field[0]
    assert 'aria-invalid="true"' in field[0]
    for piece in (
        'id="id_phone_helptext"',
        'id="id_phone_error"',
        '<a href="#id_phone">Phone — ',
        'value="9999"',
    ):
        assert piece in page
    assert "Please check 2 answers" in page


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_no_template_holds_inline_style_or_script(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.findall(r"""\sstyle=|\son[a-z]+=|<style|javascript:|hx-on""", source)
    scripts = re.findall(r"<script\b[^>]*>", source)
    assert [tag for tag in scripts if "src=" not in tag and 'type="application/json"' not in tag] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_icon_exists(path: Path) -> None:
    sprite = (WEB / "static" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    named = set(re.findall(r"""(?:icon|symbol=)\s*["']([\w-]+)["']""", path.read_text(encoding="utf-8")))
    assert named - known == set()


def test_the_weight_stays_within_its_budget() -> None:
    css = b"".join(path.read_bytes() for path in sorted((WEB / "static" / "css").glob("*.css")))
    scripts = b"".join((WEB / "static" / "js" / name).read_bytes() for name in ("app.js", "keys.js"))
    assert len(gzip.compress(css)) <= 14 * 1024
    assert len(gzip.compress(scripts)) <= 12 * 1024


@pytest.mark.django_db
def test_the_words_for_scripts_are_data_and_not_code(signed_in: Client, gallery: str) -> None:
    page = signed_in.get(gallery).content.decode()
    words = re.search(r'<script id="words" type="application/json">(.*?)</script>', page)
    assert words is not None
    assert json.loads(words[1])["overdue"] == "overdue %s"
