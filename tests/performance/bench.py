"""`make bench`: what a request costs in processor time, beside the bare database in the same run.

The application is called as a web process calls it, without sockets. Milliseconds are processor time of
application plus database; only ratios within one table travel from machine to machine.
"""

import argparse
import base64
import json
import os
import platform
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpline.local.postgres import EmbeddedPostgres
from helpline.local.redis import EmbeddedRedis
from tests.performance import names

ROOT = Path(__file__).resolve().parents[2]
_OWN = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HELPLINE_KEYS", "EMAIL_URL"}


@contextmanager
def servers(*, quick: bool = False) -> Iterator[str]:
    """PostgreSQL and Redis for this run alone, and an environment that points to them."""
    with tempfile.TemporaryDirectory(prefix="hl-bench-") as name:
        folder = Path(name)
        postgres, redis = EmbeddedPostgres(folder, durable=False), EmbeddedRedis(folder, durable=False)
        for variable in [*os.environ]:
            if variable.removesuffix("_FILE") in _OWN:
                del os.environ[variable]
        try:
            postgres.start()
            redis.start()
            _environment(folder, postgres.url(), redis.url)
            # Tests need no packed files; a served helpline has them.
            os.environ["HELPLINE_ENV"] = "test" if quick else "development"
            yield postgres.url()
        finally:
            redis.close()
            postgres.stop()


def _environment(folder: Path, database: str, redis: str) -> None:
    keys = ",".join(
        f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in ("2024-03", "index")
    )
    os.environ.update(
        DJANGO_SETTINGS_MODULE="helpline.settings",
        DATABASE_URL=database,
        REDIS_URL=redis,
        SECRET_KEY=secrets.token_hex(32),
        HELPLINE_KEYS=keys,
        ALLOWED_HOSTS="localhost",
        EMAIL_URL="console:",
        STATIC_ROOT=str(folder / "static"),
        DB_POOL="on",
        LOG_LEVEL="WARNING",
        API_REQUESTS_A_MINUTE="1000000",
    )


def run(url: str, calls: int, *, quick: bool = False) -> dict[str, Any]:
    """Fill, measure everything, and answer the figures."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if not quick:
        call_command("collectstatic", interactive=False, verbosity=0)
    from tests.performance.fill import fill

    started = time.monotonic()
    filled = fill(calls)
    seconds = round(time.monotonic() - started, 1)
    print(f"{calls} calls written in {seconds} s", file=sys.stderr, flush=True)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "calls": calls,
        "fill_seconds": seconds,
        "rows": list(figures(url, filled, quick=quick)),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def figures(url: str, filled: Any, *, quick: bool) -> Iterator[dict[str, Any]]:
    """One line for each way to each operation."""
    from tests.performance.bare import Bare
    from tests.performance.measures import measures
    from tests.performance.meter import Meter

    meter = Meter(url)
    for each in measures(filled, Bare(url)):
        runs = 1 if quick else each.runs
        bare = meter.cost(each.bare, runs, each.prepare).total / each.per_run
        for way, work in each.ways.items():
            cost = meter.cost(work, runs, each.prepare)
            total = cost.total / each.per_run
            print(f"{each.name}, {way}: {total:.2f} ms", file=sys.stderr, flush=True)
            yield {
                "operation": each.name,
                "way": way,
                "ms": round(total, 3),
                "application_ms": round(cost.application / each.per_run, 3),
                "database_ms": round(cost.database / each.per_run, 3),
                "bare_ms": round(bare, 3),
                "ratio": round(total / bare, 1) if bare > 0.005 else None,
                "goal_ms": each.goal,
            }


def table(rows: Iterable[dict[str, Any]]) -> str:
    """The figures for a person."""
    lines = [f"{'operation':30}{'way':18}{'ms':>8}{'app':>8}{'db':>8}{'bare':>8}{'ratio':>8}{'goal':>7}"]
    for row in rows:
        ratio = "" if row["ratio"] is None else f"{row['ratio']:.1f}"
        goal = "" if row["goal_ms"] is None else f"{row['goal_ms']:g}"
        numbers = "".join(f"{row[name]:8.2f}" for name in ("ms", "application_ms", "database_ms", "bare_ms"))
        lines.append(f"{row['operation']:30}{row['way']:18}{numbers}{ratio:>8}{goal:>7}")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run, print and keep."""
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--quick", action="store_true", help="one run each: whether it works, not how fast")
    chosen = parser.parse_args(arguments)
    kept = Path(os.environ.get("HELPLINE_DATA") or ROOT / ".local")
    with servers(quick=chosen.quick) as url:
        found = run(url, chosen.calls, quick=chosen.quick)
    print(
        f"{found['calls']} calls, {found['machine']}; milliseconds of processor time a request, and against bare\n"
    )
    print(table(found["rows"]))
    if not chosen.quick:
        found["names"] = list(names.rows())
        print("\nNames, and a public matcher or exact matching beside it\n")
        print("\n".join(names.line(each) for each in found["names"]))
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    (kept / "bench.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(f"\nKept in {kept / 'bench.json'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
