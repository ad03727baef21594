"""Where things happen: the 83 subjects by ISO 3166-2, six occupied regions of Ukraine labelled so, abroad, unknown."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pycountry
from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

ABROAD = "abroad"
UNKNOWN = "unknown"
EVERYWHERE = "*"
MOSCOW = ZoneInfo("Europe/Moscow")


@dataclass(frozen=True)
class Region:
    """One region: ISO code, names, the time zone of its main city, and its tile on the grid map (or none)."""

    code: str
    name_en: str
    name_ru: str
    zone: ZoneInfo
    tile: tuple[int, int] | None

    def __str__(self) -> str:
        return self.name_ru if get_language() == "ru" else self.name_en


def _load() -> dict[str, Region]:
    path = Path(__file__).with_name("reference_data") / "regions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Region(
                row["code"],
                row["name_en"],
                row["name_ru"],
                ZoneInfo(row["zone"]),
                (int(row["tile_column"]), int(row["tile_row"])) if row["tile_column"] else None,
            )
            for row in csv.DictReader(file)
        }


REGIONS = _load()
CODES = frozenset(REGIONS) | {ABROAD, UNKNOWN}
COUNTRIES = frozenset(country.alpha_2 for country in pycountry.countries)


def region_name(code: str) -> str:
    """A region's name in the language of the reader."""
    if code in REGIONS:
        return str(REGIONS[code])
    return str({ABROAD: _("abroad"), EVERYWHERE: _("everywhere")}.get(code, _("not known")))


def region_zone(code: str) -> ZoneInfo:
    """The zone a region's clocks run in; Moscow's where the region is not known."""
    return REGIONS[code].zone if code in REGIONS else MOSCOW


@cache
def _countries(language: str) -> dict[str, str]:
    names = Locale.parse(language).territories
    return {code: names.get(code, code) for code in COUNTRIES}


def country_name(code: str) -> str:
    """A country's name in the language of the reader; the code itself where no name is known."""
    return _countries("ru" if get_language() == "ru" else "en").get(code, code)


def region_choices() -> list[tuple[str, str]]:
    """Choices for a form, the busiest four first, then by name."""
    first = ["RU-MOW", "RU-SPE", "RU-MOS", "RU-SVE"]
    rest = sorted(set(REGIONS) - set(first), key=lambda code: (code.startswith("UA"), region_name(code)))
    return [(code, region_name(code)) for code in [*first, *rest, ABROAD, UNKNOWN]]


def country_choices() -> list[tuple[str, str]]:
    """Choices for a form, the nationalities that call most first."""
    first = ["TJ", "UZ", "KG", "KZ", "AZ", "AM", "MD", "UA", "BY", "RU"]
    rest = sorted(COUNTRIES - set(first), key=country_name)
    return [(code, country_name(code)) for code in [*first, *rest]]
