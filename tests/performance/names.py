"""How well and how fast names are matched, beside exact matching and public matchers.

`python -m tests.performance.names` prints the rows for the composed pairs; with a folder that holds `dev_pairs.tsv`
and `dev_population.tsv` (columns a, b, same, kind, a_id and id, name) for those; with `--people 1000000` what an
index of that size costs.
"""

import argparse
import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from anyascii import anyascii
from rapidfuzz import fuzz, process

from cases.names import NameIndex, score
from tests.cases.names.compose import committed, population

Pair = tuple[str, str, int, str]
Scorer = Callable[[str, str], float]


@dataclass(frozen=True)
class Names:
    """Pairs to tell apart, and people to search among: each `b` of one person should find its `a`."""

    pairs: list[Pair]
    people: list[tuple[int, str]]
    wanted: list[tuple[str, int]]  # what is asked for, and who should be found


@cache
def _plain(text: str) -> str:
    return anyascii(text).casefold()


@cache
def _sorted(text: str) -> str:
    return " ".join(sorted(_plain(text).replace(",", " ").split()))


@cache
def _codes(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(_soundex().encode(word)) for word in _sorted(text).split())


@cache
def _soundex() -> Any:
    return import_module("abydos.phonetic").DaitchMokotoff()


def daitch_mokotoff(a: str, b: str) -> float:
    """The share of words that sound alike, by the codes of Daitch and Mokotoff."""
    x, y = _codes(a), _codes(b)
    if not (x and y):
        return 0.0
    met = sum(any(one & other for other in y) for one in x)
    return 0.7 * min(1.0, met / min(len(x), len(y))) + 0.3 * met / max(len(x), len(y))


def references() -> dict[str, Scorer]:
    """What a helpline without this would use; the phonetic one only where its library is installed (GPL)."""
    found: dict[str, Scorer] = {
        "exact": lambda a, b: float(a == b),
        "folded exact": lambda a, b: float(_sorted(a) == _sorted(b)),
        "rapidfuzz WRatio": lambda a, b: fuzz.WRatio(_plain(a), _plain(b)) / 100,
    }
    try:
        import_module("abydos.phonetic")
    except ImportError:
        return found
    return found | {"Daitch-Mokotoff": daitch_mokotoff}


def composed(size: int = 20_000) -> Names:
    """The pairs of the repository among composed people."""
    pairs = committed()
    people = [(number, a) for number, (a, _, same, _) in enumerate(pairs) if same]
    wanted = [(b, number) for number, (_, b, same, _) in enumerate(pairs) if same]
    others = population(size - len(people))
    return Names(pairs, people + [(-1 - number, name) for number, name in enumerate(others)], wanted)


def from_folder(folder: Path) -> Names:
    """Pairs and people of a folder of the same columns."""
    rows, people = _read(folder / "dev_pairs.tsv"), _read(folder / "dev_population.tsv")
    return Names(
        [(row["a"], row["b"], int(row["same"]), row["kind"]) for row in rows],
        [(int(row["id"]), row["name"]) for row in people],
        [(row["b"], int(row["a_id"])) for row in rows if row["same"] == "1"],
    )


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def best(pairs: Sequence[Pair], scores: Sequence[float]) -> tuple[float, float, float]:
    """The threshold of the best F1 (between two scores), that F1, and the false positives there."""
    ordered = sorted(zip(scores, (same for _, _, same, _ in pairs), strict=True), reverse=True)
    positives = sum(same for _, same in ordered)
    found = wrong = 0
    reached = (0.0, 1.0, 0.0)
    for (value, same), (lower, _) in zip(ordered, [*ordered[1:], (0.0, 0)], strict=True):
        found, wrong = found + same, wrong + (not same)
        f1 = 2 * found / max(1, positives + found + wrong)
        if value > lower and f1 > reached[0]:
            reached = (f1, (value + lower) / 2, wrong / max(1, len(pairs) - positives))
    return reached[1], reached[0], reached[2]


def recall(wanted: Sequence[tuple[str, int]], search: Callable[[str], Sequence[int]]) -> float:
    """How many of those asked for are among the first ten."""
    return sum(who in search(text) for text, who in wanted) / len(wanted)


def _folded_search(names: Names) -> Callable[[str], list[int]]:
    by_text: dict[str, list[int]] = {}
    for key, name in names.people:
        by_text.setdefault(_sorted(name), []).append(key)
    return lambda text: by_text.get(_sorted(text), [])[:10]


def _ratio_search(names: Names) -> Callable[[str], list[int]]:
    keys, texts = [key for key, _ in names.people], [_plain(name) for _, name in names.people]

    def search(text: str) -> list[int]:
        found = process.extract(_plain(text), texts, scorer=fuzz.WRatio, limit=10)
        return [keys[at] for _, _, at in found]

    return search


def _milliseconds(work: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    taken = []
    for text in texts:
        started = time.process_time()
        work(text)
        taken.append((time.process_time() - started) * 1e3)
    return taken


def row(name: str, value: float, reference: float | None = None) -> dict[str, Any]:
    """One line: the figure, what it stands beside, and how the two compare."""
    ratio = round(value / reference, 2) if reference else None
    return {
        "name": name,
        "value": round(value, 3),
        "reference": reference and round(reference, 3),
        "ratio": ratio,
    }


def rows(names: Names | None = None) -> Iterator[dict[str, Any]]:
    """Everything that `make bench` says of names: telling apart, finding, and what either costs."""
    names = names or composed()
    yield from _telling_apart(names)
    yield from _finding(names)


def _telling_apart(names: Names) -> Iterator[dict[str, Any]]:
    started = time.process_time()
    scores = [score(a, b) for a, b, _, _ in names.pairs]
    micros = (time.process_time() - started) / len(scores) * 1e6
    threshold, f1, wrong = best(names.pairs, scores)
    yield row("best threshold", threshold)
    for name, scorer in references().items():
        _, theirs, their_wrong = best(names.pairs, [scorer(a, b) for a, b, _, _ in names.pairs])
        yield row(f"F1 beside {name}", f1, theirs)
        yield row(f"false positives beside {name}", wrong, their_wrong)
    yield row("microseconds a comparison, first sight", micros)


def _finding(names: Names) -> Iterator[dict[str, Any]]:
    started = time.process_time()
    index = NameIndex(names.people)
    yield row(f"seconds to index {len(names.people)}", time.process_time() - started)
    ours = recall(names.wanted, lambda text: [key for key, _ in index.search(text, 10)])
    ratio, sample = _ratio_search(names), names.wanted[::3]
    yield row("recall@10 beside folded exact", ours, recall(names.wanted, _folded_search(names)))
    yield row("recall@10 beside a scan with WRatio", ours, recall(sample, ratio))
    texts = [text for text, _ in sample]
    fresh = NameIndex(names.people)
    yield row(
        "milliseconds a search, p50",
        median(_milliseconds(fresh.search, texts)),
        median(_milliseconds(ratio, texts[:40])),
    )


def at_size(people: int) -> Iterator[dict[str, Any]]:
    """What an index of that many composed people costs and still finds."""
    pairs = [(number, a, b) for number, (a, b, same, _) in enumerate(committed()) if same]
    others = population(people - len(pairs), seed=people)
    before, started = _resident(), time.process_time()
    index: NameIndex[int] = NameIndex((-1 - number, name) for number, name in enumerate(others))
    for number, a, _ in pairs:
        index.add(number, a)
    yield row(f"seconds to index {people}", time.process_time() - started)
    yield row("megabytes of the index", _resident() - before)
    found, taken = 0, []
    for number, _, b in pairs:
        taken += _milliseconds(lambda text: index.search(text, 10), [b])
        found += number in dict(index.search(b, 10))
    yield row("recall@10", found / len(pairs))
    yield row("milliseconds a search, p50", median(taken))
    yield row("milliseconds a search, p95", quantiles(taken, n=20)[-1])


def line(each: dict[str, Any]) -> str:
    """One row for a person: name, value, what it stands beside."""
    beside = "" if each["reference"] is None else f"{each['reference']:>12.3f}"
    return f"{each['name']:48}{each['value']:>12.3f}{beside}"


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--people", type=int)
    chosen = parser.parse_args()
    names = from_folder(chosen.folder) if chosen.folder else None
    for each in at_size(chosen.people) if chosen.people else rows(names):
        print(line(each))


if __name__ == "__main__":
    main()
