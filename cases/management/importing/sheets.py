"""Spreadsheets as people keep them: CSV in several encodings and with several separators, and XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

_LONGEST_CELL = 10_000_000
_LARGEST_FILE = 100_000_000
_SEPARATORS = ",;\t"


class UnreadableFile(Exception):
    """The file as a whole cannot be read; the message says why and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line under the header, numbered as a spreadsheet program shows it (the header is row 1)."""

    number: int
    cells: dict[str, str]
    surplus: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(self.cells.values()) and not self.surplus


@dataclass(frozen=True, slots=True)
class Sheet:
    """The header, normalised for comparison, and the rows below it."""

    header: tuple[str, ...]
    rows: list[Row]


def heading(text: str) -> str:
    """A column's name in one form: no capitals, one space between words."""
    return " ".join(text.casefold().split())


def read_sheet(path: Path) -> Sheet:
    """The first sheet of a file. Empty rows at its end are not rows."""
    if not path.is_file():
        raise UnreadableFile("There is no such file.")
    if path.stat().st_size > _LARGEST_FILE:
        raise UnreadableFile("The file is larger than 100 MB.")
    lines = _xlsx(path) if zipfile.is_zipfile(path) else _csv(path)
    header = tuple(heading(cell) for cell in next(lines, []))
    if not any(header):
        raise UnreadableFile("The first line has no column names.")
    rows = [_row(number, header, cells) for number, cells in enumerate(lines, start=2)]
    while rows and rows[-1].is_empty:
        rows.pop()
    return Sheet(header, rows)


def _row(number: int, header: tuple[str, ...], cells: list[str]) -> Row:
    surplus = any(cell.strip() for cell in cells[len(header) :])
    padded = [cell.strip() for cell in cells] + [""] * len(header)
    return Row(number, dict(zip(reversed(header), reversed(padded[: len(header)]), strict=True)), surplus)


def _csv(path: Path) -> Iterator[list[str]]:
    text = _decoded(path.read_bytes())
    if "\0" in text:
        raise UnreadableFile("This is neither CSV nor XLSX.")
    first_line = text.partition("\n")[0]
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=first_line.count))
    except csv.Error as error:
        raise UnreadableFile("The file is no well-formed CSV.") from error


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1251")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("The text is neither UTF-8 nor Windows-1251.")


def _xlsx(path: Path) -> Iterator[list[str]]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UnreadableFile("This is neither CSV nor XLSX.") from error
    try:
        for cells in book.worksheets[0].iter_rows(values_only=True):
            yield [_text(cell) for cell in cells]
    finally:
        book.close()


def _text(cell: Any) -> str:
    """A typed cell as text: days and moments in ISO form, whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return (
            cell.date().isoformat()
            if cell.time() == time.min
            else cell.isoformat(sep=" ", timespec="minutes")
        )
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
