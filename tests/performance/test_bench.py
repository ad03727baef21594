"""That the benchmarks run and say what they say; how fast is for `make bench`."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.performance.bench import ROOT, table

WAYS = {
    ("open cases, 25 rows", "api"),
    ("queue, 50 rows", "page"),
    ("retrieve a case", "api"),
    ("find by phone", "api"),
    ("statistics, 24 hours", "api"),
    ("log a call", "api"),
    ("log a call", "page"),
    ("log a call that opens a case", "api"),
    ("log a call that opens a case", "page"),
}


def test_the_benchmarks_run_at_a_tiny_size_print_a_table_and_keep_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.performance.bench", "--calls", "60", "--quick"],
        cwd=ROOT,
        env={**os.environ, "HELPLINE_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert {(row["operation"], row["way"]) for row in kept["rows"]} >= WAYS
    assert table(kept["rows"]) in done.stdout
    assert all(row["ms"] > 0 for row in kept["rows"])


def test_the_table_shows_the_ratio_to_the_bare_database_and_the_goal() -> None:
    row = {
        "operation": "queue",
        "way": "api",
        "ms": 2.5,
        "application_ms": 2,
        "database_ms": 0.5,
        "bare_ms": 0.25,
    }
    assert table([{**row, "ratio": 10.0, "goal_ms": 3}]).splitlines()[1].split() == [
        *("queue", "api", "2.50", "2.00", "0.50", "0.25", "10.0", "3"),
    ]
