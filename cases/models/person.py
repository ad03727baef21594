"""People in trouble and those who call about them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import ContactSafety, Language, NameSource, Script, Vulnerability
from cases.models.base import (
    Record,
    RootRecord,
    Versioned,
    code_field,
    codes_field,
    only_code_lists,
    only_codes,
)
from cases.vault import DataKey, SealedTextField, phone_bucket

# Finer buckets would let a stolen database confirm a guessed number; the few candidates are opened and compared.
BUCKET_BITS = 12


class Person(RootRecord, Versioned):
    """One human being, in any role: detained, calling, or both."""

    noun = "person"

    nationality = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = codes_field(Language)
    vulnerabilities = codes_field(Vulnerability)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            *only_code_lists("person", languages=Language, vulnerabilities=Vulnerability),
            models.CheckConstraint(
                condition=Q(nationality="") | Q(nationality__regex=r"^[A-Z]{2}$"),
                name="person_nationality_is_iso",
            ),
            models.CheckConstraint(
                condition=Q(birth_year__isnull=True) | Q(birth_year__range=(1900, 2100)),
                name="person_birth_year_sane",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """The name as first given; empty where nobody said one. Reads the prefetched spellings."""
        spellings = list(self.names.all())
        return str(spellings[0].text) if spellings else ""

    @property
    def phone(self) -> "Phone | None":
        """The first number we have of them. Reads the prefetched phones."""
        numbers = list(self.phones.all())
        return numbers[0] if numbers else None


class PersonName(Record):
    """One spelling of a person's name, as somebody gave it."""

    noun = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    text = SealedTextField(pad=64, max_length=200)
    script = code_field(Script)
    source = code_field(NameSource)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("created_at", "id")
        constraints = only_codes("person_name", script=Script, source=NameSource)

    def sealing_key(self) -> DataKey:
        return self.person.data_key


class Phone(Record):
    """A number somebody may be reached at. The bucket finds it; the number itself is sealed."""

    noun = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phones")
    number = SealedTextField(pad=64, max_length=16)
    bucket = models.PositiveIntegerField()
    safety = code_field(ContactSafety, default=ContactSafety.MAY_CALL)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("created_at", "id")
        indexes = [models.Index(fields=["bucket"], name="phone_bucket")]
        constraints = only_codes("phone", safety=ContactSafety)

    def sealing_key(self) -> DataKey:
        return self.person.data_key


def bucket_of(number: str) -> int:
    """The bucket a number (E.164) falls into: few enough numbers share one that all of them can be opened."""
    return phone_bucket(number, BUCKET_BITS)


def script_of(text: str) -> str:
    """The script most letters of a text are written in."""
    counts: dict[str, int] = {}
    for letter in filter(str.isalpha, text):
        script = _script_of_letter(letter)
        counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else str(Script.OTHER)


def _script_of_letter(letter: str) -> Any:
    point = ord(letter)
    if 0x0400 <= point <= 0x052F:
        return Script.CYRILLIC
    if point < 0x0250 or 0x1E00 <= point <= 0x1EFF or 0x02B0 <= point <= 0x02FF:
        return Script.LATIN
    if 0x0600 <= point <= 0x06FF or 0x0750 <= point <= 0x077F:
        return Script.ARABIC
    return Script.OTHER
