"""A row of a list of detentions becomes an incident with its reported head count and places."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cases.enums import IncidentKind
from cases.management.importing import values
from cases.management.importing.institutions import Institution, institutions
from cases.management.importing.maps import ColumnMap
from cases.management.importing.sheets import Row


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """What a row says, ready for the action but for its places, whose spellings the whole list settles."""

    fields: dict[str, Any]
    region: str
    institutions: list[Institution] = field(default_factory=list)
    remarks: tuple[str, ...] = ()


def people_in(row: Row, columns: ColumnMap) -> int:
    """The people a row speaks of, for the sums; 0 where it gives no number that can be read."""
    try:
        count = values.head_count(columns.text(row, "people"))
    except values.BadCell:
        return 0
    return count.most if count else 0


def read_incident(row: Row, columns: ColumnMap) -> IncidentRow:
    """Understand a row, or refuse it with BadCell. Free text goes into the sealed note, never into a label."""
    region = values.known_region(columns.word("region", columns.text(row, "region")))
    kind = columns.word("kind", columns.text(row, "kind")) or IncidentKind.OTHER
    if kind not in IncidentKind.values:
        raise values.BadCell("unknown_kind")
    start, has_time = values.moment(columns.text(row, "date"), columns.text(row, "time"), region)
    count = values.head_count(columns.text(row, "people"))
    found = [each for cell in columns.texts(row, "places") for each in institutions(cell)]
    return IncidentRow(
        fields={
            "kind": kind,
            "name": _label(row, columns),
            "region": region,
            "started_at": start,
            "ended_at": _until(start, has_time),
            "reported_min": count and count.least,
            "reported_max": count and count.most,
            "source": columns.label,
            "note": "\n".join(dict.fromkeys((*columns.texts(row, "note"), *columns.texts(row, "places")))),
        },
        region=region,
        institutions=found,
        remarks=tuple(_remarks(found, count)),
    )


def _until(start: datetime, has_time: bool) -> datetime | None:
    return None if has_time else values.end_of_day(start)


def _label(row: Row, columns: ColumnMap) -> str:
    """A short label, only from words the map knows: a title somebody typed may name people."""
    theirs = columns.text(row, "name")
    return columns.words.get("name", {}).get(values.plain(theirs), "")


def _remarks(found: list[Institution], count: values.HeadCount | None) -> list[str]:
    remarks = []
    if count is None:
        remarks.append("no_number")
    if not found:
        remarks.append("no_place")
    if any(each.has_rest for each in found):
        remarks.append("only_in_note")
    parts = [each.people for each in found if each.people is not None]
    if parts and count and not count.least <= sum(parts) <= count.most:
        remarks.append("parts_differ")
    return remarks
