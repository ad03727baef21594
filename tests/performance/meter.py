"""What something costs: processor time of this process and of the database sessions that served it."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psycopg

ROUNDS, ROUND_SECONDS = 5, 1.0
Work = Callable[[], object]


class Cost(NamedTuple):
    """Milliseconds of processor time for one run: in this process (all threads), and in PostgreSQL."""

    application: float
    database: float

    @property
    def total(self) -> float:
        return self.application + self.database


class Meter:
    """Reads the kernel's own accounts of every session of one database, to the nanosecond (Linux)."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True)

    def cost(self, work: Work, runs: int, prepare: Work = lambda: None) -> Cost:
        """The median of some rounds of at most `runs` runs each, after a warm-up; `prepare` precedes each round."""
        for _ in range(2):
            prepare()
            seconds = self._seconds(work)
        runs = max(min(runs, int(ROUND_SECONDS / seconds)), 1)
        rounds = [self._round(work, runs, prepare) for _ in range(ROUNDS)]
        return Cost(*(statistics.median(values) for values in zip(*rounds, strict=True)))

    def _seconds(self, work: Work) -> float:
        started = time.perf_counter()
        work()
        return max(time.perf_counter() - started, 1e-6)

    def _round(self, work: Work, runs: int, prepare: Work) -> Cost:
        prepare()
        sessions = self._sessions()
        database, application = _nanoseconds(sessions), time.process_time()
        for _ in range(runs):
            work()
        application, database = time.process_time() - application, _nanoseconds(sessions) - database
        return Cost(application * 1e3 / runs, database / 1e6 / runs)

    def _sessions(self) -> list[int]:
        query = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        return [pid for (pid,) in self.connection.execute(query)]


def _nanoseconds(sessions: list[int]) -> int:
    """Time on a processor; a session that has ended counts nothing."""
    files = (Path(f"/proc/{pid}/schedstat") for pid in sessions)
    return sum(int(file.read_text().split()[0]) for file in files if file.exists())
