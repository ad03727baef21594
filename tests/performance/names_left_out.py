"""A check against tuning: leave one kind of pair out while choosing the weights, and see what that kind reaches.

`python -m tests.performance.names_left_out [FOLDER]`. If a kind only did well because the weights were chosen on it,
its rate would fall here.
"""

import argparse
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

from cases.names import align, likeness, score
from tests.performance.names import Pair, best, composed, from_folder

# Around the weights in use.
GRID = {
    (align, "WEAKEST"): (0.7, 0.8, 0.9),
    (likeness, "OTHER_NAME"): (0.4, 0.5, 0.6),
    (likeness, "BUDGET"): (4.5, 5.0, 5.5),
    (align, "NO_GIVEN_NAME"): (0.3, 0.4, 0.5),
}


def scores_by_weights(pairs: list[Pair]) -> dict[tuple[float, ...], list[float]]:
    """The score of every pair under every choice of weights."""
    used = [getattr(*where) for where in GRID]
    found = {}
    try:
        for weights in product(*GRID.values()):
            _set(weights)
            found[weights] = [score(a, b) for a, b, _, _ in pairs]
    finally:
        _set(used)
    return found


def _set(weights: Iterable[float]) -> None:
    for (module, name), weight in zip(GRID, weights, strict=True):
        setattr(module, name, weight)
    likeness.likeness.cache_clear()
    likeness.similarity.cache_clear()


def left_out(pairs: list[Pair]) -> Iterator[tuple[str, int, float, float, tuple[float, ...], float]]:
    """For each kind: its pairs, its rate when nothing and when it is left out, the weights and threshold chosen."""
    found = scores_by_weights(pairs)
    with_all = _choose(pairs, found, "")
    for kind in sorted({kind for _, _, _, kind in pairs}):
        without = _choose(pairs, found, kind)
        count = sum(pair[3] == kind for pair in pairs)
        yield (
            kind,
            count,
            _rate(pairs, found, kind, *with_all),
            _rate(pairs, found, kind, *without),
            *without,
        )


Choice = tuple[tuple[float, ...], float]


def _choose(pairs: list[Pair], found: dict[tuple[float, ...], list[float]], kind: str) -> Choice:
    """The weights and the threshold of the best F1 on all kinds but this one."""
    kept = [at for at, pair in enumerate(pairs) if pair[3] != kind]
    results = {
        weights: best([pairs[at] for at in kept], [scores[at] for at in kept])
        for weights, scores in found.items()
    }
    weights = max(results, key=lambda each: results[each][1])
    return weights, results[weights][0]


def _rate(
    pairs: list[Pair],
    found: dict[tuple[float, ...], list[float]],
    kind: str,
    weights: tuple[float, ...],
    threshold: float,
) -> float:
    """The share of this kind's pairs that are judged rightly."""
    rows = [
        (same, value >= threshold)
        for (_, _, same, k), value in zip(pairs, found[weights], strict=True)
        if k == kind
    ]
    return sum(bool(same) == verdict for same, verdict in rows) / len(rows)


def main() -> None:
    """Print a line a kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    folder = parser.parse_args().folder
    print(
        f"{'kind':22}{'pairs':>6}{'seen':>8}{'unseen':>8}   {', '.join(name for _, name in GRID)}; threshold"
    )
    for kind, count, seen, unseen, weights, threshold in left_out(
        (from_folder(folder) if folder else composed(1000)).pairs
    ):
        print(f"{kind:22}{count:>6}{seen:>8.3f}{unseen:>8.3f}   {weights}; {threshold:.3f}")


if __name__ == "__main__":
    main()
