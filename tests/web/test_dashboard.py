"""The dashboard shows what is there, no more and no less, beside what others published."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import PublishedFigure
from tests import factories
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    lola = factories.counsellor("lola")
    for topic, region in (
        ("detention", "RU-MOW"),
        ("detention", "RU-SPE"),
        ("raid", "RU-MOW"),
        ("wages", "RU-MOW"),
    ):
        factories.call(lola, topic=topic, region=region)
    factories.call(lola, started_at=timezone.now() - timedelta(days=5))
    return signed_in(factories.coordinator("kate"))


def tile(shown, name):
    return next(tile.figure for tile in shown["tiles"] if tile.name == name)


def test_its_numbers_are_those_of_the_database(page):
    shown = page.get("/dashboard/?hours=48").context
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_call WHERE started_at > now() - interval '47 hours'")
        calls = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM cases_detention WHERE ended_at IS NULL")
        held = cursor.fetchone()[0]
    assert (tile(shown, "calls"), tile(shown, "held_now")) == (calls, held) == (4, 3)
    assert sum(row.figure for row in shown["over_time"]) == calls
    assert [sum(row.figure for row in rows) for _name, _title, rows in shown["tables"]] == [calls] * 4


def test_the_number_of_calls_leads_to_exactly_these_calls(page):
    shown = page.get("/dashboard/?hours=48").context
    assert page.get(shown["tiles"][0].url).context["page"].paginator.count == tile(shown, "calls")


def test_published_figures_stand_beside_ours_and_never_in_them(page):
    today = timezone.now().date()
    days = {"period_from_on": today - timedelta(days=1), "period_until_on": today, "published_on": today}
    PublishedFigure.objects.create(kind="hotline_calls", value=2500, region="RU-SPE", source="press", **days)
    PublishedFigure.objects.create(kind="killed", value=144, region="RU-MOS", source="press", **days)
    shown = page.get("/dashboard/?hours=48").context
    assert {figure.value: own for figure, own in shown["figures"]} == {2500: 1, 144: None}
    assert tile(shown, "calls") == 4


@pytest.mark.parametrize(
    "query",
    [
        "?hours=abc",
        "?since=2024-13-01&until=2024-03-23",
        "?since=2024-03-24&until=2024-03-22",
        "?since=2024-03-24",
    ],
)
def test_a_period_that_makes_no_sense_shows_the_usual_one(page, query):
    answer = page.get(f"/dashboard/{query}")
    assert (answer.status_code, tile(answer.context, "calls")) == (200, 4)


def test_a_past_period_can_be_chosen(page):
    assert tile(page.get("/dashboard/?since=2024-03-22&until=2024-03-23").context, "calls") == 0
