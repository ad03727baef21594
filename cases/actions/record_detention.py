"""A person is held, and is held no more."""

from datetime import datetime

from django.db import transaction

from cases.actions._steps import check_lengths, check_moments, check_order, locked, moment_of, require
from cases.enums import Agency, Article, Certainty, DetentionOutcome
from cases.errors import WrongStatus
from cases.models import Case, Detention, Place, User
from cases.timeline import record


@transaction.atomic
def record_detention(
    case: Case,
    *,
    by: User,
    place: Place | None = None,
    place_note: str = "",
    restricted_from_at: datetime | None = None,
    restricted_until_at: datetime | None = None,
    restricted_certainty: str = Certainty.UNKNOWN,
    delivered_from_at: datetime | None = None,
    delivered_until_at: datetime | None = None,
    delivered_certainty: str = Certainty.UNKNOWN,
    agency: str = Agency.UNKNOWN,
    article: str = Article.UNKNOWN,
    at: datetime | None = None,
) -> Detention:
    """Write down that the person of a case is held. One detention is open at a time: the next needs an end of this."""
    case = locked(case)
    require(by, "record detention", case)
    now = moment_of(at)
    check_moments(now, restricted_from_at=restricted_from_at, delivered_from_at=delivered_from_at)
    check_order("restricted_until_at", restricted_from_at, restricted_until_at)
    check_order("delivered_until_at", delivered_from_at, delivered_until_at)
    check_lengths(place_note=(place_note, Detention.place_note))
    if case.detentions.open().exists():
        raise WrongStatus("record_detention", "held")
    detention = Detention.objects.create(
        case=case,
        person=case.person,
        place=place,
        place_note=place_note or None,
        restricted_from_at=restricted_from_at,
        restricted_until_at=restricted_until_at,
        restricted_certainty=restricted_certainty,
        delivered_from_at=delivered_from_at,
        delivered_until_at=delivered_until_at,
        delivered_certainty=delivered_certainty,
        agency=agency,
        article=article,
        recorded_by=by,
        recorded_at=now,
    )
    record(
        detention, "record", by, at=at, case=case, place=place and place.pk, certainty=restricted_certainty
    )
    return detention


@transaction.atomic
def end_detention(
    detention: Detention,
    *,
    outcome: str,
    by: User,
    ended_at: datetime | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Detention:
    """Write down how a detention ended, and when (now, where nobody says otherwise)."""
    detention = locked(detention)
    require(by, "end detention", detention)
    if detention.ended_at is not None:
        raise WrongStatus("end_detention", "ended")
    detention.expect(version, ["outcome", "ended_at"])
    now = moment_of(at)
    check_moments(now, ended_at=ended_at)
    check_order("ended_at", detention.restricted_from_at, ended_at or now)
    detention.outcome = DetentionOutcome(outcome)
    detention.ended_at, detention.ended_by = ended_at or now, by
    detention.save_step("outcome", "ended_at", "ended_by")
    record(detention, "end", by, at=at, case=detention.case, outcome=outcome)
    return detention
