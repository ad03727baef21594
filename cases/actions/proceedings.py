"""A matter comes before a court, and is ruled upon."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions._steps import check_moments, check_order, locked, moment_of, require
from cases.enums import Article, ProceedingKind
from cases.errors import BadInput
from cases.models import Case, Place, Proceeding, User
from cases.timeline import record


@transaction.atomic
def record_proceeding(
    case: Case,
    *,
    kind: str,
    received_at: datetime,
    by: User,
    court: Place | None = None,
    article: str = Article.UNKNOWN,
    ruling: str = "",
    ruled_at: datetime | None = None,
    at: datetime | None = None,
) -> Proceeding:
    """Write down a matter before a court, with its ruling where there is one."""
    case = locked(case)
    require(by, "record proceeding", case)
    now = moment_of(at)
    check_moments(now, received_at=received_at, ruled_at=ruled_at)
    check_order("ruled_at", received_at, ruled_at)
    if bool(ruling) != (ruled_at is not None):
        raise BadInput({"ruled_at": [_("A ruling and its date go together.")]})
    proceeding = Proceeding.objects.create(
        case=case,
        kind=ProceedingKind(kind),
        court=court,
        article=article,
        received_at=received_at,
        ruling=ruling,
        ruled_at=ruled_at,
        recorded_by=by,
        recorded_at=now,
    )
    record(proceeding, "record", by, at=at, case=case, kind=kind, ruling=ruling or None)
    return proceeding
