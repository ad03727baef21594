"""What an import did: every row is taken, was there already, or is refused with its number and a reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS = {
    "bad_birth_year": gettext_lazy("the year of birth is no year"),
    "bad_date": gettext_lazy("the date cannot be read"),
    "bad_duration": gettext_lazy("the duration cannot be read"),
    "bad_number": gettext_lazy("the head count is no number"),
    "bad_phone": gettext_lazy("the phone number is none"),
    "bad_time": gettext_lazy("the time cannot be read"),
    "future": gettext_lazy("the date lies in the future"),
    "empty_row": gettext_lazy("the row is empty"),
    "no_date": gettext_lazy("there is no date"),
    "not_accepted": gettext_lazy("a value is not accepted"),
    "repeated_id": gettext_lazy("the number of this row stands on an earlier row"),
    "repeated_row": gettext_lazy("the row repeats an earlier one"),
    "too_long": gettext_lazy("a text is too long"),
    "too_many_cells": gettext_lazy("the row has more cells than the header"),
    "unknown_kind": gettext_lazy("the kind of incident is not known"),
    "unknown_region": gettext_lazy("there is no such region"),
    "unknown_topic": gettext_lazy("the topic is not known"),
}
REMARKS = {
    "changed": gettext_lazy("was imported before with another content; the first is kept"),
    "no_number": gettext_lazy("no head count"),
    "no_place": gettext_lazy("no station, court or van is named"),
    "no_time": gettext_lazy("no time of day"),
    "only_in_note": gettext_lazy("words beside a station went into the sealed note only"),
    "parts_differ": gettext_lazy("the numbers by station do not add up to the head count"),
    "unknown_word": gettext_lazy("a word is not known and was left out"),
}


@dataclass
class Tally:
    """Rows and the people they speak of."""

    rows: int = 0
    people: int = 0

    def add(self, people: int) -> None:
        self.rows += 1
        self.people += people


@dataclass
class Report:
    """The three sums, and what to look at by row number. Nothing in here quotes a cell."""

    counts_people: bool
    taken: Tally = field(default_factory=Tally)
    matched: Tally = field(default_factory=Tally)
    refused: Tally = field(default_factory=Tally)
    refusals: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, row: int, reason: str, people: int) -> None:
        self.refused.add(people)
        self.refusals.append((row, reason))

    def lines(self) -> Iterator[str]:
        """The report as it is printed."""
        tallies = {_("taken"): self.taken, _("already there"): self.matched, _("refused"): self.refused}
        yield self._sum(_("Rows"), {word: tally.rows for word, tally in tallies.items()})
        if self.counts_people:
            yield self._sum(_("People"), {word: tally.people for word, tally in tallies.items()})
        for heading, entries, words in (
            (_("Refused rows"), self.refusals, REASONS),
            (_("To look at"), self.remarks, REMARKS),
        ):
            if entries:
                yield f"{heading}:"
            for row, reason in entries:
                yield f"  {_('row')} {row}: {reason} ({words[reason]})"

    @staticmethod
    def _sum(word: str, parts: dict[str, int]) -> str:
        told = ", ".join(f"{part} {number}" for part, number in parts.items())
        return f"{word}: {sum(parts.values())} = {told}"
