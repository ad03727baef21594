"""Each step of a case: what it changes, what it writes down, whom it tells, whom it refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.actions import assign_case, close_case, link_call, open_case, reopen_case, triage_case
from cases.enums import CaseStatus, FollowUpStatus, NoticeKind
from cases.errors import BadInput, NotAllowed, StaleVersion, WrongStatus
from cases.models import Case, FollowUp, Notice, TimelineEntry
from tests import factories

pytestmark = pytest.mark.django_db


def lines(case: Case) -> list[tuple[str, dict[str, Any]]]:
    return [
        (line.verb, line.data) for line in TimelineEntry.objects.filter(case=case).order_by("recorded_at")
    ]


def test_an_urgent_case_is_told_to_the_coordinators_of_its_region() -> None:
    moscow, everywhere = factories.coordinator(regions=("RU-MOW",)), factories.coordinator()
    factories.coordinator(regions=("RU-SPE",))
    factories.case(region="RU-MOW")
    factories.case(region="RU-MOW", topic="wages")
    assert {notice.to for notice in Notice.objects.filter(kind=NoticeKind.CASE_OPENED)} == {
        moscow,
        everywhere,
    }
    assert Notice.objects.count() == 2


def test_assigning_takes_the_case_up_and_tells_the_assignee() -> None:
    lola, kate = factories.counsellor("lola"), factories.coordinator("kate")
    case = factories.case()
    assert case.next_due_at == case.opened_at + timedelta(minutes=15)
    assigned = assign_case(case, to=lola, by=kate, version=1)
    assert (assigned.status, assigned.assignee, assigned.version) == (CaseStatus.IN_PROGRESS, lola, 2)
    assert assigned.next_due_at is None
    assert lines(case)[-1] == ("assign", {"to": str(lola.pk)})
    assert [notice.to for notice in Notice.objects.filter(kind=NoticeKind.CASE_ASSIGNED)] == [lola]
    assert list(Case.objects.visible_to(lola)) == [assigned]


def test_who_takes_a_case_themselves_is_not_told() -> None:
    kate = factories.coordinator()
    assign_case(factories.case(), to=kate, by=kate)
    assert not Notice.objects.filter(kind=NoticeKind.CASE_ASSIGNED).exists()


def test_a_case_goes_to_nobody_who_cannot_work_on_it() -> None:
    case, kate = factories.case(region="RU-MOW"), factories.coordinator()
    gone = factories.counsellor(is_active=False)
    for nobody in (gone, factories.user("auditor"), factories.coordinator(regions=("RU-SPE",))):
        with pytest.raises(BadInput) as refusal:
            assign_case(case, to=nobody, by=kate)
        assert list(refusal.value.errors) == ["to"]
    case.refresh_from_db()
    assert (case.assignee, case.version) == (None, 1)


def test_an_old_version_is_refused_with_the_values_as_they_are() -> None:
    kate, lola = factories.coordinator(), factories.counsellor()
    case = factories.case()
    assign_case(case, to=lola, by=kate, version=1)
    with pytest.raises(StaleVersion) as refusal:
        assign_case(case, to=factories.counsellor(), by=kate, version=1)
    assert (refusal.value.version, refusal.value.current) == (2, {"assignee": lola, "status": "in_progress"})
    assert Case.objects.get().assignee == lola


def test_triage_changes_the_urgency_and_when_somebody_must_act() -> None:
    case, kate = factories.case(topic="wages"), factories.coordinator()
    triaged = triage_case(case, urgency="U0", by=kate)
    assert (triaged.urgency, triaged.next_due_at) == ("U0", case.opened_at + timedelta(minutes=5))
    assert lines(case)[-1] == ("triage", {"former": "U3", "urgency": "U0"})


def test_closing_needs_a_reason_and_cancels_what_was_promised() -> None:
    kate = factories.coordinator()
    promise = factories.follow_up(by=kate)
    closed = close_case(promise.case, reason="released", by=kate)
    promise.refresh_from_db()
    assert (closed.status, closed.closing_reason, closed.closed_by) == (CaseStatus.CLOSED, "released", kate)
    assert (closed.next_due_at, promise.status) == (None, FollowUpStatus.CANCELLED)
    with pytest.raises(WrongStatus):
        close_case(closed, reason="won", by=kate)
    with pytest.raises(WrongStatus):
        triage_case(closed, urgency="U0", by=kate)
    with pytest.raises(WrongStatus):
        factories.follow_up(closed, by=kate)
    assert FollowUp.objects.count() == 1


def test_a_reopened_case_is_as_it_was_before() -> None:
    kate, lola = factories.coordinator(), factories.counsellor()
    closed = close_case(factories.case(assignee=lola), reason="won", by=kate)
    reopened = reopen_case(closed, by=kate)
    assert (reopened.status, reopened.closing_reason, reopened.closed_at) == (
        CaseStatus.IN_PROGRESS,
        "",
        None,
    )
    assert reopened.assignee == lola
    with pytest.raises(WrongStatus):
        reopen_case(reopened, by=kate)


def test_a_counsellor_takes_a_case_of_theirs_and_hands_out_none() -> None:
    lola, case = factories.counsellor(), factories.case()
    with pytest.raises(NotAllowed):
        assign_case(case, to=lola, by=lola)
    logged = factories.case(lola)
    with pytest.raises(NotAllowed):
        assign_case(logged, to=factories.counsellor(), by=lola)
    assert assign_case(logged, to=lola, by=lola).assignee == lola


@pytest.mark.parametrize("role", ["counsellor", "administrator", "auditor", "partner", "integration"])
def test_a_stranger_does_nothing_to_a_case(role: str) -> None:
    stranger, case = factories.user(role), factories.case()
    for step in (
        lambda: triage_case(case, urgency="U0", by=stranger),
        lambda: close_case(case, reason="won", by=stranger),
        lambda: reopen_case(case, by=stranger),
        lambda: factories.follow_up(case, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            step()
    case.refresh_from_db()
    assert case.version == 1


def test_a_call_put_to_the_wrong_case_moves_and_the_history_keeps_both() -> None:
    kate = factories.coordinator()
    taken = factories.call()
    right = factories.case()
    moved = link_call(taken.call, case=right, by=kate)
    assert taken.case is not None
    assert (moved.case, lines(right)[-1]) == (right, ("link", {"former": str(taken.case.pk)}))
    assert lines(taken.case)[-1] == ("unlink", {"to": str(right.pk)})


def test_history_told_afterwards_keeps_its_moment_and_tells_nobody() -> None:
    factories.coordinator()
    then = timezone.now() - timedelta(days=900)
    case = open_case(topic="detention", by=factories.counsellor(), at=then)
    assert (case.opened_at, TimelineEntry.objects.get().at, Notice.objects.count()) == (then, then, 0)


def test_a_case_opened_twice_under_one_uuid_is_one_case() -> None:
    import uuid

    key, lola = uuid.uuid4(), factories.counsellor()
    assert factories.case(lola, client_uuid=key) == factories.case(lola, client_uuid=key)
    assert Case.objects.count() == 1
