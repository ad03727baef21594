"""A case is opened."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from cases.actions._steps import check_lengths, check_region, due_of, moment_of, once, require
from cases.enums import Language, NoticeKind, Topic, Urgency
from cases.lifecycle import urgency_of
from cases.models import Case, Incident, Person, User
from cases.notices import coordinators_of
from cases.outbox import tell
from cases.regions import UNKNOWN
from cases.timeline import record

URGENT = frozenset({Urgency.U0, Urgency.U1})


def open_case(
    *,
    topic: str,
    by: User,
    urgency: str = "",
    region: str = UNKNOWN,
    country: str = "",
    language: str = Language.UNKNOWN,
    person: Person | None = None,
    incident: Incident | None = None,
    summary: str = "",
    client_uuid: UUID | None = None,
    at: datetime | None = None,
) -> Case:
    """Open the file about one person's trouble; a repeated `client_uuid` answers the first case."""
    case = Case(
        topic=Topic(topic),
        urgency=urgency or urgency_of(topic, set()),
        region=region,
        country=country,
        language=language,
        person=person,
        incident=incident,
        summary=summary or None,
        client_uuid=client_uuid,
        opened_by=by,
        opened_at=moment_of(at),
    )
    opened, _is_new = once(Case.objects.filter(opened_by=by), client_uuid, lambda: _write(case, by, at))
    return opened


@transaction.atomic
def _write(case: Case, by: User, at: datetime | None) -> Case:
    require(by, "open case")
    check_region(case.region, case.country)
    check_lengths(summary=(case.summary or "", Case.summary))
    case.next_due_at = due_of(case)
    case.save(force_insert=True)
    record(case, "open", by, at=at, topic=case.topic, urgency=case.urgency)
    if case.urgency in URGENT:
        tell(case, NoticeKind.CASE_OPENED, to=coordinators_of(case.region), by=by, at=at)
    return case
