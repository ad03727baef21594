"""A call is taken: written down, with the case and the detention that follow from it."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cases.actions._steps import require
from cases.actions.intake import Intake
from cases.actions.link_call import link_call
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
    if intake.case is not None:
        require(by, "see case", intake.case)
    call, is_new = log_call(intake, by=by, at=at)
    if not is_new:
        return TakenCall(call, call.case, False)
    case = intake.case or (_open(intake, call, by, at) if intake.opens_case else None)
    if case is not None:
        call = link_call(call, case=case, by=by, at=at)
        if intake.tells_detention and not case.detentions.filter(ended_at__isnull=True).exists():
            _detain(intake, case, by, at)
    return TakenCall(call, case, True)


def _open(intake: Intake, call: Call, by: User, at: datetime | None) -> Case:
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
