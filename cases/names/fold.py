"""Bring a word of a name, in any script, to one small alphabet in which spellings can be compared."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from anyascii import anyascii

from cases.names.tables import APOSTROPHES, CANONICAL, CYRILLIC, LATIN, PERSIAN, STYLES

_APOSTROPHES: Final = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_POLISH: Final = re.compile(r"cz")
_GERMAN: Final = re.compile(r"sch|w(?:a|itsch|na)?\b|k[iy]s[iy]\b|s[oa]da\b")
_FRENCH: Final = re.compile(r"tch|dj|ou")
_ENGLISH: Final = re.compile(r"sh|[^aou]w[aeiou]")
_CANONICAL: Final = tuple((re.compile(pattern), name) for pattern, name in CANONICAL)


def plain(text: str) -> str:
    """The name in small letters, with one sign for each kind of mark."""
    text = unicodedata.normalize("NFC", text.replace("İ", "i").casefold())
    return unicodedata.normalize("NFC", text.translate(_APOSTROPHES))


def style_of(text: str) -> str:
    """The spelling habit of a whole plain name: the same letters stand for other sounds in each."""
    if _POLISH.search(text):
        return "polish"
    if _GERMAN.search(text):
        return "german"
    if _FRENCH.search(text) and not _ENGLISH.search(text):
        return "french"
    return ""


@lru_cache(maxsize=1 << 17)
def fold(word: str, style: str = "") -> str:
    """Fold one plain word; the empty string when it has no letters."""
    folded = _TABLES[style][0].sub(_TABLES[style][1], word)
    if not folded.isascii():
        folded = _foreign(folded)
    return settle("".join(letter for letter in folded if "a" <= letter <= "z"))


def canonical(folded: str) -> str:
    """One spelling for the name parts that are written most differently: Муҳаммад, Абду-, -улло, -иддин."""
    for pattern, name in _CANONICAL:
        folded = pattern.sub(name, folded)
    return folded


def is_consonantal(word: str) -> bool:
    """Whether the script leaves the short vowels out."""
    return any(letter in PERSIAN for letter in word)


def _foreign(word: str) -> str:
    """Letters of no table: take the marks off, then whatever the library makes of them."""
    base = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return (
        re.sub("[^a-z]", "", anyascii(base).casefold()).replace("q", "k").replace("x", "h").replace("y", "i")
    )


def settle(word: str) -> str:
    """Double letters become one, дж becomes ҷ and тш ч, and ё, йо, е after a vowel one spelling, as in passports."""
    word = re.sub(r"(?![zsx]{2}[oa]d)(.)\1+", r"\1", word)
    word = re.sub(r"[dt]j|dw", "j", word).replace("tw", "c")
    word = re.sub(r"i[oe]", "ie", word)
    word = re.sub(r"^ie|(?<=[aoue])ie", "e", word)
    return re.sub(r"([aouei])\1+", r"\1", word)


def _table(style: str) -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    letters = CYRILLIC | LATIN | PERSIAN | STYLES[style]
    longest_first = sorted(letters, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return pattern, lambda found: letters[found[0]]


_TABLES: Final = {style: _table(style) for style in STYLES}
