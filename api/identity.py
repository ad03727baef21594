"""Opening what is sealed for one answer, and writing down what was shown to whom."""

from typing import Any
from uuid import UUID

from django.db import models

from cases.audit import note_read
from cases.models import Person, User


class Reading:
    """What one answer shows of people. `note` writes it down, in the same transaction, once it is really shown."""

    def __init__(self, by: User) -> None:
        self.by = by
        self.opened: list[tuple[models.Model, list[str]]] = []

    def text(self, record: models.Model, field: str) -> str:
        """One sealed text of a record."""
        value = getattr(record, field)
        if value:
            self.opened.append((record, [field]))
        return value or ""

    def person(self, person: Person | None) -> dict[str, Any] | None:
        """One person with names and numbers."""
        if person is None:
            return None
        self.opened.append((person, ["names", "phones"]))
        return {
            "id": person.pk,
            "reference": person.reference,
            "names": [name.text for name in person.names.all()],
            "phones": [{"number": phone.number, "safety": phone.safety} for phone in person.phones.all()],
            "nationality": person.nationality,
            "birth_year": person.birth_year,
            "languages": person.languages,
            "vulnerabilities": person.vulnerabilities,
        }

    def note(self, request_id: UUID | None) -> None:
        """Write the readings down: one that cannot be written fails the answer."""
        for record, fields in self.opened:
            note_read(self.by, record, fields, request_id=request_id)
