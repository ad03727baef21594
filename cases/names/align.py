"""How alike two parts are, and which part of one name answers to which part of the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise, permutations, product
from typing import Final

from rapidfuzz.distance import Levenshtein

from cases.names.parts import Name, Part, Role, Sex, joined, joined_part, parse
from cases.names.tables import CHEAP, VOWELS, WEIGHTS

# An error budget rather than a share of the length: Холмуҳаммад and Ёрмуҳаммад are two names.
BUDGET: Final = 5.0
TRANSPOSED: Final = 0.6
LAST_VOWEL: Final = 0.15
OTHER_NAME: Final = 0.5
SAME_NAME: Final = 0.97
WITHOUT_ENDING: Final = 0.9
WEAKEST: Final = 0.8
ROLE_CLASH: Final = 0.3
SEX_CLASH: Final = 0.25
NO_PATRONYMIC: Final = 0.01
NO_PART: Final = 0.03
NO_GIVEN_NAME: Final = 0.4
ONE_PART: Final = 0.55
OTHER_SPACE: Final = 0.01
JOINED: Final = 0.85

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


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best pairing of two names' parts and the score it reaches."""

    a: Name
    b: Name
    score: float
    pairs: tuple[tuple[int, int, float], ...] = ()


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


def align(a: Name, b: Name) -> Alignment:
    """The best one-to-one pairing, a space lost or won between two parts included."""
    best = _align(a, b)
    if best.score >= SAME_NAME:
        return best
    for x, y in _respaced(a, b):
        found = _align(x, y)
        if found.score - OTHER_SPACE > best.score:
            best = replace(found, score=round(found.score - OTHER_SPACE, 4))
    return best


def _respaced(a: Name, b: Name) -> Iterator[tuple[Name, Name]]:
    """Both names with two neighbouring parts joined where that makes a part of the other name."""
    of_a, of_b = [*_joinings(a, b)], [*_joinings(b, a)]
    yield from ((x, b) for x in of_a)
    yield from ((a, y) for y in of_b)
    yield from product(of_a, of_b)


def _joinings(a: Name, b: Name) -> Iterator[Name]:
    for at, (first, second) in enumerate(pairwise(a.parts)):
        length = len(first.folded) + len(second.stem)
        if any(abs(len(part.stem) - length) <= 2 for part in b.parts):
            whole = joined_part(first, second)
            if any(similarity(whole, part) >= JOINED for part in b.parts):
                yield joined(a, at)


def _align(a: Name, b: Name) -> Alignment:
    """The best one-to-one pairing, with what speaks against it taken off."""
    if len(a.parts) > len(b.parts):
        found = _align(b, a)
        return replace(found, pairs=tuple((j, i, s) for i, j, s in found.pairs), a=a, b=b)
    if not a.parts:
        return Alignment(a, b, 0.0)
    said = _said(a) & _said(b)
    table = [[_pair(p, q, said) for q in b.parts] for p in a.parts]
    costs = missed(b)
    best = -1.0
    choice: tuple[int, ...] = ()
    for order in permutations(range(len(b.parts)), len(a.parts)):
        met = [row[j] for row, j in zip(table, order, strict=True)]
        total = (1 - WEAKEST) * sum(met) / len(met) + WEAKEST * min(met)
        if total > best:
            total -= sum(cost for j, cost in enumerate(costs) if j not in order)
        if total > best:
            best, choice = total, order
    if {a.sex, b.sex} == {Sex.MALE, Sex.FEMALE}:
        best -= SEX_CLASH
    if len(a.parts) == 1 and len(b.parts) > 1:
        best = min(best, ONE_PART)
    pairs = tuple((i, j, table[i][j]) for i, j in enumerate(choice))
    return Alignment(a, b, round(max(0.0, min(1.0, best)), 4), pairs)


def _said(name: Name) -> set[Role]:
    """Which roles the endings give out: one patronymic or more, one family name and no second."""
    roles = [part.role for part in name.parts]
    families = roles.count(Role.SURNAME) + roles.count(Role.FAMILY)
    return {Role.PATRONYMIC} & {*roles} | ({Role.SURNAME} if families == 1 else set())


def _pair(p: Part, q: Part, said: set[Role]) -> float:
    """Likeness, less where the roles contradict each other: Карим Раҳимов is not Раҳим Каримов."""
    found = similarity(p, q)
    if p.role is not q.role and _clash({p.role, q.role}, said):
        found -= ROLE_CLASH
    return found


def _clash(roles: set[Role], said: set[Role]) -> bool:
    if Role.ANY not in roles:
        return Role.FAMILY not in roles
    (other,) = roles - {Role.ANY}
    return (Role.SURNAME if other is Role.FAMILY else other) in said


def missed(name: Name) -> list[float]:
    """What each part of the longer name costs when nothing answers to it."""
    given = given_at(name)
    return [
        NO_PATRONYMIC if part.role is Role.PATRONYMIC else NO_GIVEN_NAME if at == given else NO_PART
        for at, part in enumerate(name.parts)
    ]


def given_at(name: Name) -> int:
    """Where the given name stands: the first part whose ending says nothing, when another says something."""
    plain_parts = [i for i, part in enumerate(name.parts) if part.role is Role.ANY]
    if plain_parts and len(plain_parts) < len(name.parts):
        return plain_parts[0]
    return -1


def score(a: str, b: str) -> float:
    """How likely two written names are one person's, from 0 to 1."""
    return align(parse(a), parse(b)).score
