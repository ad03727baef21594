"""Which part of one name answers to which part of the other, and the score that follows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, permutations, product
from typing import Final

from cases.names.likeness import SAME_NAME, similarity
from cases.names.parts import Name, Part, Role, Sex, joined, joined_part, parse

# Chosen on composed pairs; tests/performance/names_left_out.py shows what each kind reaches when it is not looked at.
WEAKEST: Final = 0.8  # the worst pair decides: brothers agree in all words but one
ROLE_CLASH: Final = 0.3  # a father's name is not a given name
SEX_CLASH: Final = 0.25
NO_PATRONYMIC: Final = 0.01  # it is left out every day
NO_PART: Final = 0.03
NO_GIVEN_NAME: Final = 0.4  # then the father's name served in its place, and the father is not the son
ONE_PART: Final = 0.55  # one word never makes a match
OTHER_SPACE: Final = 0.01
JOINED: Final = 0.85  # how like a word two others written together must be


@dataclass(frozen=True, slots=True)
class Alignment:
    """The best pairing of two names' parts and the score it reaches."""

    a: Name
    b: Name
    score: float
    pairs: tuple[tuple[int, int, float], ...] = ()


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
