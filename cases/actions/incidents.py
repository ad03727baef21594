"""A raid or another event of many people is written down."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions._steps import check_moments, check_order, check_region, moment_of, once, require
from cases.enums import IncidentKind
from cases.errors import BadInput
from cases.models import Incident, Place, User
from cases.timeline import record


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
    incident = Incident(
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
        recorded_at=moment_of(at),
        client_uuid=client_uuid,
    )
    recorded, _is_new = once(Incident.objects.all(), client_uuid, lambda: _write(incident, places, by, at))
    return recorded


@transaction.atomic
def _write(incident: Incident, places: Iterable[Place], by: User, at: datetime | None) -> Incident:
    require(by, "record incident")
    check_region(incident.region, "")
    check_moments(incident.recorded_at, started_at=incident.started_at)
    check_order("ended_at", incident.started_at, incident.ended_at)
    least, most = incident.reported_min, incident.reported_max
    if least is not None and most is not None and most < least:
        raise BadInput({"reported_max": [_("The larger number is smaller.")]})
    incident.save(force_insert=True)
    incident.places.set(places)
    record(incident, "record", by, at=at, kind=incident.kind)
    return incident
