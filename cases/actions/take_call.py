"""A call is taken: written down, with the case and the detention that follow from it."""

from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.db import transaction

from cases.actions.intake import Intake
from cases.actions.log_call import log_call
from cases.actions.open_case import open_case
from cases.actions.record_detention import record_detention
from cases.models import Call, Case, User


class TakenCall(NamedTuple):
    """The call, its case if it has one, and whether this very request wrote them."""

    call: Call
    case: Case | None
    is_new: bool


@transaction.atomic
def take_call(intake: Intake, *, by: User, at: datetime | None = None) -> TakenCall:
    """What both doors do with an intake, in one transaction: all of it is kept, or nothing."""
    call, is_new = log_call(intake, by=by, at=at, opening=partial(_open, intake, by, at))
    case = call.case
    known_held = intake.case is not None and intake.case.detentions.open().exists()
    if is_new and case is not None and intake.tells_detention and not known_held:
        _detain(intake, case, by, at)
    return TakenCall(call, case, is_new)


def _open(intake: Intake, by: User, at: datetime | None, call: Call) -> Case | None:
    if not intake.opens_case:
        return None
    return open_case(
        topic=intake.topic,
        urgency=call.urgency,
        region=intake.region,
        country=intake.country,
        language=intake.language,
        person=call.about,
        incident=intake.incident,
        by=by,
        at=at,
    )


def _detain(intake: Intake, case: Case, by: User, at: datetime | None) -> None:
    record_detention(
        case,
        by=by,
        at=at,
        place=intake.place,
        place_note=intake.place_note,
        restricted_from_at=intake.restricted_from_at,
        restricted_until_at=intake.restricted_until_at,
        restricted_certainty=intake.restricted_certainty,
        delivered_from_at=intake.delivered_from_at,
        delivered_until_at=intake.delivered_until_at,
        delivered_certainty=intake.delivered_certainty,
        agency=intake.agency,
        article=intake.article,
    )
