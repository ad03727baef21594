"""Column maps: which of a hotline's own columns holds what, and what its own words mean."""

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cases.management.importing.sheets import Row, heading
from cases.management.importing.values import plain

BUILT_IN = Path(__file__).resolve().parent.parent / "import_maps"

_NEEDED = {"incident": ("date",), "call": ("date", "topic")}
_KNOWN = {
    "incident": {"id", "date", "time", "region", "people", "places", "note", "name", "kind"},
    "call": {
        *("id", "date", "time", "region", "topic", "channel", "direction", "language", "urgency", "relation"),
        *("caller_name", "caller_phone", "about_name", "nationality", "birth_year", "duration", "note"),
        *("outcome", "contact_safety"),
    },
}


class BadMap(Exception):
    """A column map which cannot be used, with the reason."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a sheet is read. `source` is part of every row's key: the same list under one name is imported once."""

    record: str
    source: str
    label: str
    columns: dict[str, tuple[str, ...]]
    fixed: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)

    def missing_in(self, header: tuple[str, ...]) -> list[str]:
        """Our fields which the record cannot do without and which no column of the sheet gives."""
        return [
            name
            for name in _NEEDED[self.record]
            if name not in self.fixed and not set(self.columns.get(name, ())) & set(header)
        ]

    def matches(self, header: tuple[str, ...]) -> int:
        """How many of our fields the sheet has."""
        return sum(bool(set(columns) & set(header)) for columns in self.columns.values())

    def text(self, row: Row, name: str) -> str:
        """What a row says of one of our fields: the first of its columns that is filled, or the fixed word."""
        for column in self.columns.get(name, ()):
            if row.cells.get(column):
                return row.cells[column]
        return self.fixed.get(name, "")

    def texts(self, row: Row, name: str) -> list[str]:
        """What all columns of one of our fields say, for fields that are put together from several."""
        return [row.cells[column] for column in self.columns.get(name, ()) if row.cells.get(column)]

    def word(self, name: str, text: str) -> str:
        """Our word for one of theirs; their own where the map says nothing."""
        return self.words.get(name, {}).get(plain(text), text)


def built_in_names() -> list[str]:
    return sorted(path.stem for path in BUILT_IN.glob("*.toml"))


def load_map(name_or_path: str) -> ColumnMap:
    """A built-in map by its name, or one's own from a TOML or JSON file."""
    path = BUILT_IN / f"{name_or_path}.toml" if name_or_path in built_in_names() else Path(name_or_path)
    try:
        text = path.read_text(encoding="utf-8")
        return _read(json.loads(text) if path.suffix == ".json" else tomllib.loads(text))
    except FileNotFoundError:
        names = ", ".join(built_in_names())
        raise BadMap(f"There is no such map. Give a TOML or JSON file, or one of: {names}.") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadMap("The map is no well-formed TOML or JSON.") from error


def map_for(header: tuple[str, ...]) -> ColumnMap:
    """The built-in map that knows the most columns of a sheet and misses none it needs."""
    maps = [load_map(name) for name in built_in_names()]
    fitting = [each for each in maps if not each.missing_in(header)]
    if not fitting:
        raise BadMap("No built-in map fits these columns. Write a map and name it with --map.")
    return max(fitting, key=lambda each: each.matches(header))


def _read(data: Any) -> ColumnMap:
    record = data.get("record") if isinstance(data, dict) else None
    if record not in _NEEDED:
        raise BadMap('A map begins with record = "call" or record = "incident".')
    columns = data.get("columns")
    if not isinstance(columns, dict) or not isinstance(data.get("source"), str) or not data["source"]:
        raise BadMap("A map needs a source and a table of columns.")
    named = {*columns, *data.get("fixed", {}), *data.get("words", {})}
    if unknown := sorted(named - _KNOWN[record]):
        raise BadMap(f"A map of {record}s knows no field {', '.join(unknown)}.")
    return ColumnMap(
        record=record,
        source=data["source"],
        label=str(data.get("label", data["source"])),
        columns={name: _headings(value) for name, value in columns.items()},
        fixed={name: str(value) for name, value in data.get("fixed", {}).items()},
        words={name: _plain_words(table) for name, table in data.get("words", {}).items()},
    )


def _headings(value: Any) -> tuple[str, ...]:
    return tuple(heading(str(name)) for name in ([value] if isinstance(value, str) else value))


def _plain_words(table: dict[str, Any]) -> dict[str, str]:
    return {plain(theirs): str(ours) for theirs, ours in table.items()}
