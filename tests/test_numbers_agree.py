"""After the replay and fifty calls on top, every number shown is the number that is there.

The page, the endpoint and SQL written by hand are asked the same; what a number leads to is counted row by row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from random import Random
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from cases.enums import Role
from cases.management.scenario.facts_2024 import ATTACK, MOSCOW
from cases.models import Delivery, Notice, User
from tests import factories
from tests.numbers import counts
from tests.numbers.clicks import Shift
from tests.numbers.clock import at
from tests.numbers.pages import Page, length, length_told, page_of, total_of
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

# The fewest calls that leave the quiet days and the 48 hours whole: ten are left for the week after them.
CALLS = 2900
PROMISED = timedelta(hours=48)
LATER = datetime(2024, 3, 30, 19, 20, tzinfo=MOSCOW)
GROUPS = ("topic", "region", "outcome", "language")
SOME_HOURS = ("00", "06", "12", "18", "23")


class View(NamedTuple):
    """The dashboard as somebody asked for it at a moment."""

    now: datetime
    query: str
    interval: str


VIEWS = {
    "the 48 hours": View(ATTACK + timedelta(hours=47, minutes=20), "hours=48", "hour"),
    "the last week": View(LATER, "hours=168", "hour"),
    "the week of the courts": View(LATER, "since=2024-03-25&until=2024-03-29", "hour"),
    "a fortnight by day": View(LATER, "since=2024-03-18&until=2024-03-31", "day"),
}


@dataclass(frozen=True)
class World:
    """Who looks."""

    kate: User
    sonya: User
    boris: User
    lola: User
    partner: User
    auditor: User

    def of(self, name: str) -> User:
        return getattr(self, name)


@pytest.fixture(scope="module")
def sent(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[int, int, int]]:
    """One replay for the whole module, played by two processes and so outside any transaction; what it has sent."""
    with django_db_blocker.unblock():
        mail.outbox.clear()
        call_command("replay_surge", "crocus-2024", calls=CALLS, processes=2, stdout=StringIO())
        yield Notice.objects.count(), Delivery.objects.count(), len(mail.outbox)
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def world(sent: tuple[int, int, int], django_db_blocker: Any) -> Iterator[World]:
    """Fifty calls on top, with what follows from them, in a transaction around those of the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        with at(ATTACK):
            world = World(
                kate=factories.coordinator("kate"),
                sonya=factories.coordinator("sonya", ("RU-SPE",)),
                boris=factories.user(Role.ADMINISTRATOR, "boris"),
                lola=factories.counsellor("lola"),
                partner=factories.user(Role.PARTNER, "partner"),
                auditor=factories.user(Role.AUDITOR, "auditor"),
            )
            counsellors = (world.lola, factories.counsellor("marat"), factories.counsellor("timur"))
        shift = Shift(world.kate, world.sonya, counsellors, world.partner, Random(2002))
        shift.work(50, ATTACK, LATER - timedelta(hours=3))
        yield world
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _as_many_requests_as_it_takes(settings: Any) -> None:
    settings.API_REQUESTS_A_MINUTE = 1_000_000


def api(client: Client, path: str, **query: Any) -> Any:
    asked = "&".join(f"{name}={quote(str(value))}" for name, value in query.items())
    answer = client.get(f"/api/v1/stats/{path}/?{asked}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def period_of(page: Page) -> dict[str, datetime]:
    """The ends of the period as the page says them."""
    since, until = (datetime.fromisoformat(moment) for moment in page.moments)
    return {"since": since, "until": until}


def shown_by_day_or_hour(page: Page, interval: str) -> dict[str, int]:
    """What the table over time shows, without the empty stretches; the bars above it show the same."""
    table = page.of(interval)
    assert page.chart == list(table.values())
    return {key: number for key, number in table.items() if number}


def test_the_replay_alone_sends_no_notice_no_delivery_and_no_mail(sent: tuple[int, int, int]) -> None:
    assert sent == (0, 0, 0)


@pytest.mark.parametrize("hours", range(5))
def test_48_hours_hold_more_than_2500_calls_most_about_raids_and_detentions(world: World, hours: int) -> None:
    """As late a window as the thin week allows; tests of the scenario show all of them with the whole week."""
    since = ATTACK + timedelta(hours=hours)
    ends = {"since": since, "until": since + PROMISED}
    told = counts.each(counts.DASHBOARD, world.kate, now=LATER, **ends)
    assert told["calls"] > 2500
    assert told["raids_and_detentions"] * 2 > told["calls"]


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
@pytest.mark.parametrize("who", ["kate", "sonya", "boris"])
def test_dashboard_endpoint_and_sql_agree(world: World, who: str, view: View) -> None:
    user = world.of(who)
    with at(view.now):
        client = signed_in(user)
        page = page_of(client, f"/dashboard/?{view.query}")
        ends = period_of(page)
        asked = {name: moment.isoformat() for name, moment in ends.items()}
        headline, tiles = api(client, "headline", **asked), page.of("tiles")
        assert tiles == counts.each(counts.DASHBOARD, user, now=view.now, **ends)
        assert tiles == {name: number for name, number in headline.items() if name not in asked}
        for group in (*GROUPS, view.interval):
            table = shown_by_day_or_hour(page, group) if group == view.interval else page.of(group)
            answer = api(client, "calls", by=group, **asked)
            assert table == dict(counts.rows(counts.GROUPS[group], user, **ends)), group
            assert table == {row["key"]: row["count"] for row in answer["rows"] if row["count"]}, group
            assert sum(table.values()) == answer["total"] == tiles["calls"], group


def test_the_page_opens_on_the_promised_48_hours(world: World) -> None:
    view = VIEWS["the 48 hours"]
    with at(view.now):
        page = page_of(signed_in(world.kate), "/dashboard/")
    assert period_of(page) == {"since": ATTACK, "until": ATTACK + PROMISED}
    assert page.of("tiles")["calls"] > 2600


@pytest.mark.parametrize("who", ["kate", "sonya", "boris"])
def test_published_figures_stand_beside_ours_and_never_inside(world: World, who: str) -> None:
    user, view = world.of(who), VIEWS["the week of the courts"]
    with at(view.now):
        client = signed_in(user)
        page = page_of(client, f"/dashboard/?{view.query}")
        ends = {name: moment.isoformat() for name, moment in period_of(page).items()}
        theirs = {row["id"]: row for row in api(client, "published-figures", **ends)}
        rulings = {
            row["key"]: row["count"] for row in api(client, "rulings", region="RU-SPE", **ends)["rows"]
        }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, value, region, period_from_on, period_until_on FROM cases_publishedfigure"
        )
        written = cursor.fetchall()
    court = {}
    for pk, kind, value, region, from_on, until_on in written:
        shown = page.of(str(pk))
        if str(pk) not in theirs:
            assert shown == {}
            continue
        days = {"region": region, "from_on": from_on, "until_on": until_on}
        own = counts.count(counts.OWN[kind], user, **days) if kind in counts.OWN else None
        assert shown == {"published": value, "own": own}, kind
        assert theirs[str(pk)]["value"] == value
        court |= {kind: (value, own)} if kind.startswith("court_") else {}
    assert [value for value, _own in sorted(court.values(), reverse=True)] == [584, 515, 418, 69, 49, 48]
    assert all(0 < own < value for value, own in court.values())
    assert court["court_received"][1] == sum(rulings.values())
    assert court["court_pending"][1] == rulings[""]


@pytest.mark.parametrize(("who", "view"), [("kate", "the 48 hours"), ("sonya", "a fortnight by day")])
def test_every_number_leads_to_exactly_its_rows(world: World, who: str, view: str) -> None:
    asked = VIEWS[view]
    with at(asked.now):
        client = signed_in(world.of(who))
        page = page_of(client, f"/dashboard/?{asked.query}")
        assert all(shown.url for (group, _name), shown in page.numbers.items() if group in ("tiles", *GROUPS))
        for (group, name), shown in page.numbers.items():
            rows = length if group == "tiles" else length_told
            if shown.url and group and (group != "hour" or name[11:13] in SOME_HOURS):
                assert rows(client, shown.url) == shown.number, (group, name)


def test_an_administrator_is_shown_numbers_and_led_nowhere(world: World) -> None:
    with at(LATER):
        client = signed_in(world.boris)
        assert list(page_of(client, "/dashboard/?hours=168").links()) == []
        home = page_of(client, "/")
    assert {role: number for role, number in home.of("role").items() if number} == dict(
        counts.rows(counts.STAFF, world.boris)
    )


@pytest.mark.parametrize("who", ["kate", "sonya", "lola"])
def test_every_number_of_a_start_page_is_counted_and_leads_to_its_rows(world: World, who: str) -> None:
    user = world.of(who)
    with at(LATER):
        client = signed_in(user)
        page = page_of(client, "/")
        names = page.of("tiles")
        assert names == counts.each({name: counts.HOME[name] for name in names}, user, now=LATER)
        assert len(names) == (6 if user.role == Role.COORDINATOR else 5)
        holders = counts.rows(counts.HOLDERS, user) if user.role == Role.COORDINATOR else []
        assert list(page.of("assignee").items()) == holders
        for shown in page.links():
            assert length(client, shown.url) == shown.number, shown.url
        unread = page.numbers.get(("", "unread"))
        assert (unread.number if unread else 0) == min(counts.count(counts.UNREAD, user), 99)


@pytest.mark.parametrize(
    ("who", "lists"),
    [
        ("kate", ["/cases/", "/follow-ups/", "/my-day/", "/incidents/", "/notices/", "/referrals/"]),
        ("sonya", ["/cases/", "/follow-ups/", "/my-day/", "/incidents/", "/notices/", "/referrals/"]),
        ("lola", ["/cases/", "/follow-ups/", "/my-day/", "/incidents/", "/notices/", "/referrals/"]),
        ("partner", ["/referrals/", "/notices/"]),
        ("auditor", ["/audit/"]),
    ],
)
def test_every_list_says_how_long_it_is(world: World, who: str, lists: list[str]) -> None:
    user = world.of(who)
    with at(LATER):
        client = signed_in(user)
        for url in lists:
            assert length(client, url) == counts.count(counts.LISTS[url], user), url
        if user.role in counts.CALLS:
            page = page_of(client, "/calls/")
            assert total_of(page) == counts.count(counts.CALLS[user.role], user)


def test_there_is_something_of_everything_to_count(world: World) -> None:
    """Or a number could agree by being nought."""
    with at(LATER):
        for user in (world.kate, world.sonya):
            page = page_of(signed_in(user), "/dashboard/?hours=168")
            assert all(number for number in page.of("tiles").values())
        assert all(page_of(signed_in(world.kate), "/").of("tiles").values())
    assert datetime.now(UTC) > LATER
