"""Who is told, and in which words. Words that leave the house name no person, no case and no kind of trouble."""

from collections.abc import Iterable

from cases.enums import Role
from cases.models import Organisation, User
from cases.regions import ABROAD, EVERYWHERE, UNKNOWN


def people_of(to: User | Organisation) -> Iterable[User]:
    """The people a telling reaches: the user, or those who work at the organisation."""
    if isinstance(to, User):
        return [to] if to.is_active else []
    return User.objects.filter(organisation=to, role=Role.PARTNER, is_active=True)


def coordinators_of(region: str) -> Iterable[User]:
    """The coordinators in whose queue a case of this region stands."""
    coordinators = User.objects.filter(role=Role.COORDINATOR, is_active=True)
    if region in (UNKNOWN, ABROAD):
        return coordinators
    return coordinators.filter(regions__overlap=[region, EVERYWHERE])
