"""Compose the pairs and the population on which the matching is measured; nobody is meant by any of them.

`python -m tests.cases.names.compose` writes `pairs.tsv` anew; a seed makes it the same each time.
"""

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from tests.cases.names.spelling import LATIN_STYLES, latin, russian, slip, uzbek_cyrillic

HERE = Path(__file__).parent
PAIRS = HERE / "pairs.tsv"
SEED = 1402


@dataclass(frozen=True)
class Someone:
    """A composed person: three given names, of oneself, of the father, of the family."""

    given: str
    father: str
    family: str
    female: bool
    habit: str  # how the country of the passport forms names: tajik, zoda, uzbek, kyrgyz


@cache
def lexicon() -> dict[str, list[str]]:
    """The given names by sex."""
    lines = (HERE / "lexicon.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split(": ", 1) for line in lines if not line.startswith("#"))
    return {sex: names.split() for sex, names in rows}


def someone(rng: random.Random) -> Someone:
    """A person of three different names."""
    female = rng.random() < 0.25
    father, family = rng.sample(lexicon()["male"], 2)
    given = rng.choice([n for n in lexicon()["female" if female else "male"] if n not in (father, family)])
    return Someone(given, father, family, female, rng.choice(["tajik", "tajik", "zoda", "uzbek", "kyrgyz"]))


def _base(name: str) -> str:
    """The name before an ending: its last vowel gives way."""
    return name[:-1] if name[-1] in "аӣея" else name


def surname(who: Someone, form: str) -> str:
    """The family name as one habit forms it."""
    if form == "zoda":
        return who.family + "зода"
    ending = "ев" if who.family[-1] in "оеёйӣ" else "ов"
    return _base(who.family) + ending + ("а" if who.female else "")


def patronymic(who: Someone, form: str) -> str:
    """The father's name as one habit forms it; empty when it is left out."""
    if form == "none":
        return ""
    if form == "uzbek":
        return who.father + (" қизи" if who.female else " ӯғли")
    if form == "kyrgyz":
        return who.father + (" кызы" if who.female else " уулу")
    if form == "zoda":
        return who.father
    soft = "ев" if who.father[-1] in "оеёйӣ" else "ов"
    return _base(who.father) + soft + ("на" if who.female else "ич")


def full(who: Someone, form: str, order: str = "family") -> str:
    """The whole name in Tajik letters."""
    words = (surname(who, "zoda" if form == "zoda" else "ov"), who.given, patronymic(who, form))
    if order == "given":
        words = (words[1], words[2], words[0])
    elif order == "short":
        words = (words[1], words[0], "")
    return " ".join(word for word in words if word)


def written(text: str, rng: random.Random) -> str:
    """The name as some clerk writes it."""
    choice = rng.choice(["own", "russian", "russian", "uzbek", *LATIN_STYLES, "passport", "english"])
    text = _in(text, choice, rng)
    return text.upper() if rng.random() < 0.15 else text


def _in(text: str, choice: str, rng: random.Random) -> str:
    if choice in LATIN_STYLES:
        return latin(text, choice, rng)
    if choice == "russian":
        return russian(text, rng)
    return text


def _same(kind: str, who: Someone, rng: random.Random) -> tuple[str, str]:
    form = who.habit
    a = full(who, form, rng.choice(["family", "given"]))
    b = full(who, form, rng.choice(["family", "given"]))
    if kind == "dropped":
        return written(a, rng), written(full(who, "zoda" if form == "zoda" else "none", "short"), rng)
    if kind == "patronymic":
        forms = ["tajik", "uzbek", "kyrgyz"] if form != "zoda" else ["zoda"]
        return written(a, rng), written(full(who, rng.choice(forms)), rng)
    if kind in LATIN_STYLES:
        return a if rng.random() < 0.5 else russian(a, rng), latin(b, kind, rng)
    if kind == "typo":
        return written(a, rng), slip(written(b, rng), rng)
    if kind == "space":
        return written(a, rng), written(_respaced(b), rng)
    if kind == "russified":
        return (a if rng.random() < 0.5 else uzbek_cyrillic(a)), russian(b, rng)
    return written(a, rng), slip(written(full(who, form, "short"), rng), rng)  # combined


_HEADS = ("Абду", "Муҳаммад", "Маҳмад", "Саид", "Мирзо", "Давлат", "Худой", "Сафар", "Имом", "Нур", "Хол")


def _respaced(text: str) -> str:
    for head in _HEADS:
        for word in text.split():
            if (
                word.startswith(head)
                and len(word) > len(head) + 3
                and not word[len(head) :].startswith(("ов", "ев", "зода"))
            ):
                return text.replace(word, f"{head} {word[len(head) :].capitalize()}", 1)
    return text.replace("зода", "-зода") if "зода" in text else text.replace(" ", "  ", 1)


def _distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row, before = [i], row
        for j, y in enumerate(b, 1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (x != y)))
    return row[-1]


def _near(name: str, female: bool, rng: random.Random) -> str:
    """Another name that looks alike; forms of one name do not count as another."""
    pool = [
        n
        for n in lexicon()["female" if female else "male"]
        if n != name and not {n, name} <= {"Ҳаким", "Ҳоким"}
    ]
    return rng.choice(sorted(pool, key=lambda n: (_distance(name, n), n))[:3])


def _other(name: str, female: bool, rng: random.Random) -> str:
    return rng.choice([n for n in lexicon()["female" if female else "male"] if n != name])


def _unlike(kind: str, who: Someone, rng: random.Random) -> tuple[str, str]:
    other = _OTHERS[kind](who, rng)
    order = rng.choice(["family", "given"])
    if kind.endswith("_short"):
        a, b = full(who, "none", "short"), full(other, "none", "short")
    else:
        a, b = full(who, who.habit, order), full(other, other.habit, rng.choice(["family", "given"]))
    return written(a, rng), written(b, rng)


def _sister(who: Someone, rng: random.Random) -> Someone:
    return replace(who, given=_other(who.given, not who.female, rng), female=not who.female)


_OTHERS: dict[str, Callable[[Someone, random.Random], Someone]] = {
    "brother": lambda w, r: replace(w, given=_other(w.given, w.female, r)),
    "brother_near": lambda w, r: replace(w, given=_near(w.given, w.female, r)),
    "brother_short": lambda w, r: replace(w, given=_other(w.given, w.female, r)),
    "brother_near_short": lambda w, r: replace(w, given=_near(w.given, w.female, r)),
    "sister": _sister,
    "father_son": lambda w, r: replace(w, given=w.father, father=_other(w.father, False, r), female=False),
    "namesake": lambda w, r: replace(w, father=_other(w.father, False, r)),
    "namesake_near": lambda w, r: replace(w, father=_near(w.father, False, r)),
    "other_family": lambda w, r: replace(w, family=_other(w.family, False, r)),
    "near_family": lambda w, r: replace(w, family=_near(w.family, False, r)),
    "same_given": lambda w, r: replace(
        w, family=_other(w.family, False, r), father=_other(w.father, False, r)
    ),
}
SAME = ("russified", *LATIN_STYLES, "dropped", "patronymic", "typo", "space", "combined")
UNLIKE = tuple(_OTHERS)


def pairs(seed: int = SEED, each: int = 40) -> list[tuple[str, str, int, str]]:
    """Pairs of one person's and of two persons' names: a, b, same, kind."""
    rng = random.Random(seed)
    rows = [(*_same(kind, someone(rng), rng), 1, kind) for kind in SAME for _ in range(each)]
    return rows + [
        (*_unlike(kind, someone(rng), rng), 0, kind) for kind in UNLIKE for _ in range(each * 3 // 2)
    ]


def population(size: int, seed: int = SEED + 1) -> list[str]:
    """Composed names to search in."""
    rng = random.Random(seed)
    people = (someone(rng) for _ in range(size))
    return [written(full(w, w.habit, rng.choice(["family", "given", "given", "short"])), rng) for w in people]


def committed() -> list[tuple[str, str, int, str]]:
    """The pairs as they are in the repository."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [(a, b, int(same), kind) for a, b, same, kind in csv.reader(file, delimiter="\t")]


if __name__ == "__main__":
    with PAIRS.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(pairs())
