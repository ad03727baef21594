"""Lists: a page at a time, the filters of the pages, and a number of queries that does not grow."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Call, Case, Place
from tests import factories
from tests.api.door import staff
from tests.api.machine import ids

pytestmark = pytest.mark.django_db


def all_pages(browser: Client, path: str) -> list[str]:
    found, following = [], f"/api/v1/{path}"
    while following:
        answer = browser.get(following)
        assert answer.status_code == 200
        found += ids(answer)
        following = answer.json()["next"]
    return found


def test_pages_hold_every_row_once_even_while_rows_are_added() -> None:
    lola = factories.counsellor()
    moment = timezone.now() - timedelta(days=1)
    expected = [factories.call(by=lola, started_at=moment).call for _number in range(5)]
    expected += [factories.call(by=lola, started_at=moment - timedelta(hours=n)).call for n in range(1, 6)]
    browser, seen = staff(lola), []
    following = "/api/v1/calls/?limit=3"
    while following:
        answer = browser.get(following).json()
        seen += [row["id"] for row in answer["results"]]
        following = answer["next"]
        factories.call(by=lola)
    in_order = sorted(expected, key=lambda call: (-call.started_at.timestamp(), call.pk))
    assert seen == [str(call.pk) for call in in_order]


@pytest.mark.parametrize("path", ["calls", "cases", "detentions", "follow-ups", "referrals", "places"])
def test_small_pages_and_one_large_page_hold_the_same(path: str) -> None:
    kate = factories.coordinator()
    for number in range(7):
        case = factories.call(by=kate).case
        factories.assign_case(case, to=kate, by=kate)
        factories.follow_up(case, by=kate)
        from cases.actions import refer_case

        refer_case(case, to=factories.partner(), by=kate)
        Place.objects.create(name=f"ОВД {number}", region="RU-MOW")
    browser = staff(kate)
    whole = ids(browser.get(f"/api/v1/{path}/?limit=200"))
    assert len(set(whole)) == len(whole) == 7
    assert all_pages(browser, f"{path}/?limit=2") == whole


def test_the_next_page_keeps_the_filters() -> None:
    lola = factories.counsellor()
    for topic in ("raid", "wages") * 3:
        factories.call(by=lola, topic=topic, open_case=False)
    found = all_pages(staff(lola), "calls/?topic=raid&limit=1")
    assert sorted(found) == sorted(
        str(pk) for pk in Call.objects.filter(topic="raid").values_list("pk", flat=True)
    )


def test_a_case_is_found_by_its_reference() -> None:
    lola = factories.counsellor()
    case, _other = factories.case(by=lola), factories.case(by=lola)
    assert ids(staff(lola).get(f"/api/v1/cases/?reference={case.reference}")) == [str(case.pk)]


def _fill(lola: Any, count: int) -> None:
    for _number in range(count):
        case = factories.call(by=lola).case
        factories.assign_case(case, to=lola, by=factories.User.objects.system())
        factories.follow_up(case, by=lola)
        from cases.actions import refer_case

        refer_case(case, to=factories.partner(), by=lola)


# Session, user, second factor and (once in 30 s) the renewal of the session, then the one query of the list.
@pytest.mark.parametrize(
    ("path", "count"),
    [("calls", 1), ("cases", 1), ("detentions", 1), ("follow-ups", 1), ("referrals", 1)],
)
def test_a_list_is_one_query_at_one_row_and_at_thirty(path: str, count: int) -> None:
    lola = factories.counsellor()
    browser = staff(lola)
    _fill(lola, 1)
    browser.get("/api/v1/calls/")
    table = {"follow-ups": "follow_up"}.get(path, path.rstrip("s"))
    for rows in (1, 30):
        with CaptureQueriesContext(connection) as queries:
            found = browser.get(f"/api/v1/{path}/").json()["results"]
        ours = [query["sql"] for query in queries if f'FROM "cases_{table.replace("_", "")}"' in query["sql"]]
        assert (len(found), len(ours)) == (rows, count)
        assert len(queries) == 3
        if rows == 1:
            _fill(lola, 29)


def test_a_record_that_did_not_change_is_304() -> None:
    lola = factories.counsellor()
    case, browser = factories.case(by=lola), staff(lola)
    path = f"/api/v1/cases/{case.pk}/"
    first = browser.get(path)
    tag = first["ETag"]
    again = browser.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert first["Cache-Control"] == "private, no-cache"
    soon = timezone.now() + timedelta(minutes=5)
    factories.follow_up(case, by=lola, due_at=soon)  # moves the due time without a step on the case itself
    assert browser.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_the_tag_of_a_record_guards_the_next_step() -> None:
    lola = factories.counsellor()
    case, browser = factories.case(by=lola), staff(lola)
    tag = browser.get(f"/api/v1/cases/{case.pk}/")["ETag"]

    def triage(urgency: str) -> Any:
        path, headers = f"/api/v1/cases/{case.pk}/triage/", {"If-Match": tag}
        return browser.post(path, {"urgency": urgency}, content_type="application/json", headers=headers)

    assert triage("U0").status_code == 200
    stale = triage("U3")
    assert (stale.status_code, stale.json()["version"], stale.json()["current"]) == (
        412,
        2,
        {"urgency": "U0"},
    )
    assert Case.objects.get().urgency == "U0"
