"""How one name is written by the people who tell it: a passport, a neighbour, a police list.

Every function takes a composed name and gives the text a counsellor would type. `heard` picks one of them, so
that five relatives of one man tell his name in five ways and a matcher has something to do.
"""

from collections.abc import Callable
from random import Random

from cases.management.scenario.names import FullName

_RUSSIFY = str.maketrans(
    {
        "қ": "к", "Қ": "К", "ғ": "г", "Ғ": "Г", "ҳ": "х", "Ҳ": "Х", "ў": "у", "Ў": "У", "ӯ": "у", "Ӯ": "У",
        "ӣ": "и", "Ӣ": "И", "ҷ": "дж", "Ҷ": "Дж", "ө": "о", "Ө": "О", "ү": "у", "Ү": "У", "ң": "н", "Ң": "Н",
        "ә": "а", "Ә": "А", "і": "и", "І": "И", "ұ": "у", "Ұ": "У", "ё": "е", "Ё": "Е",
    }
)  # fmt: skip

_PASSPORT = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "қ": "k", "ғ": "gh", "ҳ": "h", "ў": "u", "ӯ": "u", "ӣ": "i", "ҷ": "j",
    "ө": "o", "ү": "u", "ң": "n", "ә": "a", "і": "i", "ұ": "u",
}  # fmt: skip

_UZBEK = _PASSPORT | {
    "ж": "j", "х": "x", "қ": "q", "ғ": "gʻ", "ў": "oʻ", "ъ": "ʼ", "ц": "s",
}  # fmt: skip


def _letters(text: str, table: dict[str, str]) -> str:
    out = []
    for letter in text:
        latin = table.get(letter.lower(), letter)
        out.append(latin.capitalize() if letter.isupper() else latin)
    return "".join(out)


def as_written(name: FullName) -> str:
    """The national spelling, family name first."""
    return name.full


def russified(name: FullName) -> str:
    """As a Russian clerk writes it: no letters beyond the Russian alphabet, -ов for -зода."""
    family = name.family.removesuffix("зода") + "ов" if name.family.endswith("зода") else name.family
    patronymic = name.patronymic.translate(_RUSSIFY)
    parts = (family.translate(_RUSSIFY), name.given.translate(_RUSSIFY), patronymic)
    return " ".join(part for part in parts if part)


def passport(name: FullName) -> str:
    """Latin capitals of the machine-readable line, without the patronymic."""
    return f"{_letters(name.family, _PASSPORT)} {_letters(name.given, _PASSPORT)}".upper()


def latin(name: FullName) -> str:
    """Latin as in a message from a phone: given name first."""
    return f"{_letters(name.given, _PASSPORT)} {_letters(name.family, _PASSPORT)}"


def uzbek_latin(name: FullName) -> str:
    """The Uzbek Latin alphabet with its own letters; other peoples fall back to plain Latin."""
    return _letters(name.full, _UZBEK) if name.people == "UZ" else latin(name)


def without_patronymic(name: FullName) -> str:
    """Family and given name only, as relatives mostly say it."""
    return f"{name.family} {name.given}"


def swapped(name: FullName) -> str:
    """Given name first, russified: how a friend introduces somebody."""
    return f"{name.given} {name.family}".translate(_RUSSIFY)


def given_only(name: FullName) -> str:
    """A first name, when the caller knows no more or says no more."""
    return name.given


SPELLINGS: tuple[Callable[[FullName], str], ...] = (
    as_written, russified, passport, latin, uzbek_latin, without_patronymic, swapped,
)  # fmt: skip


def heard(rng: Random, name: FullName) -> str:
    """The name as this caller tells it."""
    return rng.choices(SPELLINGS, weights=(22, 24, 8, 12, 8, 16, 10))[0](name)


def script(text: str) -> str:
    """The script of a name: Latin where any Latin letter stands, else Cyrillic."""
    return "latin" if any("a" <= letter <= "z" for letter in text.lower()) else "cyrillic"
