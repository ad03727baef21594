"""A raid or another event of many people is written down."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions._steps import check_moments, check_order, check_region, moment_of, require
from cases.enums import IncidentKind
from cases.errors import BadInput
from cases.models import Incident, Place, User
from cases.timeline import record


@transaction.atomic
def record_incident(
    *,
    kind: str,
    region: str,
    started_at: datetime,
    by: User,
    name: str = "",
    ended_at: datetime | None = None,
    reported_min: int | None = None,
    reported_max: int | None = None,
    places: Iterable[Place] = (),
    source: str = "",
    note: str = "",
    client_uuid: UUID | None = None,
    at: datetime | None = None,
) -> Incident:
    """Write an event down, with the head count as reported; a repeated `client_uuid` finds the first."""
    if client_uuid is not None:
        first = Incident.objects.filter(client_uuid=client_uuid).first()
        if first is not None:
            return first
    require(by, "record incident")
    now = moment_of(at)
    check_region(region, "")
    check_moments(now, started_at=started_at)
    check_order("ended_at", started_at, ended_at)
    if reported_min is not None and reported_max is not None and reported_max < reported_min:
        raise BadInput({"reported_max": [_("The larger number is smaller.")]})
    incident = Incident.objects.create(
        kind=IncidentKind(kind),
        region=region,
        name=name,
        started_at=started_at,
        ended_at=ended_at,
        reported_min=reported_min,
        reported_max=reported_max,
        source=source,
        note=note or None,
        recorded_by=by,
        recorded_at=now,
        client_uuid=client_uuid,
    )
    incident.places.set(places)
    record(incident, "record", by, at=at, kind=kind)
    return incident
