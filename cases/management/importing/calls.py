"""A row of a hotline's own list of calls becomes a call, as if it had been typed at its moment."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases.actions import Intake
from cases.enums import CallOutcome, Channel, ContactSafety, Direction, Language, Relation, Topic, Urgency
from cases.management.importing import values
from cases.management.importing.maps import ColumnMap
from cases.management.importing.sheets import Row

_WORDS: dict[str, Any] = {
    "channel": Channel,
    "direction": Direction,
    "language": Language,
    "urgency": Urgency,
    "relation": Relation,
    "outcome": CallOutcome,
    "contact_safety": ContactSafety,
}


@dataclass(frozen=True, slots=True)
class CallRow:
    """The intake a row stands for, and what to look at."""

    intake: Intake
    remarks: tuple[str, ...] = ()


def read_call(row: Row, columns: ColumnMap, client_uuid: UUID) -> CallRow:
    """Understand a row, or refuse it with BadCell. A row opens no case: what it tells is long over."""
    region = values.known_region(columns.word("region", columns.text(row, "region")))
    topic = values.code(Topic, columns.word("topic", columns.text(row, "topic")))
    if topic is None:
        raise values.BadCell("unknown_topic")
    start, has_time = values.moment(columns.text(row, "date"), columns.text(row, "time"), region)
    words, unknown = _words(row, columns)
    nationality = columns.word("nationality", columns.text(row, "nationality"))
    country = values.country(nationality) if nationality else ""
    intake = Intake(
        client_uuid=client_uuid,
        topic=topic,
        region=region,
        started_at=start,
        duration=values.seconds(columns.text(row, "duration")),
        caller_name=columns.text(row, "caller_name"),
        caller_phone=columns.text(row, "caller_phone"),
        about_name=columns.text(row, "about_name"),
        nationality=country or "",
        birth_year=values.year(columns.text(row, "birth_year")),
        note="\n".join(columns.texts(row, "note")),
        open_case=False,
        **words,
    )
    remarks = (
        *(["no_time"] if not has_time else []),
        *(["unknown_word"] if unknown or country is None else []),
    )
    return CallRow(intake, remarks)


def _words(row: Row, columns: ColumnMap) -> tuple[dict[str, Any], bool]:
    """Coded words by field, and whether one of them is not known."""
    found: dict[str, Any] = {}
    unknown = False
    for name, choices in _WORDS.items():
        text = columns.text(row, name)
        code = values.code(choices, columns.word(name, text)) if text else None
        if code is not None:
            found[name] = code
        unknown = unknown or bool(text and code is None)
    return found, unknown
