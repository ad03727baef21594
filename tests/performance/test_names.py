"""The benchmark of names works and tells what it should; how fast it is depends on the machine."""

import pytest

from tests.performance.names import at_size, best, composed, rows
from tests.performance.names_left_out import GRID, left_out


def test_the_best_threshold_lies_between_two_scores() -> None:
    pairs = [("a", "b", 1, ""), ("c", "d", 1, ""), ("e", "f", 0, ""), ("g", "h", 0, "")]
    assert best(pairs, [0.9, 0.8, 0.4, 0.8]) == (pytest.approx(0.6), 0.8, 0.5)


def test_names_are_told_apart_better_than_by_what_is_public() -> None:
    found = {row["name"]: row for row in rows(names=composed(2000))}
    f1, first_ten = found["F1 beside rapidfuzz WRatio"], found["recall@10 beside a scan with WRatio"]
    assert f1["value"] > 0.96 > 0.8 > f1["reference"]
    assert first_ten["value"] > 0.97


def test_an_index_of_some_size_says_what_it_costs() -> None:
    assert [row["name"] for row in at_size(1500)] == [
        "seconds to index 1500",
        "megabytes of the index",
        "recall@10",
        "milliseconds a search, p50",
        "milliseconds a search, p95",
    ]


def test_leaving_a_kind_out_leaves_the_weights_as_they_were() -> None:
    before = [getattr(*where) for where in GRID]
    kinds = [kind for kind, *_ in left_out(composed(1000).pairs[::20])]
    assert len(kinds) > 10
    assert [getattr(*where) for where in GRID] == before
