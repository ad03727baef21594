"""Stations, courts and vans in a free-text cell: split, told apart by kind, their spellings brought together."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cases.management.importing.values import plain

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("court", re.compile(r"\bсуд\b|\bcourt\b")),
    ("police_van", re.compile(r"\bавтозак")),
    ("transport_police", re.compile(r"\bловд\b|\bло мвд\b|\bлинейн\w+ отдел")),
    ("holding_facility", re.compile(r"\bцвсиг\b|\bсувсиг\b")),
    ("arrest_facility", re.compile(r"\bспецприемник")),
    ("temporary_facility", re.compile(r"\bивс\b")),
    ("prison", re.compile(r"\bсизо\b")),
    ("prosecutor", re.compile(r"прокуратура\b")),
    ("police", re.compile(r"\bовд\b|\bомвд\b|\bумвд\b|\bполици")),
)
_STATION = re.compile(r"\b(?:ОВД|ОМВД|УМВД|ЛОВД)\b")
_COUNTED = re.compile(r"\s+[-–—]\s+(\d[\d\s+]*)$")
_SLIP = re.compile(r"(?:сикй|сокй)\b")
_ENDING = re.compile(r"(?:ский|ское|ской|ская|сикй|сокй|кий|кое|кой|ий|ый|ой|ое|ая)$")


@dataclass(frozen=True, slots=True)
class Institution:
    """A station, court or van as it is written, with the number of people the cell gives it, if it gives one."""

    name: str
    kind: str
    people: int | None = None
    has_rest: bool = False


def institutions(cell: str) -> list[Institution]:
    """The institutions named in a cell; what names none (a street, somebody's home) is left out."""
    found = []
    for part in re.split(r"[\n,;]+", cell):
        text = part.strip(' .?\t"«»')
        people = None
        if counted := _COUNTED.search(text):
            people = sum(int(number) for number in re.findall(r"\d+", counted[1]))
            text = text[: counted.start()]
        name = _named(text)
        if kind := _kind(name):
            found.append(Institution(_tidy(name), kind, people, has_rest=name != text))
    return found


def _named(text: str) -> str:
    """The institution's own words: who was taken there may stand before a dash, and is nobody's to see."""
    pieces = re.split(r"\s[-–—]\s", text)
    name = next((piece for piece in pieces if _kind(piece)), text)
    station = _STATION.search(name)
    return name[station.start() :] if station else name


def _kind(text: str) -> str | None:
    words = plain(text)
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def _tidy(name: str) -> str:
    name = " ".join(re.sub(r"[«»\"“”]", "", name).split())
    return name[:1].upper() + name[1:]


def same_names(names: Iterable[str], known: Iterable[str] = ()) -> dict[str, str]:
    """For each spelling the one to keep: a known name, or the most frequent of those that mean the same.

    Тверское, Тверской and Тверсокй are one station; Пресненское and Краснопресненское are two.
    """
    keep: dict[str, str] = {}
    heads: list[tuple[str, str]] = [(_key(name), name) for name in known]
    for name, _ in sorted(
        Counter(names).items(), key=lambda item: (bool(_SLIP.search(item[0])), -item[1], item[0])
    ):
        key = _key(name)
        head = next((kept for other, kept in heads if _same(key, other)), None)
        if head is None:
            heads.append((key, name))
        keep[name] = head or name
    return keep


def _key(name: str) -> str:
    words = re.sub(r"[^\w\s]|_", " ", plain(name)).split()
    return " ".join(_ENDING.sub("ск", word) if len(word) > 6 else word for word in words)


def _same(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= 9 and _one_slip_apart(one, other))


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter was added, lost, changed, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    a, b = one[start:], other[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
