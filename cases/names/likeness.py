"""How alike two parts of a name are: a weighted edit distance, and what is known of names."""

from functools import lru_cache
from itertools import accumulate
from typing import Final

from rapidfuzz.distance import Levenshtein

from cases.names.parts import Part, Role
from cases.names.tables import CHEAP, VOWELS, WEIGHTS

# An error budget rather than a share of the length: Холмуҳаммад and Ёрмуҳаммад are two names.
BUDGET: Final = 5.0
TRANSPOSED: Final = 0.6
LAST_VOWEL: Final = 0.15  # Карим and Карима, Шобон and Шобонӣ
OTHER_NAME: Final = 0.5  # the most that two known names can be alike
SAME_NAME: Final = 0.97  # Юсуф and Жусуп
WITHOUT_ENDING: Final = 0.9  # Мурод and Муродбек: one clerk, or two people

_WEIGHT: Final = {letter: WEIGHTS.get(letter, 1.0) for letter in "abcdefghijklmnopqrstuvwxyz"}
_CHEAP: Final = {frozenset(pair): cost for cost, pairs in CHEAP.items() for pair in pairs}
_SWAP: Final = {
    x: {y: 0.0 if x == y else _CHEAP.get(frozenset(x + y), max(_WEIGHT[x], _WEIGHT[y])) for y in _WEIGHT}
    for x in _WEIGHT
}
_NO_VOWELS: Final = str.maketrans(dict.fromkeys(VOWELS, ""))
_CLASSES: Final = str.maketrans(
    {
        **dict.fromkeys(VOWELS, ""),
        **dict.fromkeys("pfv", "b"),
        "t": "d",
        "x": "z",
        "s": "z",
        "c": "j",
        "w": "j",
        "g": "k",
        "h": "k",
    }
)


@lru_cache(maxsize=1 << 16)
def skeleton(folded: str) -> str:
    """The consonants by class: what is left of a name in the worst handwriting."""
    return folded.translate(_CLASSES)


def distance(a: str, b: str) -> float:
    """Weighted edit distance of two folded words, neighbours exchanged included."""
    a, b = _where_they_differ(a, b)
    weights = [_WEIGHT[y] for y in b]
    before: list[float] = []
    row = [0.0, *accumulate(weights)]
    last = ""
    for i, x in enumerate(a):
        weight, swap = _WEIGHT[x], _SWAP[x]
        left, previous, row = row[0] + weight, row, [row[0] + weight]
        for j, y in enumerate(b):
            cost = previous[j] + swap[y]
            if previous[j + 1] + weight < cost:
                cost = previous[j + 1] + weight
            left += weights[j]
            if cost < left:
                left = cost
            if i and j and x == b[j - 1] and y == last and before[j - 1] + TRANSPOSED < left:
                left = before[j - 1] + TRANSPOSED
            row.append(left)
        before, last = previous, x
    return row[-1]


def _where_they_differ(a: str, b: str) -> tuple[str, str]:
    """Both words without the beginning and the end they share: those cost nothing."""
    start = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        start += 1
    a, b = a[start:], b[start:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    return a, b


@lru_cache(maxsize=1 << 18)
def likeness(a: str, b: str) -> float:
    """1.0 for the same folded word, down to 0.0 where the error budget is spent."""
    if a == b:
        return 1.0
    if Levenshtein.distance(skeleton(a), skeleton(b), score_cutoff=2) > 2:
        return 0.0
    weight = min(BUDGET, max(sum(map(_WEIGHT.__getitem__, a)), sum(map(_WEIGHT.__getitem__, b))))
    return max(0.0, 1.0 - distance(a, b) / weight) if weight else 0.0


@lru_cache(maxsize=1 << 18)
def similarity(p: Part, q: Part) -> float:
    """How likely two parts are one name, endings aside."""
    if p.stem == q.stem and p.folded == q.folded:
        return 1.0
    if p.consonantal or q.consonantal:
        pairs = ((p.stem, q.stem), (p.folded, q.folded))
        return max(likeness(x.translate(_NO_VOWELS), y.translate(_NO_VOWELS)) for x, y in pairs)
    if p.role is Role.ANY and q.role is Role.ANY:
        best = likeness(p.folded, q.folded)
        if p.stem == q.stem or p.folded + "i" == q.folded or q.folded + "i" == p.folded:
            best = max(best, 1.0 - LAST_VOWEL)
    else:
        best = likeness(p.stem, q.stem)
    if p.role != q.role:
        best = max(best, SAME_NAME * likeness(p.folded, q.folded))
    elif p.letters != p.folded or q.letters != q.folded:
        best = max(best, SAME_NAME * likeness(p.letters, q.letters))
    if bool(p.short) != bool(q.short):
        best = max(best, WITHOUT_ENDING * likeness(p.short or p.stem, q.short or q.stem))
    if not (p.groups and q.groups):
        return best
    if not p.groups & q.groups:
        return min(best, OTHER_NAME)
    return best if p.short or q.short else max(best, SAME_NAME)
