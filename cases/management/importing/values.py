"""What one cell says: days and times, head counts, regions, countries and coded words."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple

from babel import Locale
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import override

from cases.regions import COUNTRIES, REGIONS, UNKNOWN, region_zone


class BadCell(Exception):
    """A cell cannot be understood: a reason code and nothing of what the cell says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Moment(NamedTuple):
    """An instant, and whether the time of day was told; without it the instant is the start of the day."""

    at: datetime
    has_time: bool


class HeadCount(NamedTuple):
    """How many people were reported, from the smallest number told to the largest."""

    least: int
    most: int


_DAY_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2})\s+([а-яa-z]{3,})\.?\s+(\d{4})", re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?")
_MONTHS = (
    "январь января|февраль февраля|март марта|апрель апреля|май мая|июнь июня|июль июля|август августа"
    "|сентябрь сентября|октябрь октября|ноябрь ноября|декабрь декабря",
    "january|february|march|april|may|june|july|august|september|october|november|december",
)
_MOST_PEOPLE = 1_000_000


def plain(text: str) -> str:
    """A word in one form for comparison: no capitals, е for ё, one space between words."""
    return " ".join(text.casefold().replace("ё", "е").split())


def moment(day: str, clock: str, region: str) -> Moment:
    """The moment told by a day (12.01.2013, 2013-01-12, 12 января 2013) and perhaps a time, in the region's zone."""
    if not day:
        raise BadCell("no_date")
    found, rest = _day(day)
    told = _clock(clock or rest)
    at = datetime.combine(found, told or time.min, region_zone(region)).astimezone(UTC)
    if at > timezone.now():
        raise BadCell("future")
    return Moment(at, told is not None)


def end_of_day(start: datetime) -> datetime:
    """The end of a day which begins at `start`: something happened in between, and nobody wrote down when."""
    return start + timedelta(days=1)


def _day(text: str) -> tuple[date, str]:
    """The day a cell begins with, and what stands behind it."""
    if found := _ISO.match(text):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.match(text):
        day, month, year = found.groups()
    elif found := _WORDS.match(text):
        day, month, year = found[1], _month(found[2]), found[3]
    else:
        raise BadCell("bad_date")
    try:
        told = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        raise BadCell("bad_date") from None
    if not 1900 <= told.year <= 2100:
        raise BadCell("bad_date")
    return told, text[found.end() :]


def _month(word: str) -> int:
    for months in _MONTHS:
        for number, names in enumerate(months.split("|"), 1):
            if any(name.startswith(plain(word)) for name in names.split()):
                return number
    raise BadCell("bad_date")


def _clock(text: str) -> time | None:
    text = text.strip(" ,;T").removesuffix("г.").strip()
    if not text:
        return None
    found = _TIME.fullmatch(text)
    if not found:
        raise BadCell("bad_time")
    try:
        return time(int(found[1]), int(found[2]), int(found[3] or 0))
    except ValueError:
        raise BadCell("bad_time") from None


def head_count(text: str) -> HeadCount | None:
    """`5`, `5 чел.`, `~30`, `21+8` (a sum), `10-15` (a range); None for an empty cell."""
    if not text:
        return None
    numbers = [int(number) for number in re.findall(r"\d{1,7}", text)]
    words = re.sub(r"[\d\s+\-–—~.,?]|около|примерно|более|ок|человека?|чел", "", plain(text))
    if not numbers or words or re.search(r"\d[.,]\d", text):
        raise BadCell("bad_number")
    if "+" in text:
        numbers = [sum(numbers)]
    if len(numbers) > 2 or max(numbers) > _MOST_PEOPLE:
        raise BadCell("bad_number")
    return HeadCount(min(numbers), max(numbers))


def seconds(text: str) -> int | None:
    """A duration as minutes and seconds (`4:30`) or as whole minutes (`4`)."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,4})(?::(\d{2}))?(?:\s*мин\.?)?", text)
    if not found:
        raise BadCell("bad_duration")
    return int(found[1]) * 60 + int(found[2] or 0)


def year(text: str) -> int | None:
    """A year of birth, alone or at the end of a date."""
    if not text:
        return None
    found = re.search(r"(?<!\d)(19\d\d|20\d\d)(?!\d)", text)
    if not found:
        raise BadCell("bad_birth_year")
    return int(found[1])


_REGION_WORDS = re.compile(r"\b(республика|область|обл|край|город|г|автономныи округ|ао)\b\.?")
_REGION_NAMES = {
    "спб": "RU-SPE",
    "петербург": "RU-SPE",
    "питер": "RU-SPE",
    "st petersburg": "RU-SPE",
    "petersburg": "RU-SPE",
    "мск": "RU-MOW",
    "moscow": "RU-MOW",
    "подмосковье": "RU-MOS",
    "мо": "RU-MOS",
    "ленобласть": "RU-LEN",
    "екатеринбург": "RU-SVE",
    "крым": "UA-43",
    "севастополь": "UA-40",
    "за границей": "abroad",
    "не известно": "unknown",
    "неизвестно": "unknown",
}


@cache
def _regions() -> dict[str, str]:
    names = {plain(code): code for code in (*REGIONS, "abroad", "unknown")}
    for code, region in REGIONS.items():
        for name in (region.name_ru, region.name_en):
            names.setdefault(plain(name), code)
            names.setdefault(_short(name), code)
    return names | _REGION_NAMES


def _short(name: str) -> str:
    return plain(_REGION_WORDS.sub(" ", plain(name)))


def region(text: str) -> str | None:
    """The code of a region named in Russian or English, in full or without `область`; None if there is none such."""
    names = _regions()
    return names.get(plain(text)) or names.get(_short(text))


def known_region(text: str) -> str:
    """The code of a region, `unknown` for an empty cell; BadCell where there is none such."""
    code = region(text) if text else UNKNOWN
    if code is None:
        raise BadCell("unknown_region")
    return code


@cache
def _countries() -> dict[str, str]:
    names = {plain(code): code for code in COUNTRIES}
    for language in ("ru", "en"):
        territories = Locale.parse(language).territories
        names |= {plain(territories[code]): code for code in COUNTRIES if code in territories}
    return names | {
        "киргизия": "KG",
        "кыргызстан": "KG",
        "таджик": "TJ",
        "узбек": "UZ",
        "киргиз": "KG",
        "рф": "RU",
    }


def country(text: str) -> str | None:
    """The code of a country named in Russian or English; None if there is none such."""
    return _countries().get(plain(text))


@cache
def _labels(choices: type[TextChoices]) -> dict[str, str]:
    words = {plain(value): str(value) for value in choices.values}
    for language in ("en", "ru"):
        with override(language):
            for member in choices:
                words.setdefault(plain(str(member.label)), str(member.value))
    return words


def code(choices: Any, text: str) -> str | None:
    """The code of a word of an enumeration: the code itself or its label in English or Russian."""
    return _labels(choices).get(plain(text))
