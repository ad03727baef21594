"""Take a full name apart: which words are names, what their endings say of family, father and sex."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cases.names.fold import canonical, fold, is_consonantal, plain, settle, style_of
from cases.names.known import groups_of
from cases.names.tables import (
    DAUGHTER,
    OPTIONAL_ENDINGS,
    PATRONYMIC_ENDING,
    SON,
    SURNAME_ENDING,
)

_WORD: Final = re.compile(r"[^\W\d_](?:[^\W_]|[\u0300-\u036f'\u200c])*")
_HYPHEN: Final = re.compile(r"(?<=\w)\s?[-‐‑–—]\s?(?=\w)")
_PATRONYMIC: Final = re.compile(rf"^(.{{2,}}?){PATRONYMIC_ENDING}$")
_SURNAME: Final = re.compile(rf"^(.{{2,}}?){SURNAME_ENDING}$")
_GLUED_SON: Final = re.compile(r"^(.{3,}?)(?:[uo]gl[iu]|[uo]gil|ulu)$")
_GLUED_DAUGHTER: Final = re.compile(r"^(.{3,}?)(?:kizi|gizi)$")
_FAMILY: Final = re.compile(
    r"^(?:(.{3,}?)[zsx][oa]d(?:[aeo]h?|h)|(.{5,}?)z[oa]d|(.{3,})i[ea]n|(.{4,})pur|(.{5,})far)$"
)
_ZODA: Final = re.compile(r"^[zsx][oa]d[aeo]?h?$")
_OPTIONAL: Final = re.compile(rf"^(.{{3,}}?)(?:{'|'.join(OPTIONAL_ENDINGS)})$")

MOST_PARTS: Final = 5


class Role(StrEnum):
    """What the ending of a part says it is; most given names say nothing."""

    ANY = ""
    SURNAME = "surname"
    PATRONYMIC = "patronymic"
    FAMILY = "family"  # -зода, -иён: a surname for one clerk, a patronymic for the next


class Sex(StrEnum):
    """What the ending of a part says of the person."""

    UNKNOWN = ""
    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name, folded, and what it is without its ending."""

    folded: str
    stem: str
    role: Role = Role.ANY
    sex: Sex = Sex.UNKNOWN
    groups: frozenset[int] = frozenset()
    short: str = ""  # the stem without -ҷон, -бек … when it has such an ending
    consonantal: bool = False
    letters: str = ""  # folded before Муҳаммад, -улло and the like became one: a slip may keep them from it

    def __hash__(self) -> int:
        """Of one field only: parts are looked up by the million."""
        return hash(self.folded)


@dataclass(frozen=True, slots=True)
class Name:
    """A full name, taken apart, and its words as they were written."""

    parts: tuple[Part, ...]
    words: tuple[str, ...] = ()

    @property
    def sex(self) -> Sex:
        """The sex that the endings agree on; unknown when they say nothing or contradict each other."""
        said = {part.sex for part in self.parts} - {Sex.UNKNOWN}
        return said.pop() if len(said) == 1 else Sex.UNKNOWN


@lru_cache(maxsize=1 << 13)
def parse(text: str) -> Name:
    """Take a name apart. Any text is a name; one without letters has no parts."""
    text = plain(text)
    style = style_of(text)
    parts: list[Part] = []
    words: list[str] = []
    for word in _WORD.findall(_HYPHEN.sub("", text)):
        part = part_of(word, style)
        if parts and (said := _said_of_the_word_before(part)):
            parts[-1] = make_part(parts[-1].folded, *said, letters=parts[-1].letters)
            words[-1] += f" {word}"
        elif part.folded:
            parts.append(part)
            words.append(word)
    return Name(tuple(_family_of_two(parts, words)[:MOST_PARTS]), tuple(words[:MOST_PARTS]))


def _family_of_two(parts: list[Part], words: list[str]) -> list[Part]:
    """Асан Жусуп уулу has no other family name: the same clerk may write Асан Жусупов tomorrow."""
    if len(parts) != 2 or {part.role for part in parts} != {Role.ANY, Role.PATRONYMIC}:
        return parts
    return [
        replace(part, role=Role.FAMILY) if part.role and " " in word else part
        for part, word in zip(parts, words, strict=True)
    ]


def _said_of_the_word_before(part: Part) -> tuple[Role, Sex] | None:
    """What a word like ўғли, кызы or зода says of the name it follows."""
    if part.folded in SON:
        return Role.PATRONYMIC, Sex.MALE
    if part.folded in DAUGHTER:
        return Role.PATRONYMIC, Sex.FEMALE
    return (Role.FAMILY, Sex.UNKNOWN) if _ZODA.match(part.folded) else None


@lru_cache(maxsize=1 << 17)
def part_of(word: str, style: str) -> Part:
    """One plain word as a part, its ending read off."""
    letters = fold(word, style)
    folded = canonical(letters)
    stem, role, sex = _ending(folded)
    return make_part(folded, role, sex, stem if role else "", is_consonantal(word), letters)


def _ending(folded: str) -> tuple[str, Role, Sex]:
    """What is left of a folded word without its ending, and what the ending says."""
    female = Sex.FEMALE if folded.endswith(("a", "o")) else Sex.MALE
    if found := _PATRONYMIC.match(folded):
        return found[1], Role.PATRONYMIC, female
    if found := _SURNAME.match(folded):
        return found[1], Role.SURNAME, female
    if found := _GLUED_SON.match(folded):
        return found[1], Role.PATRONYMIC, Sex.MALE
    if found := _GLUED_DAUGHTER.match(folded):
        return found[1], Role.PATRONYMIC, Sex.FEMALE
    if found := _FAMILY.match(folded):
        return next(stem for stem in found.groups() if stem), Role.FAMILY, Sex.UNKNOWN
    return folded, Role.ANY, Sex.UNKNOWN


def make_part(
    folded: str,
    role: Role = Role.ANY,
    sex: Sex = Sex.UNKNOWN,
    stem: str = "",
    consonantal: bool = False,
    letters: str = "",
) -> Part:
    """A part with what follows from its stem: the group of spellings and the shorter form."""
    stem = canonical(stem) if stem else folded
    optional = None if groups_of(stem) else _OPTIONAL.match(stem)
    short = optional[1] if optional else ""
    return Part(
        folded, trimmed(stem), role, sex, _groups(stem, short, role), short, consonantal, letters or folded
    )


def _groups(stem: str, short: str, role: Role) -> frozenset[int]:
    """Which known name the stem is: as it stands, with the vowel its ending took, or without -бек."""
    return groups_of(stem) or (groups_of(stem + "i") if role else frozenset()) or groups_of(short)


def joined(name: Name, at: int) -> Name:
    """The name with the part at this place and the next one written as one word: Абду Малик, Шер Али."""
    words = name.words and (*name.words[:at], " ".join(name.words[at : at + 2]), *name.words[at + 2 :])
    return Name((*name.parts[:at], joined_part(*name.parts[at : at + 2]), *name.parts[at + 2 :]), words)


@lru_cache(maxsize=1 << 16)
def joined_part(first: Part, second: Part) -> Part:
    """Two neighbouring parts as one; what the second says of role and sex holds for both."""
    folded = canonical(settle(first.folded + second.folded))
    stem, role, sex = _ending(folded)
    if role is Role.ANY and second.role is not Role.ANY:
        role, sex = second.role, second.sex
    return make_part(folded, role, sex, stem if stem != folded else "")


def trimmed(stem: str) -> str:
    """The stem without its last vowels: Мустафо and Мустафоев meet."""
    short = stem.rstrip("aoue" + "i")
    return short if len(short) >= 2 else stem
