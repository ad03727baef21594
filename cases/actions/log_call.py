"""A call is written down."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cases.actions._steps import (
    check_lengths,
    check_moments,
    check_order,
    check_region,
    moment_of,
    once,
    require,
)
from cases.actions.intake import Intake
from cases.actions.persons import add_person
from cases.enums import Language, Relation
from cases.errors import KeyReused
from cases.models import Call, Case, Detention, Person, PersonName, User
from cases.phones import clean_phone
from cases.timeline import record


class LoggedCall(NamedTuple):
    """The call, and whether this very request wrote it (a repeated one finds the first)."""

    call: Call
    is_new: bool


def log_call(
    intake: Intake,
    *,
    by: User,
    at: datetime | None = None,
    opening: Callable[[Call], Case | None] | None = None,
) -> LoggedCall:
    """Write a call down, once per `client_uuid` however often it is sent, even at the same moment.

    It belongs to the case the intake names, or to the one `opening` opens for the call about to be written.
    Raises BadInput by field, NotAllowed, and KeyReused when the UUID came before with another content.
    """
    mine = Call.objects.filter(counsellor=by)
    call, is_new = once(mine, intake.client_uuid, lambda: _write(intake, by, at, opening))
    if not is_new and bytes(call.fingerprint) != intake.fingerprint():
        raise KeyReused(str(intake.client_uuid))
    return LoggedCall(call, is_new)


@transaction.atomic
def _write(
    intake: Intake, by: User, at: datetime | None, opening: Callable[[Call], Case | None] | None
) -> Call:
    require(by, "log call")
    if intake.case is not None:
        require(by, "see case", intake.case)
    now = moment_of(at)
    number = _checked(intake, now)
    call = Call(
        client_uuid=intake.client_uuid,
        fingerprint=intake.fingerprint(),
        direction=intake.direction,
        channel=intake.channel,
        started_at=intake.started_at or now,
        duration=intake.duration,
        counsellor=by,
        relation=intake.relation,
        incident=intake.incident,
        language=intake.language,
        topic=intake.topic,
        region=intake.region,
        country=intake.country,
        urgency=intake.heard_urgency,
        flags=sorted(intake.flags),
        contact_safety=intake.contact_safety,
        note=intake.note or None,
        outcome=intake.settled_outcome,
        logged_at=now,
    )
    call.caller = _caller(intake, number)
    call.about = call.caller if intake.relation == Relation.SELF else _about(intake)
    call.case = intake.case or (opening(call) if opening else None)
    call.save(force_insert=True)
    record(call, "log", by, at=at, case=call.case, topic=call.topic, urgency=call.urgency)
    return call


def _checked(intake: Intake, now: datetime) -> str:
    """The caller's number in E.164, after everything typed has been looked at."""
    check_region(intake.region, intake.country)
    check_moments(
        now,
        started_at=intake.started_at,
        restricted_from_at=intake.restricted_from_at,
        delivered_from_at=intake.delivered_from_at,
    )
    check_order("restricted_until_at", intake.restricted_from_at, intake.restricted_until_at)
    check_order("delivered_until_at", intake.delivered_from_at, intake.delivered_until_at)
    check_lengths(
        note=(intake.note, Call.note),
        caller_name=(intake.caller_name, PersonName.text),
        about_name=(intake.about_name, PersonName.text),
        place_note=(intake.place_note, Detention.place_note),
    )
    return clean_phone(intake.caller_phone, "caller_phone")


def _caller(intake: Intake, number: str) -> Person | None:
    if intake.caller is not None or not (intake.caller_name or number):
        return intake.caller
    himself = intake.relation == Relation.SELF
    return add_person(
        name=intake.caller_name or (intake.about_name if himself else ""),
        number=number,
        safety=intake.contact_safety,
        languages=(intake.language,) if intake.language not in (Language.UNKNOWN, Language.OTHER) else (),
        nationality=intake.nationality if himself else "",
        birth_year=intake.birth_year if himself else None,
        vulnerabilities=intake.vulnerabilities if himself else (),
    )


def _about(intake: Intake) -> Person | None:
    if intake.case is not None and intake.about is None:
        return intake.case.person
    if intake.about is not None or not (intake.about_name or intake.nationality or intake.birth_year):
        return intake.about
    return add_person(
        name=intake.about_name,
        nationality=intake.nationality,
        birth_year=intake.birth_year,
        vulnerabilities=intake.vulnerabilities,
    )
