"""The different parts that the names of an index are made of, found by likeness."""

from __future__ import annotations  # array[int] is a type for the checker only before Python 3.12

from array import array
from collections import defaultdict
from typing import Final

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import extract

from cases.names.likeness import OTHER_NAME, similarity, skeleton
from cases.names.parts import Part

LEAST: Final = 0.6
CACHED: Final = 4096


class Vocabulary:
    """Parts by number, with their skeletons and groups beside them."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self._numbers: dict[Part, int] = {}
        self._by_skeleton: dict[str, array[int]] = {}
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        self._by_group: defaultdict[int, array[int]] = defaultdict(lambda: array("I"))
        self._likes: dict[Part, dict[int, float]] = {}

    def number(self, part: Part) -> int:
        """The number of a part, given out at its first sight."""
        number = self._numbers.get(part)
        if number is None:
            number = self._numbers[part] = len(self.parts)
            self.parts.append(part)
            for bones in {skeleton(part.stem), skeleton(part.short or part.stem)}:
                if bones not in self._by_skeleton:
                    self._by_skeleton[bones] = array("I")
                    self._by_length[len(bones)].append(bones)
                self._by_skeleton[bones].append(number)
            for group in part.groups:
                self._by_group[group].append(number)
            self._likes.clear()
        return number

    def like(self, part: Part) -> dict[int, float]:
        """The numbers of the parts that may be this one, with their likeness."""
        found = self._likes.get(part)
        if found is None:
            if len(self._likes) >= CACHED:
                self._likes.clear()
            found = self._likes[part] = {
                number: likeness
                for number in self._near(part)
                if (likeness := similarity(part, self.parts[number])) >= LEAST
            }
        return found

    def _near(self, part: Part) -> set[int]:
        """Parts of the same group, of the same skeleton, or of one that differs in a letter."""
        found: set[int] = set()
        for group in part.groups:
            found.update(self._by_group[group])
        for bones in {skeleton(part.stem), skeleton(part.short or part.stem)}:
            for near in self._near_skeletons(bones):
                found.update(n for n in self._by_skeleton[near] if self._possible(part, self.parts[n]))
        return found

    def _near_skeletons(self, bones: str) -> list[str]:
        letters = 1 if len(bones) > 1 else 0
        return [
            near
            for length in range(len(bones) - letters, len(bones) + letters + 1)
            for near, _, _ in extract(
                bones, self._by_length[length], scorer=Levenshtein.distance, score_cutoff=letters, limit=None
            )
        ]

    def _possible(self, part: Part, other: Part) -> bool:
        """Whether comparing is worth its time: not two known names, and not too many letters apart."""
        if part.groups and other.groups:
            return bool(part.groups & other.groups) or OTHER_NAME > LEAST
        letters = 2 if len(part.stem) <= 5 else 3
        return Levenshtein.distance(part.stem, other.stem, score_cutoff=letters) <= letters
