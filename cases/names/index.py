"""Find a person's name, in any spelling, among a million in memory.

Names share few words: a million people have some ten thousand different parts. So a search first finds the parts
that look like those asked for, and only then the people who carry two of them. Numbers stand in arrays of the
standard library, so that a million names take megabytes and need no further package.
"""

from __future__ import annotations  # array[int] is a type for the checker only before Python 3.12

from array import array
from collections.abc import Hashable, Iterable, Sequence
from heapq import nlargest
from itertools import chain, combinations, pairwise
from typing import Final, Generic, TypeVar

from cases.names.align import WEAKEST, align
from cases.names.parts import Name, Part, joined_part, parse
from cases.names.tables import COMPOUND_HEADS, COMPOUND_TAILS
from cases.names.vocabulary import Vocabulary

Id = TypeVar("Id", bound=Hashable)

LEVELS: Final = (0.93, 0.75, 0.6)  # as written, a letter off, a guess: looser ones only while few are found
LESS_KNOWN: Final = 0.04  # what a word asked for and not answered takes from the rank, not from the score
ENOUGH: Final = 500  # candidates after which nothing looser is tried
MOST: Final = 1500  # candidates whose rank is forecast
SCORED: Final = 200  # candidates that are compared whole


class NameIndex(Generic[Id]):
    """Names by id, several spellings for each. Adding and searching belong to one thread at a time."""

    def __init__(self, names: Iterable[tuple[Id, str]] = ()) -> None:
        self._vocabulary = Vocabulary()
        self._entries: dict[
            Id, int | tuple[int, ...]
        ] = {}  # mostly one: a tuple for each would cost as much again
        self._ids: list[Id | None] = []
        self._ends = array("I", [0])  # where the parts of each entry end in _parts
        self._parts = array("I")
        self._sizes = bytearray()  # how many of them were words of the name; the others are two words in one
        self._carriers: list[array[int]] = []  # for each part of the vocabulary the entries that have it
        for key, name in names:
            self.add(key, name)

    def __len__(self) -> int:
        """How many ids have a name here."""
        return len(self._entries)

    def add(self, key: Id, name: str) -> None:
        """Take up one more spelling of this id's name; one without letters is passed over."""
        parts = parse(name).parts
        if not parts:
            return
        entry = len(self._ids)
        self._ids.append(key)
        self._entries[key] = (*self._entries_of(key), entry) if key in self._entries else entry
        numbers = [self._number(part) for part in (*parts, *_compounds(parts))]
        self._parts.extend(numbers)
        self._ends.append(len(self._parts))
        self._sizes.append(len(parts))
        for number in set(numbers):
            self._carriers[number].append(entry)

    def remove(self, key: Id) -> None:
        """Forget all spellings of this id. Their places stay empty: build anew when most have changed."""
        for entry in self._entries_of(key):
            self._ids[entry] = None
        self._entries.pop(key, None)

    def search(self, text: str, limit: int = 10) -> list[tuple[Id, float]]:
        """The ids whose names are most likely this person's, best first.

        Who answers to more of the words asked for stands before a namesake of whom less is known, at a score a
        little higher: three words in other letters say more than two that are the same.
        """
        wanted = parse(text)
        best: dict[Id, tuple[float, float]] = {}
        worst = 0.0  # of the best `limit` so far: who cannot reach it need not be compared
        for promise, entry in self._candidates(wanted):
            if promise < worst:
                break
            key = self._ids[entry]
            if key is not None:
                found = align(wanted, self._name(entry)).score
                rank = found - max(0, len(wanted.parts) - self._sizes[entry]) * LESS_KNOWN
                best[key] = max(best.get(key, (-1.0, 0.0)), (rank, found))
                worst = min(nlargest(limit, best.values()))[0] if len(best) >= limit else 0.0
        return [(key, found) for key, (_, found) in nlargest(limit, best.items(), key=lambda item: item[1])]

    def _entries_of(self, key: Id) -> tuple[int, ...]:
        found = self._entries.get(key, ())
        return found if isinstance(found, tuple) else (found,)

    def _number(self, part: Part) -> int:
        number = self._vocabulary.number(part)
        if number == len(self._carriers):
            self._carriers.append(array("I"))
        return number

    def _name(self, entry: int) -> Name:
        start = self._ends[entry]
        numbers = self._parts[start : start + self._sizes[entry]]
        return Name(tuple([self._vocabulary.parts[number] for number in numbers]))

    def _candidates(self, wanted: Name) -> list[tuple[float, int]]:
        """The entries worth comparing, the most promising first: they carry two of the parts asked for."""
        likes = [self._vocabulary.like(part) for part in (*wanted.parts, *_compounds(wanted.parts))]
        size = len(wanted.parts)
        promised = ((self._promise(entry, likes, size), entry) for entry in self._found(likes, size))
        return nlargest(SCORED, promised)

    def _found(self, likes: list[dict[int, float]], size: int) -> Iterable[int]:
        """Who carries all the parts asked for, then who carries two: those without a third that contradicts first."""
        if size < 2:
            return set().union(
                *(self._carrying(like, LEVELS[0]) or self._carrying(like, LEVELS[-1]) for like in likes)
            )
        whole: set[int] = set()
        if size > 2:
            whole = set.intersection(*(self._carrying(like, LEVELS[-1]) for like in likes[:size]))
        pairs: set[int] = set()
        carrying: list[set[int]] = []
        for level in LEVELS:
            if len(whole) + len(pairs) >= ENOUGH:
                break
            carrying = [self._carrying(like, level) for like in likes]
            for one, other in combinations(carrying, 2):
                pairs |= one & other
        if len(whole) + len(pairs) <= MOST:
            return whole | pairs

        def unmet(entry: int) -> int:
            return self._sizes[entry] - sum([entry in each for each in carrying])

        return chain(whole, sorted(pairs - whole, key=unmet)[: max(0, MOST - len(whole))])

    def _carrying(self, like: dict[int, float], level: float) -> set[int]:
        return set().union(
            *(self._carriers[number] for number, likeness in like.items() if likeness >= level)
        )

    def _promise(self, entry: int, likes: list[dict[int, float]], size: int) -> float:
        """The rank that this entry can reach: each part asked for met by the part of it that is most alike."""
        numbers = self._parts[self._ends[entry] : self._ends[entry + 1]]
        table = [[like.get(number, 0.0) for number in numbers] for like in likes]
        asked = sorted(map(max, table), reverse=True)
        here = sorted(map(max, zip(*table, strict=True)), reverse=True)  # one part cannot answer to two
        met: list[float] = [*map(min, asked, here)][: min(size, self._sizes[entry])]
        missing = max(0, size - self._sizes[entry]) * LESS_KNOWN
        return (1 - WEAKEST) * sum(met) / len(met) + WEAKEST * met[-1] - missing


def _compounds(parts: Sequence[Part]) -> list[Part]:
    """Neighbouring parts that others write as one word: Абду Малик, Шер Али, Кубат бек."""
    return [
        joined_part(first, second)
        for first, second in pairwise(parts)
        if first.folded in COMPOUND_HEADS or second.folded in COMPOUND_TAILS or second.stem in COMPOUND_TAILS
    ]
