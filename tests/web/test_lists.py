"""Lists: the same rows as everywhere else, in an order that helps, at a cost that does not grow with the rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.actions import assign_case, close_case
from cases.models import AuditEntry, Case, FollowUp, Notice
from tests import factories
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lola():
    return factories.counsellor("lola")


@pytest.fixture
def kate():
    return factories.coordinator("kate")


def references(answer):
    return [case.reference for case in answer.context["page"]]


def test_the_queue_puts_first_what_cannot_wait(kate, lola):
    calm = factories.case(lola, urgency="U3")
    high = factories.case(lola, urgency="U1", assignee=lola)
    critical = factories.case(lola, urgency="U0")
    untouched = factories.case(lola, urgency="U1")
    expected = [critical.reference, untouched.reference, high.reference, calm.reference]
    assert references(signed_in(kate).get("/cases/")) == expected


def test_the_queue_holds_open_cases_unless_asked_for_others(kate, lola):
    closed = close_case(factories.case(lola), reason="resolved", by=lola)
    factories.case(lola)
    assert references(signed_in(kate).get("/cases/?status=closed")) == [closed.reference]
    assert len(references(signed_in(kate).get("/cases/?status="))) == 1


@pytest.mark.parametrize("page", ["/cases/", "/calls/"])
def test_a_filter_that_does_not_exist_shows_no_rows_and_says_so(kate, lola, page):
    factories.call(lola)
    answer = signed_in(kate).get(f"{page}?region=RU-XXX")
    assert (len(answer.context["page"]), "does not exist" in answer.content.decode()) == (0, True)


def test_every_number_of_the_start_page_is_the_number_of_rows_behind_it(kate, lola):
    for urgency, assignee in (("U0", None), ("U1", lola), ("U1", kate), ("U3", None)):
        factories.case(lola, urgency=urgency, assignee=assignee)
    Case.objects.filter(urgency="U1").update(next_due_at=timezone.now() - timedelta(hours=1))
    page = signed_in(kate)
    tiles = [tile for tile in page.get("/").context["tiles"] if "/cases/" in tile.url]
    assert [tile.figure for tile in tiles] == [2, 1, 2, 1]
    assert [page.get(tile.url).context["page"].paginator.count for tile in tiles] == [2, 1, 2, 1]


def test_the_bar_of_new_rows_counts_what_came_since(kate, lola):
    page = signed_in(kate)
    fresh = page.get("/cases/").context["fresh"]
    assert page.get(fresh).content.decode().strip() == ""
    factories.case(lola)
    assert "1 new case, show it" in page.get(fresh).content.decode()


def test_my_day_is_mine_in_order_of_time(lola, kate):
    case = factories.case(lola, assignee=lola)
    late = factories.follow_up(case, lola)
    FollowUp.objects.update(due_at=timezone.now() - timedelta(hours=1))
    later = factories.follow_up(case, lola, due_at=timezone.now() + timedelta(days=3))
    factories.follow_up(case, kate, assigned_to=kate)
    parts = signed_in(lola).get("/my-day/").context["parts"]
    assert [rows for _title, rows in parts] == [[late], [], [later]]


def test_a_promise_is_kept_with_one_press(lola):
    promise = factories.follow_up(factories.case(lola, assignee=lola), lola)
    address = reverse("web:complete", args=[promise.pk])
    answer = signed_in(lola).post(address, {"outcome": "no_answer", "version": 1, "back": "day"})
    assert (answer.headers["Location"], FollowUp.objects.get().outcome) == ("/my-day/", "no_answer")


def test_a_notice_opens_what_it_is_about_and_is_read(lola, kate):
    factories.call(lola)
    page = signed_in(kate)
    notice = Notice.objects.get(to=kate)
    answer = page.post(reverse("web:notice_open", args=[notice.pk]))
    assert answer.headers["Location"] == reverse("web:case", args=[notice.case.reference])
    assert Notice.objects.get(to=kate).read_at is not None


def test_nobody_reads_the_notices_of_others(lola, kate):
    factories.call(lola)
    notice = Notice.objects.get(to=kate)
    assert signed_in(lola).post(reverse("web:notice_open", args=[notice.pk])).status_code == 404
    signed_in(lola).post("/notices/read/")
    assert Notice.objects.get(to=kate).read_at is None


def test_the_bell_of_an_open_page_learns_what_is_new(lola, kate):
    page = signed_in(kate)
    assert page.get("/notices/unread/?seen=0").status_code == 204
    factories.call(lola)
    answer = page.get("/notices/unread/?seen=0")
    assert 'data-number="unread">1<' in answer.content.decode()
    assert "?seen=1" in answer.content.decode()


def test_the_queue_says_which_ready_made_filter_is_on(kate):
    page = signed_in(kate).get("/cases/?urgency=&assignee=me").content.decode()
    assert page.count('aria-current="true"') == 1
    assert '?assignee=me" aria-current="true"' in page


@pytest.mark.parametrize("typed", ["+992 000 11 22 33", "reference"])
def test_search_finds_within_reach_and_not_beyond(lola, typed):
    case = factories.call(lola).case
    text = case.reference.lower().replace("a", "а") if typed == "reference" else typed
    pages = [signed_in(who).post("/search/", {"text": text}) for who in (lola, factories.counsellor("other"))]
    assert [case.reference in page.content.decode() for page in pages] == [True, False]


def test_whoever_is_shown_a_name_is_written_down(lola, kate):
    case = factories.call(lola).case
    for page in ("/cases/", f"/cases/{case.reference}/", f"/people/{case.person.reference}/"):
        before = AuditEntry.objects.filter(by=kate, subject_id=case.person_id).count()
        signed_in(kate).get(page)
        assert AuditEntry.objects.filter(by=kate, subject_id=case.person_id).count() == before + 1


def test_an_auditor_reads_the_record_in_words(lola):
    signed_in(lola).get(reverse("web:person", args=[factories.call(lola).case.person.reference]))
    auditor = signed_in(factories.user("auditor", "audit"))
    page = auditor.get("/audit/", headers={"accept-language": "ru"}).content.decode()
    assert "Человек <span" in page
    assert "имена, номера телефонов" in page


def test_callers_and_notes_on_the_page_of_a_case_are_written_down(lola, kate):
    call = factories.call(lola, note="Ночью забрали", place_note="ОВД").call
    promise = factories.follow_up(call.case, lola, note="Спросить")
    signed_in(kate).get(f"/cases/{call.case.reference}/")
    read = set(AuditEntry.objects.filter(by=kate).values_list("subject_id", "fields"))
    assert read >= {
        (call.case.person_id, "names,phones"),
        (call.caller_id, "names,phones"),
        (call.pk, "note"),
        (promise.pk, "note"),
        (call.case.detentions.get().pk, "place_note"),
    }


@pytest.mark.parametrize("page", ["/", "/my-day/"])
def test_a_promise_on_a_case_that_went_to_others_names_nobody(lola, kate, page):
    case = factories.call(kate, about_name="Раҷабов Сино").case
    factories.follow_up(case, kate, assigned_to=lola)
    text = signed_in(lola).get(page).content.decode()
    assert "Раҷабов" not in text
    assert not AuditEntry.objects.filter(by=lola, subject_id=case.person_id).exists()
    assign_case(case, to=lola, by=kate)
    assert "Раҷабов" in signed_in(lola).get(page).content.decode()


def test_a_partner_answers_an_offer(lola):
    from cases.actions import refer_case

    partner = factories.user("partner", "partner")
    case = factories.case(lola, assignee=lola)
    referral = refer_case(case, to=partner.organisation, by=lola)
    page = signed_in(partner)
    assert page.post(reverse("web:decline", args=[referral.pk]), {"reason": ""}).status_code == 422
    declined = page.post(reverse("web:decline", args=[referral.pk]), {"reason": "capacity"}, follow=True)
    assert (declined.status_code, Case.objects.get().status) == (200, "in_progress")
    # What happens to the case from now on is no longer theirs to follow.
    assert page.get(reverse("web:referral", args=[referral.pk])).status_code == 404
    assert case.reference not in page.get("/referrals/").content.decode()


def queries(page, address):
    page.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert page.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    ("address", "count"), [("/", 9), ("/cases/", 8), ("/calls/", 9), ("/my-day/", 8), ("case", 30)]
)
def test_a_page_costs_the_same_with_one_row_and_with_thirty(lola, address, count):
    def add(number):
        for _each in range(number):
            case = factories.call(lola).case
            factories.follow_up(case, lola, note="Спросить")
            factories.call(lola, case=first, about_name="")
            factories.follow_up(first, lola, note="Спросить")

    first = factories.call(lola).case
    page = signed_in(lola)
    address = f"/cases/{first.reference}/" if address == "case" else address
    add(1)
    one = queries(page, address)
    add(29)
    assert (one, queries(page, address)) == (count, count)


def test_a_bar_says_what_the_rows_are_and_keeps_it(kate, lola):
    for topic in ("detention", "raid", "wages"):
        factories.call(lola, topic=topic)
    link = signed_in(kate).get("/dashboard/?hours=24").context["tiles"][1].url
    answer = signed_in(kate).get(link)
    page, bar = answer.content.decode(), answer.context["bar"]
    assert sorted(call.topic for call in answer.context["page"]) == ["detention", "raid"]
    assert '<option value="raid,detention" selected>' in page
    assert [name for name, _value, _words in bar.beyond] == ["started_after", "started_before"]
    assert all(f'name="{name}" value="{value}"' in page for name, value, _words in bar.beyond)
