"""The live queue a new user finds."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.enums import CaseStatus, FollowUpStatus, Role, Urgency
from cases.management.scenario.queue_today import QUEUE
from cases.models import Call, Case, Delivery, FollowUp, Notice, Organisation, Referral, User
from tests import factories

pytestmark = pytest.mark.django_db


def seed() -> str:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


def accounts() -> tuple[User, User, Organisation]:
    partner = factories.partner("Demo partner organisation")
    counsellor = factories.counsellor("demo-counsellor")
    coordinator = factories.coordinator("demo-coordinator")
    factories.user(Role.PARTNER, "demo-partner", organisation=partner)
    return counsellor, coordinator, partner


def test_the_queue_is_filled_for_the_demo_accounts_and_nobody_is_told() -> None:
    counsellor, coordinator, partner = accounts()
    seed()
    assert Case.objects.visible_to(coordinator).open().count() == len(QUEUE)
    assert Case.objects.visible_to(counsellor).open().filter(assignee=counsellor).count() >= 8
    assert set(Referral.objects.values_list("to", flat=True)) == {partner.pk}
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_second_run_adds_nothing() -> None:
    accounts()
    seed()
    before = (Call.objects.count(), Case.objects.count(), FollowUp.objects.count())
    assert "0 calls added." in seed()
    assert (Call.objects.count(), Case.objects.count(), FollowUp.objects.count()) == before


def test_a_man_detained_this_minute_stands_on_top() -> None:
    _, coordinator, _ = accounts()
    seed()
    assert not Case.objects.open().filter(urgency=Urgency.U0).exists()
    assert not Case.objects.open().filter(urgency=Urgency.U1, status=CaseStatus.NEW).exists()
    fresh = factories.call().case
    assert Case.objects.visible_to(coordinator).open().in_queue_order().first() == fresh


def test_promises_are_overdue_for_today_and_for_tomorrow() -> None:
    counsellor, _, _ = accounts()
    seed()
    now = timezone.now()
    due = list(
        FollowUp.objects.filter(assigned_to=counsellor, status=FollowUpStatus.OPEN).values_list(
            "due_at", flat=True
        )
    )
    assert sum(moment < now for moment in due) >= 2
    assert sum(now < moment < now + timedelta(hours=5) for moment in due) >= 3
    assert sum(moment > now + timedelta(hours=19) for moment in due) >= 3


def test_without_demo_accounts_the_cast_holds_the_queue() -> None:
    seed()
    assert Case.objects.open().count() == len(QUEUE)
