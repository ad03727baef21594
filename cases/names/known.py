"""The common given names and their spellings, so that two names that look alike stay two."""

from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from cases.names.fold import canonical, fold, plain, style_of

_COARSE = str.maketrans({"o": "a", "e": "i"})
_HARD_END = {"d": "t", "b": "p", "f": "p"}


@lru_cache(maxsize=1 << 16)
def groups_of(stem: str) -> frozenset[int]:
    """The lines of `known.txt` on which this folded stem stands; mostly one or none."""
    readings = product(*("sz" if letter == "x" else letter for letter in stem)) if "x" in stem else (stem,)
    return frozenset().union(*(_lines().get(_coarse("".join(reading)), ()) for reading in readings))


def _coarse(stem: str) -> str:
    """Vowels that one alphabet writes for another, and a last consonant as it is heard."""
    stem = stem.translate(_COARSE).replace("ii", "i")
    return stem[:-1] + _HARD_END.get(stem[-1:], stem[-1:])


@cache
def _lines() -> dict[str, frozenset[int]]:
    text = files("cases.names").joinpath("known.txt").read_text(encoding="utf-8")
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            for spelling in map(plain, line.split()):
                groups[_coarse(canonical(fold(spelling, style_of(spelling))))].add(number)
    return {key: frozenset(numbers) for key, numbers in groups.items()}
