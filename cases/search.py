"""Finding one record from what somebody reads out: a reference, or a complete phone number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from cases.errors import BadInput
from cases.models import Call, Case, Incident, Person, Phone, User, bucket_of
from cases.phones import clean_phone
from cases.reference import clean_reference

MOST = 50


@dataclass(frozen=True)
class Found:
    """What a search came upon, everything within the reach of who asked."""

    cases: list[Case] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.cases or self.calls or self.people or self.incidents)


def find(user: User, text: str) -> Found:
    """Records by reference (in either alphabet), else people by complete number with their cases and calls."""
    reference = clean_reference(text)
    if reference is not None:
        return _by_reference(user, reference)
    try:
        number = clean_phone(text)
    except BadInput:
        return Found()
    return _by_number(user, number) if number else Found()


def people_with_number(user: User, number: str) -> list[Person]:
    """The people a complete number (E.164) belongs to; a number may be many people's."""
    candidates = Phone.objects.filter(bucket=bucket_of(number), person__in=Person.objects.visible_to(user))
    opened = candidates.select_related("person__data_key").prefetch_related("person__names")
    return list({phone.person_id: phone.person for phone in opened if phone.number == number}.values())[:MOST]


def cases_of(user: User, people: Iterable[Person]) -> Any:
    """The cases that people are in or called about, the latest first."""
    calls = Call.objects.visible_to(user).filter(caller__in=people, case__isnull=False)
    # The ids first: an OR with a sub-query would read every case there is.
    called_about = set(calls.order_by().values_list("case", flat=True))
    known = Case.objects.visible_to(user).filter(Q(person__in=people) | Q(pk__in=called_about))
    return known.with_people().order_by("-opened_at", "id")


def _by_reference(user: User, reference: str) -> Found:
    people = Person.objects.visible_to(user).select_related("data_key").prefetch_related("names", "phones")
    return Found(
        cases=list(Case.objects.visible_to(user).with_people().filter(reference=reference)),
        calls=list(Call.objects.visible_to(user).filter(reference=reference)),
        people=list(people.filter(reference=reference)),
        incidents=list(Incident.objects.visible_to(user).filter(reference=reference)),
    )


def _by_number(user: User, number: str) -> Found:
    people = people_with_number(user, number)
    calls = Call.objects.visible_to(user).filter(caller__in=people)
    return Found(cases=list(cases_of(user, people)[:MOST]), calls=list(calls[:MOST]), people=people)
