"""What the beats of every action share: lock, ask, write once, and the checks of what was typed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, models
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.enums import CaseStatus, FollowUpStatus
from cases.errors import BadInput, NotAllowed
from cases.lifecycle import FIRST_ACTION_WITHIN
from cases.models import Case, User
from cases.regions import ABROAD, CODES, COUNTRIES
from cases.rules import allows, may

CLOCK_ERROR = timedelta(minutes=5)
Row = TypeVar("Row", bound=models.Model)


def locked(record: Row) -> Row:
    """The row as it is now, held until the transaction ends."""
    return type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)


def require(by: User, verb: str, record: models.Model | None = None) -> None:
    """Refuse with NotAllowed what the rules do not grant; without a record, what no row could change."""
    if not (may(by, verb) if record is None else allows(by, verb, record)):
        raise NotAllowed(verb)


def once(
    rows: "models.QuerySet[Any]", client_uuid: UUID | None, write: Callable[[], Row]
) -> tuple[Row, bool]:
    """The row that `client_uuid` has made before, or the one `write` makes now; and whether it is new.

    What is sent twice, even at the same moment, finds its first: the unique constraint decides. `write` is atomic.
    """
    known = rows.none() if client_uuid is None else rows.filter(client_uuid=client_uuid)
    first = known.first()
    if first is None:
        try:
            return write(), True
        except IntegrityError:
            first = known.first()
            if first is None:
                raise
    return first, False


def check_lengths(**texts: tuple[str, Any]) -> None:
    """Refuse texts longer than their column takes: the database sees sealed bytes, and cannot."""
    too_long = {
        field: [_("At most %(limit)d characters.") % {"limit": column.field.max_length}]
        for field, (text, column) in texts.items()
        if len(text) > column.field.max_length
    }
    if too_long:
        raise BadInput(too_long)


def check_moments(now: datetime, **moments: datetime | None) -> None:
    """Refuse moments that lie ahead by more than a clock may err."""
    errors = {
        field: [_("This lies in the future.")]
        for field, moment in moments.items()
        if moment is not None and moment > now + CLOCK_ERROR
    }
    if errors:
        raise BadInput(errors)


def check_order(field: str, first: datetime | None, second: datetime | None) -> None:
    """Refuse an end before its start, at the field of the end."""
    if first is not None and second is not None and second < first:
        raise BadInput({field: [_("The end is before the start.")]})


def check_region(region: str, country: str) -> None:
    """Refuse codes that name no region, and a country that does not go with one."""
    if region not in CODES:
        raise BadInput({"region": [_("There is no such region.")]})
    if country and country not in COUNTRIES:
        raise BadInput({"country": [_("There is no such country.")]})
    if country and region != ABROAD:
        raise BadInput({"country": [_("A country goes with the region “abroad”.")]})


def due_of(case: Case) -> datetime | None:
    """When somebody must act next: the first action while nobody has touched it, or the nearest follow-up."""
    if not case.is_open:
        return None
    open_promises = case.follow_ups.filter(status=FollowUpStatus.OPEN)
    planned = None if case._state.adding else open_promises.aggregate(due=models.Min("due_at"))["due"]
    within = FIRST_ACTION_WITHIN[case.urgency] if case.status == CaseStatus.NEW else None
    return min((moment for moment in (planned, within and case.opened_at + within) if moment), default=None)


def moment_of(at: datetime | None) -> datetime:
    return at or timezone.now()
