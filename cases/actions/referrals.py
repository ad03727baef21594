"""A partner organisation is asked to take up a case, and answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions._steps import check_lengths, due_of, locked, moment_of, require
from cases.enums import CaseStatus, DeclineReason, NoticeKind, ReferralStatus
from cases.errors import BadInput, WrongStatus
from cases.lifecycle import REFERRAL, status_after
from cases.models import Case, Organisation, Referral, User
from cases.outbox import tell
from cases.timeline import record


@transaction.atomic
def refer_case(
    case: Case,
    *,
    to: Organisation,
    by: User,
    note: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> Referral:
    """Ask a partner organisation to take up a case. It sees no identity and no note."""
    case = locked(case)
    require(by, "refer case", case)
    case.expect(version, ["status"])
    if not (to.is_partner and to.is_active):
        raise BadInput({"to": [_("This organisation takes no cases.")]})
    check_lengths(note=(note, Referral.note))
    if case.referrals.filter(to=to, status__in=[ReferralStatus.OFFERED, ReferralStatus.ACCEPTED]).exists():
        raise WrongStatus("refer", CaseStatus.REFERRED)
    case.status = status_after("refer", case.status)
    case.save_step("status")
    referral = Referral.objects.create(
        case=case, to=to, note=note or None, offered_by=by, offered_at=moment_of(at)
    )
    record(referral, "refer", by, at=at, case=case, to=to.pk)
    tell(referral, NoticeKind.REFERRAL_OFFERED, to=to, by=by, at=at)
    return referral


@transaction.atomic
def accept_referral(
    referral: Referral, *, by: User, version: int | None = None, at: datetime | None = None
) -> Referral:
    """The partner takes the case up; whoever offered it is told."""
    case = locked(referral.case)
    referral = locked(referral)
    require(by, "accept referral", referral)
    referral.expect(version, ["status"])
    referral.status = status_after("accept", referral.status, REFERRAL)
    _answer(referral, by, at)
    record(referral, "accept", by, at=at, case=case)
    tell(referral, NoticeKind.REFERRAL_ACCEPTED, to=referral.offered_by, by=by, at=at)
    return referral


@transaction.atomic
def decline_referral(
    referral: Referral, *, reason: str, by: User, version: int | None = None, at: datetime | None = None
) -> Referral:
    """The partner cannot take it; the case is ours again."""
    case = locked(referral.case)
    referral = locked(referral)
    require(by, "decline referral", referral)
    referral.expect(version, ["status"])
    referral.status = status_after("decline", referral.status, REFERRAL)
    referral.decline_reason = DeclineReason(reason)
    _answer(referral, by, at)
    if case.status == CaseStatus.REFERRED:
        case.status = status_after("decline_referral", case.status)
        case.next_due_at = due_of(case)
        case.save_step("status", "next_due_at")
    record(referral, "decline", by, at=at, case=case, reason=reason)
    tell(referral, NoticeKind.REFERRAL_DECLINED, to=referral.offered_by, by=by, at=at)
    return referral


def _answer(referral: Referral, by: User, at: datetime | None) -> None:
    referral.answered_at, referral.answered_by = moment_of(at), by
    referral.save_step("status", "decline_reason", "answered_at", "answered_by")
