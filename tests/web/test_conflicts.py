"""Two people at one record: nobody overwrites the other unseen, and nothing typed is lost."""

import re

import pytest
from django.urls import reverse

from cases.actions import assign_case, close_case, complete_follow_up, triage_case
from cases.models import Case, FollowUp
from tests import factories
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def lola():
    return factories.counsellor("lola")


@pytest.fixture
def kate():
    return factories.coordinator("kate")


@pytest.fixture
def case(lola):
    return factories.case(lola, assignee=lola)


def at(step, case):
    return reverse(f"web:{step}", args=[case.reference])


def test_a_stale_version_shows_both_values_and_either_can_win(case, lola, kate):
    triage_case(case, urgency="U3", by=lola)
    page = signed_in(kate)
    answer = page.post(at("triage", case), {"urgency": "U0", "version": case.version})
    shown = answer.content.decode()
    assert (answer.status_code, Case.objects.get().urgency) == (409, "U3")
    assert "lola changed this while your page was open." in shown
    assert ("<dd>Routine</dd>" in shown, "U0 Critical" in shown) == (True, True)
    assert f'href="/cases/{case.reference}/"' in shown
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))
    assert page.post(at("triage", case), again).status_code == 302
    assert Case.objects.get().urgency == "U0"


def test_a_conflict_keeps_the_text_that_was_typed(case, lola, kate):
    partner = factories.partner("Юристы")
    triage_case(case, urgency="U3", by=lola)
    typed = {"to": partner.pk, "note": "Очень длинная мысль", "version": case.version}
    answer = signed_in(kate).post(at("refer", case), typed)
    assert answer.status_code == 409
    assert answer.content.decode().count("Очень длинная мысль") == 2  # to read, and to send again


def test_a_step_that_is_not_possible_any_more_says_why(case, lola, kate):
    closed = close_case(case, reason="resolved", by=lola)
    answer = signed_in(kate).post(at("assign", case), {"to": lola.pk, "version": closed.version})
    assert answer.status_code == 409
    assert "The case is closed. Reopen it first." in answer.content.decode()


def test_a_promise_kept_by_somebody_else_is_said_so(case, lola):
    promise = factories.follow_up(case, lola)
    complete_follow_up(promise, outcome="reached", by=lola)
    answer = signed_in(lola).post(
        reverse("web:complete", args=[promise.pk]), {"outcome": "failed", "version": 1}
    )
    assert answer.status_code == 409
    assert "This has been done already." in answer.content.decode()
    assert FollowUp.objects.get().outcome == "reached"


def test_what_i_may_see_but_not_do_is_forbidden(case, lola):
    other = factories.counsellor()
    answer = signed_in(lola).post(at("assign", case), {"to": other.pk, "version": case.version})
    assert (answer.status_code, Case.objects.get().version) == (403, case.version)


def test_what_i_may_not_see_is_not_there(case):
    answer = signed_in(factories.counsellor("other")).post(
        at("close", case), {"reason": "lost", "version": 1}
    )
    assert answer.status_code == 404


def test_a_form_without_its_version_changes_nothing(case, lola):
    answer = signed_in(lola).post(at("close", case), {"reason": "lost"})
    assert (answer.status_code, Case.objects.get().status) == (422, "in_progress")


def test_planning_twice_plans_once(case, lola):
    page = signed_in(lola)
    shown = page.get(at("case", case)).content.decode()
    uuid = re.search(r'name="client_uuid" value="([^"]+)"', shown).group(1)
    typed = {"client_uuid": uuid, "kind": "call_back", "due": "hour"}
    assert [page.post(at("plan", case), typed).status_code for _ in range(2)] == [302, 302]
    assert FollowUp.objects.count() == 1


def test_a_refused_step_stays_open_on_the_page_with_its_text(case, lola):
    typed = {"kind": "call_back", "due": "exact", "due_at": "2020-01-01T10:00", "note": "Не забыть"}
    answer = signed_in(lola).post(at("plan", case), {**typed, "client_uuid": case.pk})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="more" open id="step-plan">' in shown
    assert ("Не забыть" in shown, "2020-01-01T10:00" in shown, "This lies in the past." in shown) == (
        True,
    ) * 3


@pytest.mark.parametrize(
    ("state", "lola_sees", "kate_sees"),
    [
        (
            "new",
            {"triage", "take", "plan", "detention", "close"},
            {"triage", "assign", "plan", "detention", "close"},
        ),
        (
            "in_progress",
            {"triage", "plan", "detention", "refer", "close"},
            {"triage", "assign", "plan", "detention", "refer", "close"},
        ),
        ("closed", {"reopen"}, {"reopen"}),
    ],
)
def test_only_steps_that_are_possible_and_allowed_are_offered(lola, kate, state, lola_sees, kate_sees):
    case = factories.case(lola)
    if state != "new":
        case = assign_case(case, to=lola, by=kate)
    if state == "closed":
        case = close_case(case, reason="resolved", by=kate)
    offered = [set(signed_in(who).get(at("case", case)).context["offers"]) for who in (lola, kate)]
    assert offered == [lola_sees, kate_sees]
