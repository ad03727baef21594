"""Every number equals an independent count, and no small number of a partner's table can be worked out."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases import reports
from cases.errors import NotAllowed
from cases.models import Call, User
from cases.regions import MOSCOW
from tests import factories

cells = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 40), min_size=2)


@given(cells)
def test_nothing_small_is_shown_and_what_is_hidden_does_not_add_up_to_little(counts: dict[str, int]) -> None:
    table = reports.held_back(counts)
    shown = {row.key: row.count for row in table.rows if row.count is not None}
    hidden = sum(count for key, count in counts.items() if key not in shown)
    assert all(counts[key] == count and count >= 10 for key, count in shown.items())
    assert table.total in (None, sum(counts.values()))
    assert len(shown) == len(counts) or not shown or hidden >= 10
    assert table.total is None or table.total >= 10


@pytest.mark.django_db
def test_calls_by_hour_have_a_row_for_every_hour_and_equal_sql() -> None:
    since = datetime(2024, 3, 22, 18, tzinfo=MOSCOW)
    for minutes in (0, 59, 60, 200, 200):
        factories.call(topic="raid", started_at=since + timedelta(minutes=minutes))
    period = reports.Period(since, since + timedelta(hours=5))
    table = reports.calls_by(factories.coordinator(), "hour", period)
    assert [row.count for row in table.rows] == [2, 1, 0, 2, 0]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_call WHERE started_at >= %s", [since])
        assert cursor.fetchone() == (table.total,)


@pytest.mark.django_db
def test_a_coordinator_counts_their_regions_and_those_of_no_region() -> None:
    for region in ("RU-MOW", "RU-SPE", "unknown"):
        factories.call(region=region)
    table = reports.calls_by(factories.coordinator(regions=("RU-SPE",)), "region", reports.Period.last(2))
    assert {row.key: row.count for row in table.rows} == {"RU-SPE": 1, "unknown": 1}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["counsellor", "auditor", "partner"])
def test_live_counts_are_not_for_everybody(role: str) -> None:
    with pytest.raises(NotAllowed):
        reports.calls_by(factories.user(role), "topic", reports.Period.last(24))


@pytest.mark.django_db
def test_a_partner_reads_closed_days_alone() -> None:
    partner = factories.user("partner")
    today = timezone.now().astimezone(MOSCOW).date()
    with pytest.raises(NotAllowed):
        reports.closed_day(partner, "topic", today)
    _calls_on(today - timedelta(days=1), detention=12, raid=11, wages=3)
    table = reports.closed_day(partner, "topic", today - timedelta(days=1))
    shown = {row.key: row.count for row in table.rows if row.count is not None}
    assert (shown, table.total) == ({"detention": 12}, 26)


def _calls_on(day: date, **topics: int) -> None:
    by: User = factories.counsellor()
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=MOSCOW)
    for topic, count in topics.items():
        for _ in range(count):
            factories.call(by, topic=topic, started_at=noon, client_uuid=uuid.uuid4())
    Call.objects.filter(started_at=noon).update(logged_at=noon)


@pytest.mark.django_db
def test_a_call_written_down_late_does_not_change_a_closed_day() -> None:
    """The difference of two answers would be this one call: its topic, region, language and urgency."""
    partner, yesterday = (
        factories.user("partner"),
        timezone.now().astimezone(MOSCOW).date() - timedelta(days=1),
    )
    _calls_on(yesterday, detention=12)
    before = {group: reports.closed_day(partner, group, yesterday) for group in reports.GROUPS}
    factories.call(topic="detention", started_at=Call.objects.earliest("started_at").started_at)
    assert {group: reports.closed_day(partner, group, yesterday) for group in reports.GROUPS} == before


@pytest.mark.django_db
def test_the_headline_counts_what_stands_open() -> None:
    taken = factories.call()
    factories.call(topic="wages")
    factories.follow_up(taken.case, due_at=timezone.now() - timedelta(minutes=2))
    assert reports.headline(factories.coordinator(), reports.Period.last(24)) == reports.Headline(
        calls=2, raids_and_detentions=1, cases_opened=1, held_now=1, unassigned_now=1, follow_ups_overdue=1
    )
