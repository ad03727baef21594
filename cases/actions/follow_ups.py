"""A promise is made, moved, kept."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions._steps import CLOCK_ERROR, check_lengths, due_of, locked, moment_of, once, require
from cases.enums import FollowUpKind, FollowUpOutcome, Role
from cases.errors import BadInput, WrongStatus
from cases.lifecycle import FOLLOW_UP, status_after
from cases.models import Case, FollowUp, User
from cases.rules import may
from cases.timeline import record

FARTHEST = timedelta(days=3 * 366)


def plan_follow_up(
    case: Case,
    *,
    kind: str,
    due_at: datetime,
    by: User,
    assigned_to: User | None = None,
    note: str = "",
    client_uuid: UUID | None = None,
    at: datetime | None = None,
) -> FollowUp:
    """Promise something on a case, by its assignee if nobody else is named.

    A repeated `client_uuid` finds the first promise.
    """
    mine = FollowUp.objects.filter(planned_by=by)
    planned, _is_new = once(
        mine, client_uuid, lambda: _plan(case, kind, due_at, by, assigned_to, note, client_uuid, at)
    )
    return planned


@transaction.atomic
def _plan(
    case: Case,
    kind: str,
    due_at: datetime,
    by: User,
    assigned_to: User | None,
    note: str,
    client_uuid: UUID | None,
    at: datetime | None,
) -> FollowUp:
    case = locked(case)
    require(by, "plan follow_up", case)
    if not case.is_open:
        raise WrongStatus("plan_follow_up", case.status)
    now = moment_of(at)
    _check_due(due_at, now)
    check_lengths(note=(note, FollowUp.note))
    follow_up = FollowUp.objects.create(
        case=case,
        kind=FollowUpKind(kind),
        note=note or None,
        due_at=due_at,
        assigned_to=_promiser(case, assigned_to, by),
        planned_by=by,
        planned_at=now,
        client_uuid=client_uuid,
        announced_at=_announced_at(due_at, at),
    )
    _refresh_due(case)
    record(follow_up, "plan", by, at=at, case=case, kind=kind, due_at=due_at)
    return follow_up


def _promiser(case: Case, assigned_to: User | None, by: User) -> User:
    promiser = assigned_to or case.assignee or by
    if not (may(promiser, "hold case") or promiser.role == Role.SYSTEM):
        raise BadInput({"assigned_to": [_("This person cannot take a follow-up.")]})
    return promiser


def _check_due(due_at: datetime, now: datetime) -> None:
    if due_at < now - CLOCK_ERROR:
        raise BadInput({"due_at": [_("This lies in the past.")]})
    if due_at > now + FARTHEST:
        raise BadInput({"due_at": [_("This lies too far ahead.")]})


def _announced_at(due_at: datetime, at: datetime | None) -> datetime | None:
    """None, so that the clock announces it; a moment that history tells of was announced then, and stays silent."""
    return due_at if at is not None and due_at <= timezone.now() else None


def _refresh_due(case: Case) -> None:
    case.next_due_at = due_of(case)
    case.save(update_fields=["next_due_at"])


@transaction.atomic
def complete_follow_up(
    follow_up: FollowUp, *, outcome: str, by: User, version: int | None = None, at: datetime | None = None
) -> FollowUp:
    """Keep a promise, with what came of it."""
    case = locked(follow_up.case)
    follow_up = locked(follow_up)
    require(by, "complete follow_up", follow_up)
    follow_up.status = status_after("complete", follow_up.status, FOLLOW_UP)
    follow_up.expect(version, ["status", "due_at"])
    follow_up.outcome = FollowUpOutcome(outcome)
    follow_up.done_at, follow_up.done_by = moment_of(at), by
    follow_up.save_step("status", "outcome", "done_at", "done_by")
    _refresh_due(case)
    record(follow_up, "complete", by, at=at, case=case, outcome=outcome)
    return follow_up


@transaction.atomic
def postpone_follow_up(
    follow_up: FollowUp, *, due_at: datetime, by: User, version: int | None = None, at: datetime | None = None
) -> FollowUp:
    """Move a promise to another time; it will be announced again then."""
    case = locked(follow_up.case)
    follow_up = locked(follow_up)
    require(by, "postpone follow_up", follow_up)
    follow_up.status = status_after("postpone", follow_up.status, FOLLOW_UP)
    follow_up.expect(version, ["status", "due_at"])
    _check_due(due_at, moment_of(at))
    former, follow_up.due_at = follow_up.due_at, due_at
    follow_up.revision, follow_up.announced_at = follow_up.revision + 1, _announced_at(due_at, at)
    follow_up.save_step("status", "due_at", "revision", "announced_at")
    _refresh_due(case)
    record(follow_up, "postpone", by, at=at, case=case, former=former, due_at=due_at)
    return follow_up
