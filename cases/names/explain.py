"""Why two names are thought to be one person's, in codes that the doors put into words."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.names.align import NO_GIVEN_NAME, Alignment, align, missed
from cases.names.parts import Name, Part, Role, Sex, parse

ALIKE: Final = 0.7


class Code(StrEnum):
    """What a reason says; those of the second half speak against one person."""

    SAME_WORD = "same_word"
    OTHER_LETTERS = "other_letters"  # one sound in two scripts or habits
    OTHER_LANGUAGE = "other_language"  # Юсуф and Жусуп
    OTHER_ENDING = "other_ending"  # -ов and -зода, -ович and ўғли
    NEAR = "near"  # a letter or two
    JOINED = "joined"  # two words of one are one word of the other
    OTHER_ORDER = "other_order"
    NO_PATRONYMIC = "no_patronymic"
    NO_PART = "no_part"
    ONE_WORD = "one_word"
    TWO_NAMES = "two_names"  # each is a name of its own, however alike they look
    DIFFERENT = "different"
    NO_GIVEN_NAME = "no_given_name"
    SEX_DIFFERS = "sex_differs"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, with the words of the two names that it is about; empty where only one name has any."""

    code: Code
    a: str = ""
    b: str = ""


def explain(a: str, b: str) -> list[Reason]:
    """The reasons behind `score(a, b)`: word by word in the order of `a`, then what holds for the whole name."""
    first, second = parse(a), parse(b)
    if not (first.parts and second.parts):
        return []
    found = align(first, second)
    reasons = [_pair(found, i, j) for i, j, _ in sorted(found.pairs)]
    reasons += _joined(found.a, first, found.b, second) + _left_over(found)
    order = [j for _, j, _ in sorted(found.pairs)]
    if order != sorted(order):
        reasons.append(Reason(Code.OTHER_ORDER))
    if {found.a.sex, found.b.sex} == {Sex.MALE, Sex.FEMALE}:
        reasons.append(Reason(Code.SEX_DIFFERS))
    if min(len(found.a.parts), len(found.b.parts)) == 1:
        reasons.append(Reason(Code.ONE_WORD))
    return reasons


def _pair(found: Alignment, i: int, j: int) -> Reason:
    likeness = next(likeness for x, y, likeness in found.pairs if (x, y) == (i, j))
    p, q, x, y = found.a.parts[i], found.b.parts[j], found.a.words[i], found.b.words[j]
    return _reason(_code(p, q, x, y, likeness), x, y)


def _reason(code: Code, a: str = "", b: str = "") -> Reason:
    """The words are compared in small letters; a name is shown with a capital."""
    return Reason(
        code, *(" ".join(word[:1].upper() + word[1:] for word in words.split()) for words in (a, b))
    )


def _code(p: Part, q: Part, x: str, y: str, likeness: float) -> Code:
    if x == y:
        return Code.SAME_WORD
    if p == q or (likeness == 1.0 and (p.consonantal or q.consonantal)):
        return Code.OTHER_LETTERS
    if p.groups and q.groups and not p.groups & q.groups:
        return Code.TWO_NAMES
    if likeness < ALIKE:
        return Code.DIFFERENT
    if p.stem == q.stem:
        return Code.OTHER_LETTERS if p.role is q.role else Code.OTHER_ENDING
    return Code.OTHER_LANGUAGE if p.groups & q.groups else Code.NEAR


def _joined(a: Name, first: Name, b: Name, second: Name) -> list[Reason]:
    return [_reason(Code.JOINED, word, "") for word in a.words if word not in first.words] + [
        _reason(Code.JOINED, "", word) for word in b.words if word not in second.words
    ]


def _left_over(found: Alignment) -> list[Reason]:
    """The words of either name that nothing answers to."""
    of_a = {i for i, _, _ in found.pairs}
    of_b = {j for _, j, _ in found.pairs}
    left = [_reason(_missing(found.a, i), word, "") for i, word in enumerate(found.a.words) if i not in of_a]
    return left + [
        _reason(_missing(found.b, j), "", word) for j, word in enumerate(found.b.words) if j not in of_b
    ]


def _missing(name: Name, at: int) -> Code:
    if name.parts[at].role is Role.PATRONYMIC:
        return Code.NO_PATRONYMIC
    return Code.NO_GIVEN_NAME if missed(name)[at] == NO_GIVEN_NAME else Code.NO_PART
