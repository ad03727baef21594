"""A call is put to a case."""

from datetime import datetime

from django.db import transaction

from cases.actions._steps import locked, require
from cases.models import Call, Case, User
from cases.timeline import record


@transaction.atomic
def link_call(
    call: Call,
    *,
    case: Case,
    by: User,
    outcome: str = "",
    version: int | None = None,
    at: datetime | None = None,
) -> Call:
    """Put a call to the case it is about; a call that was put elsewhere by mistake moves."""
    call = locked(call)
    require(by, "link call", call)
    require(by, "see case", case)
    call.expect(version, ["case"])
    former = call.case
    call.case = case
    call.about = call.about or case.person
    call.outcome = outcome or call.outcome
    call.save_step("case", "about", "outcome")
    record(call, "link", by, at=at, case=case, former=former and former.pk)
    if former is not None and former != case:
        record(call, "unlink", by, at=at, case=former, to=case.pk)
    return call
