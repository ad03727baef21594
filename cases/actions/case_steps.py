"""A case is triaged, assigned, closed, opened again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions._steps import due_of, locked, moment_of, require
from cases.enums import ClosingReason, FollowUpStatus, NoticeKind, ReferralStatus, Urgency
from cases.errors import BadInput, WrongStatus
from cases.lifecycle import FOLLOW_UP, REFERRAL, status_after
from cases.models import Case, User
from cases.outbox import tell
from cases.rules import allows
from cases.timeline import record


@transaction.atomic
def triage_case(
    case: Case, *, urgency: str, by: User, version: int | None = None, at: datetime | None = None
) -> Case:
    """Say how urgent an open case is."""
    case = locked(case)
    require(by, "triage case", case)
    if not case.is_open:
        raise WrongStatus("triage", case.status)
    case.expect(version, ["urgency"])
    former, case.urgency = case.urgency, Urgency(urgency)
    case.next_due_at = due_of(case)
    case.save_step("urgency", "next_due_at")
    record(case, "triage", by, at=at, former=former, urgency=urgency)
    return case


@transaction.atomic
def assign_case(
    case: Case, *, to: User, by: User, version: int | None = None, at: datetime | None = None
) -> Case:
    """Put a case into one person's hands; they are told. Who sees a case may take it, a coordinator hands it out."""
    case = locked(case)
    require(by, "take case" if to == by else "assign case", case)
    case.expect(version, ["assignee", "status"])
    if not allows(to, "hold case", case):
        raise BadInput({"to": [_("This person cannot take the case.")]})
    former = case.assignee_id
    case.status = status_after("assign", case.status)
    withdrawn = _withdraw_offers(case)
    case.assignee = to
    case.next_due_at = due_of(case)
    case.save_step("status", "assignee", "next_due_at")
    record(case, "assign", by, at=at, to=to.pk, former=former, withdrawn=withdrawn or None)
    tell(case, NoticeKind.CASE_ASSIGNED, to=to, by=by, key=str(case.version), at=at)
    return case


@transaction.atomic
def close_case(
    case: Case, *, reason: str, by: User, version: int | None = None, at: datetime | None = None
) -> Case:
    """Close a case with its reason; what was still promised is cancelled."""
    case = locked(case)
    require(by, "close case", case)
    case.expect(version, ["status", "closing_reason"])
    case.status = status_after("close", case.status)
    case.closing_reason = ClosingReason(reason)
    case.closed_at, case.closed_by, case.next_due_at = moment_of(at), by, None
    case.save_step("status", "closing_reason", "closed_at", "closed_by", "next_due_at")
    cancelled, withdrawn = _cancel_promises(case), _withdraw_offers(case)
    record(case, "close", by, at=at, reason=reason, cancelled=cancelled, withdrawn=withdrawn or None)
    return case


def _cancel_promises(case: Case) -> list[str]:
    promises = list(case.follow_ups.select_for_update().filter(status=FollowUpStatus.OPEN))
    for promise in promises:
        promise.status = status_after("cancel", promise.status, FOLLOW_UP)
        promise.save_step("status")
    return [str(promise.pk) for promise in promises]


def _withdraw_offers(case: Case) -> list[str]:
    """A partner that has not answered loses sight of a case that is in our hands again, or closed."""
    offers = list(case.referrals.select_for_update().filter(status=ReferralStatus.OFFERED))
    for offer in offers:
        offer.status = status_after("withdraw", offer.status, REFERRAL)
        offer.save_step("status")
    return [str(offer.pk) for offer in offers]


@transaction.atomic
def reopen_case(case: Case, *, by: User, version: int | None = None, at: datetime | None = None) -> Case:
    """Open a closed case again; it stays in the hands it was in."""
    case = locked(case)
    require(by, "reopen case", case)
    case.expect(version, ["status"])
    case.status = status_after("reopen", case.status)
    former = case.closing_reason
    case.closing_reason, case.closed_at, case.closed_by = "", None, None
    case.next_due_at = due_of(case)
    case.save_step("status", "closing_reason", "closed_at", "closed_by", "next_due_at")
    record(case, "reopen", by, at=at, former=former)
    return case
