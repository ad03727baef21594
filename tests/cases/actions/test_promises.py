"""Follow-ups, detentions and referrals, step by step."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions import (
    accept_referral,
    assign_case,
    close_case,
    complete_follow_up,
    decline_referral,
    end_detention,
    postpone_follow_up,
    record_detention,
    record_incident,
    refer_case,
)
from cases.enums import CaseStatus, FollowUpStatus, NoticeKind, ReferralStatus
from cases.errors import BadInput, NotAllowed, StaleVersion, WrongStatus
from cases.models import Detention, FollowUp, Incident, Notice, Place, Referral
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_promise_is_the_assignees_and_sets_when_the_case_is_due() -> None:
    lola, kate = factories.counsellor(), factories.coordinator()
    case = factories.case(assignee=lola)
    promise = factories.follow_up(case, by=kate)
    case.refresh_from_db()
    assert (promise.assigned_to, promise.planned_by, case.next_due_at) == (lola, kate, promise.due_at)


def test_a_kept_promise_leaves_the_next_one_due() -> None:
    lola = factories.counsellor()
    case = factories.case(assignee=lola)
    later = factories.follow_up(case, due_at=timezone.now() + timedelta(hours=5))
    done = complete_follow_up(factories.follow_up(case), outcome="reached", by=lola)
    case.refresh_from_db()
    assert (done.status, done.outcome, done.done_by) == (FollowUpStatus.DONE, "reached", lola)
    assert case.next_due_at == later.due_at
    with pytest.raises(WrongStatus):
        complete_follow_up(done, outcome="reached", by=lola)
    with pytest.raises(WrongStatus):
        postpone_follow_up(done, due_at=timezone.now() + timedelta(hours=1), by=lola)


def test_a_moved_promise_will_be_announced_again() -> None:
    lola = factories.counsellor()
    promise = factories.follow_up(factories.case(assignee=lola))
    FollowUp.objects.update(announced_at=timezone.now())
    moved = postpone_follow_up(promise, due_at=promise.due_at + timedelta(days=1), by=lola, version=1)
    assert (moved.announced_at, moved.revision, moved.version) == (None, 2, 2)
    with pytest.raises(StaleVersion):
        postpone_follow_up(moved, due_at=promise.due_at, by=lola, version=1)


@pytest.mark.parametrize("ahead", [timedelta(minutes=-6), timedelta(days=1100)])
def test_a_promise_is_neither_for_the_past_nor_for_another_age(ahead: timedelta) -> None:
    with pytest.raises(BadInput) as refusal:
        factories.follow_up(due_at=timezone.now() + ahead)
    assert list(refusal.value.errors) == ["due_at"]


def test_a_promise_is_nobodys_who_cannot_keep_it() -> None:
    with pytest.raises(BadInput) as refusal:
        factories.follow_up(assigned_to=factories.user("auditor"))
    assert list(refusal.value.errors) == ["assigned_to"]


def test_a_promise_sent_twice_is_one() -> None:
    case, key = factories.case(), uuid.uuid4()
    assert factories.follow_up(case, client_uuid=key) == factories.follow_up(case, client_uuid=key)
    assert FollowUp.objects.count() == 1


def test_one_detention_is_open_at_a_time() -> None:
    kate, case = factories.coordinator(), factories.case()
    first = record_detention(case, by=kate)
    with pytest.raises(WrongStatus):
        record_detention(case, by=kate)
    ended = end_detention(first, outcome="released_protocol", by=kate)
    assert (ended.outcome, ended.ended_by) == ("released_protocol", kate)
    with pytest.raises(WrongStatus):
        end_detention(ended, outcome="fine", by=kate)
    record_detention(case, by=kate)
    assert Detention.objects.count() == 2


def test_a_detention_does_not_end_before_it_began() -> None:
    kate, began = factories.coordinator(), timezone.now() - timedelta(hours=2)
    detention = record_detention(factories.case(), by=kate, restricted_from_at=began)
    with pytest.raises(BadInput) as refusal:
        end_detention(detention, outcome="fine", by=kate, ended_at=began - timedelta(minutes=1))
    assert list(refusal.value.errors) == ["ended_at"]


def test_an_offered_case_is_seen_by_that_partner_alone() -> None:
    kate, office = factories.coordinator(), factories.partner()
    lawyer, other = factories.user("partner", organisation=office), factories.user("partner")
    case = factories.case(assignee=factories.counsellor())
    referral = refer_case(case, to=office, by=kate)
    assert [type(case).objects.visible_to(who).count() for who in (lawyer, other)] == [1, 0]
    assert (referral.case.status, referral.status) == (CaseStatus.REFERRED, ReferralStatus.OFFERED)
    assert [notice.to for notice in Notice.objects.filter(kind=NoticeKind.REFERRAL_OFFERED)] == [lawyer]
    with pytest.raises(NotAllowed):
        accept_referral(referral, by=other)
    with pytest.raises(WrongStatus):
        refer_case(case, to=factories.partner(), by=kate)


def test_an_accepted_case_stays_referred_and_the_one_who_offered_is_told() -> None:
    kate, office = factories.coordinator(), factories.partner()
    lawyer = factories.user("partner", organisation=office)
    referral = accept_referral(refer_case(factories.case(assignee=kate), to=office, by=kate), by=lawyer)
    assert (referral.status, referral.answered_by) == (ReferralStatus.ACCEPTED, lawyer)
    assert [notice.to for notice in Notice.objects.filter(kind=NoticeKind.REFERRAL_ACCEPTED)] == [kate]
    with pytest.raises(WrongStatus):
        decline_referral(referral, reason="capacity", by=lawyer)


def test_a_declined_case_is_ours_again_and_gone_from_the_partner() -> None:
    kate, office = factories.coordinator(), factories.partner()
    lawyer = factories.user("partner", organisation=office)
    case = factories.case(assignee=factories.counsellor())
    decline_referral(refer_case(case, to=office, by=kate), reason="conflict", by=lawyer)
    case.refresh_from_db()
    assert (case.status, Referral.objects.get().decline_reason) == (CaseStatus.IN_PROGRESS, "conflict")
    assert not type(case).objects.visible_to(lawyer).exists()
    assert not Referral.objects.visible_to(lawyer).exists()
    assert refer_case(case, to=office, by=kate).status == ReferralStatus.OFFERED


def test_an_offer_nobody_answered_ends_when_the_case_is_in_our_hands_again() -> None:
    kate, office = factories.coordinator(), factories.partner()
    case = factories.case(assignee=factories.counsellor())
    offer = refer_case(case, to=office, by=kate)
    assign_case(case, to=kate, by=kate)
    offer.refresh_from_db()
    assert offer.status == ReferralStatus.WITHDRAWN
    assert refer_case(case, to=office, by=kate).status == ReferralStatus.OFFERED


def test_an_offer_nobody_answered_ends_with_the_case() -> None:
    kate, office = factories.coordinator(), factories.partner()
    lawyer = factories.user("partner", organisation=office)
    case = factories.case(assignee=factories.counsellor())
    offer = refer_case(case, to=office, by=kate)
    close_case(case, reason="released", by=kate)
    assert not Referral.objects.visible_to(lawyer).exists()
    with pytest.raises(WrongStatus):
        accept_referral(offer, by=lawyer)


def test_a_case_is_not_offered_to_a_partner_that_has_taken_it_up() -> None:
    kate, office = factories.coordinator(), factories.partner()
    lawyer = factories.user("partner", organisation=office)
    case = factories.case(assignee=kate)
    accept_referral(refer_case(case, to=office, by=kate), by=lawyer)
    assign_case(case, to=kate, by=kate)
    with pytest.raises(WrongStatus):
        refer_case(case, to=office, by=kate)


def test_a_case_is_not_offered_to_an_organisation_that_takes_none() -> None:
    kate, office = factories.coordinator(), factories.partner()
    office.is_active = False
    office.save()
    with pytest.raises(BadInput) as refusal:
        refer_case(factories.case(assignee=kate), to=office, by=kate)
    assert list(refusal.value.errors) == ["to"]


def test_an_incident_keeps_its_head_count_as_reported() -> None:
    place = Place.objects.create(name="Рынок", kind="market", region="RU-AMU")
    told = {"kind": "arson", "region": "RU-AMU", "started_at": timezone.now(), "by": factories.coordinator()}
    key = uuid.uuid4()
    first = record_incident(**told, reported_min=80, reported_max=120, places=[place], client_uuid=key)
    assert record_incident(**told, client_uuid=key) == first
    assert (Incident.objects.get().reported_max, list(first.places.all())) == (120, [place])
    with pytest.raises(BadInput) as refusal:
        record_incident(**told, reported_min=120, reported_max=80)
    assert list(refusal.value.errors) == ["reported_max"]
