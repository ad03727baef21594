"""Making people known, a part of taking calls."""

from django.db import transaction

from cases.enums import ContactSafety, NameSource
from cases.models import Person, PersonName, Phone, bucket_of, script_of


@transaction.atomic
def add_person(
    *,
    name: str = "",
    number: str = "",
    safety: str = ContactSafety.MAY_CALL,
    source: str = NameSource.CALLER,
    nationality: str = "",
    birth_year: int | None = None,
    languages: tuple[str, ...] = (),
    vulnerabilities: tuple[str, ...] = (),
) -> Person:
    """A person as somebody described them; `number` is E.164."""
    person = Person.objects.create(
        nationality=nationality,
        birth_year=birth_year,
        languages=list(languages),
        vulnerabilities=list(vulnerabilities),
    )
    if name:
        PersonName.objects.create(person=person, text=name, script=script_of(name), source=source)
    if number:
        Phone.objects.create(person=person, number=number, bucket=bucket_of(number), safety=safety)
    return person
