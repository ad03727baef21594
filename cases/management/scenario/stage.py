"""The cast and the places of a scenario: its users, partner organisations, institutions and raids, made once."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from cases.actions import record_incident
from cases.enums import Role
from cases.management.scenario import facts_2024 as facts
from cases.management.scenario.places import PLACES
from cases.models import Incident, Organisation, Place, PublishedFigure, User
from cases.regions import EVERYWHERE

_NAMESPACE = UUID("5b7c0f52-6a39-4c55-9a52-1d0e6c1f2403")
_LANGUAGES = ["ru", "uz", "ky", "tg"]


def identifier(key: str) -> UUID:
    """The identifier of something in the scenario: the same in every run, so that a second run finds the first."""
    return uuid5(_NAMESPACE, key)


@dataclass(frozen=True)
class Stage:
    """Everybody and everything stories refer to by name."""

    users: dict[str, User]
    organisations: dict[str, Organisation]
    places: dict[str, Place]
    incidents: dict[str, Incident]


def set_stage() -> Stage:
    """Make what is missing and find the rest. Nobody of the cast has a password: no one can sign in as them."""
    system = User.objects.system()
    organisations = {name: _organisation(name) for name in facts.PARTNERS}
    users = {handle: _user(handle, Role.COUNSELLOR) for handle in facts.COUNSELLORS}
    users |= {handle: _user(handle, Role.COORDINATOR) for handle in facts.COORDINATORS}
    users |= {
        name: _user(f"crocus-partner-{number}", Role.PARTNER, organisation)
        for number, (name, organisation) in enumerate(organisations.items(), 1)
    }
    places = {place.key: _place(place.name, place.kind, place.region) for place in PLACES}
    incidents = {told.key: _incident(told, places, system) for told in facts.INCIDENTS}
    for figure in facts.FIGURES:
        _publish(figure)
    return Stage(users, organisations, places, incidents)


def _organisation(name: str) -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults={"regions": [EVERYWHERE]})[0]


def _user(handle: str, role: Role, organisation: Organisation | None = None) -> User:
    found = User.objects.filter(handle=handle).first()
    return found or User.objects.create_user(
        handle, role, regions=[EVERYWHERE], languages=_LANGUAGES, organisation=organisation
    )


def _place(name: str, kind: str, region: str) -> Place:
    return Place.objects.get_or_create(region=region, name=name, defaults={"kind": kind})[0]


def _incident(told: facts.IncidentTold, places: dict[str, Place], system: User) -> Incident:
    return record_incident(
        kind=told.kind,
        name=told.name,
        region=told.region,
        started_at=told.at,
        reported_min=told.people,
        reported_max=told.people,
        places=[places[key] for key in told.places],
        source=told.source,
        note=told.note,
        client_uuid=identifier(told.key),
        by=system,
        at=told.at,
    )


def _publish(figure: facts.Figure) -> None:
    PublishedFigure.objects.get_or_create(
        kind=figure.kind,
        region=figure.region,
        period_from_on=figure.period_from,
        period_until_on=figure.period_to,
        source=figure.source,
        defaults={"value": figure.value, "published_on": figure.published_on},
    )
