"""The bare reference: the same rows with one ideal statement through psycopg and orjson, without a framework."""

import itertools
import uuid
from collections.abc import Callable
from typing import Any

import orjson
import psycopg
from psycopg import sql
from psycopg.rows import dict_row, tuple_row
from psycopg.types.json import Jsonb

from cases.models import Case, bucket_of

_CASE = """
    SELECT c.id, c.reference, c.topic, c.region, c.country, c.language, c.urgency, c.next_due_at, c.status,
           a.handle AS assignee, c.opened_at, o.handle AS opened_by, c.closed_at, c.closing_reason, c.version
    FROM cases_case c LEFT JOIN cases_user a ON a.id = c.assignee_id JOIN cases_user o ON o.id = c.opened_by_id
"""
_OPEN = " WHERE c.status IN ('new', 'in_progress', 'waiting', 'referred') "
_NEWEST = _CASE + _OPEN + "ORDER BY c.opened_at DESC, c.id LIMIT 25"
_QUEUE = (
    _CASE
    + _OPEN
    + "ORDER BY c.urgency, (c.status <> 'new'), c.next_due_at NULLS LAST, c.opened_at, c.id LIMIT 50"
)
_BY_NUMBER = """
    SELECT DISTINCT k.id, k.reference FROM cases_phone p JOIN cases_call k ON k.caller_id = p.person_id
    WHERE p.bucket = %s
"""
_HOURS = """
    SELECT date_trunc('hour', started_at) AS hour, count(*) FROM cases_call
    WHERE started_at >= now() - %s::interval AND started_at < now() GROUP BY 1 ORDER BY 1
"""
_CLAIM = """
    WITH due AS (
        SELECT f.id, f.case_id, f.assigned_to_id, f.revision FROM cases_followup f
        WHERE f.status = 'open' AND f.announced_at IS NULL AND f.due_at <= now()
        ORDER BY f.due_at, f.id LIMIT 500 FOR UPDATE SKIP LOCKED
    ), told AS (
        INSERT INTO cases_notice (id, key, to_id, kind, case_id, follow_up_id, code, created_at)
        SELECT gen_random_uuid(), 'bare:' || id || ':' || revision, assigned_to_id, 'follow_up.due', case_id, id,
               '1-1-1', now() FROM due
    )
    UPDATE cases_followup SET announced_at = now() WHERE id IN (SELECT id FROM due)
"""
_SENT = """
    UPDATE cases_delivery SET status = 'sent', sent_at = now(), attempts = attempts + 1 WHERE status = 'pending'
"""
# No reference anybody draws looks like these, so none is there already.
_REFERENCES = itertools.count(1)


class Bare:
    """One connection and the statements."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, row_factory=dict_row, prepare_threshold=1)

    def _rows(self, query: str, *values: Any) -> bytes:
        return orjson.dumps(self.connection.execute(query, values).fetchall())

    def newest(self) -> bytes:
        return self._rows(_NEWEST)

    def queue(self) -> bytes:
        return self._rows(_QUEUE)

    def one(self, case: Case) -> Callable[[], bytes]:
        query = _CASE + " WHERE c.id = %s"
        return lambda: self._rows(query, case.pk)

    def by_number(self, number: str) -> Callable[[], bytes]:
        return lambda: self._rows(_BY_NUMBER, bucket_of(number))

    def hours(self, span: str) -> Callable[[], bytes]:
        return lambda: self._rows(_HOURS, span)

    def claim(self) -> None:
        self.connection.execute(_CLAIM)

    def mark_sent(self) -> None:
        self.connection.execute(_SENT)

    def writes_of(self, act: Callable[[], object]) -> Callable[[], None]:
        """Do something once, see which rows it wrote, and answer a function that writes such rows again."""
        current = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS now"
        before = self.connection.execute(current).fetchone()
        act()
        written = {table: rows for table in self._tables() if (rows := self._since(table, before["now"]))}  # type: ignore[index]
        return lambda: self._write_again(written)

    def _tables(self) -> list[str]:
        query = "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'cases\\_%'"
        return [row["table_name"] for row in self.connection.execute(query)]

    def _since(self, table: str, before: int) -> list[dict[str, Any]]:
        query = sql.SQL("SELECT * FROM {} WHERE xmin::text::bigint >= %s AND xmin::text::bigint < 4000000000")
        return self.connection.execute(query.format(sql.Identifier(table)), [before]).fetchall()

    def _write_again(self, written: dict[str, list[dict[str, Any]]]) -> None:
        ids = {row["id"]: uuid.uuid4() for rows in written.values() for row in rows}
        with self.connection.pipeline(), self.connection.transaction():
            for table, rows in written.items():
                self._insert(table, [_renewed(row, ids) for row in rows])

    def _insert(self, table: str, rows: list[dict[str, Any]]) -> None:
        columns = list(rows[0])
        query = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.SQL(", ").join([sql.Placeholder()] * len(columns)),
        )
        with self.connection.cursor(row_factory=tuple_row) as cursor:
            for row in rows:
                cursor.execute(query, list(row.values()))


def _renewed(row: dict[str, Any], ids: dict[uuid.UUID, uuid.UUID]) -> dict[str, Any]:
    """The row under a new id, pointing to the other new rows; what must be unique is drawn anew."""
    fresh = {
        "reference": lambda: f"{next(_REFERENCES):09}",
        "client_uuid": uuid.uuid4,
        "key": lambda: uuid.uuid4().hex,
    }
    renewed = {}
    for name, value in row.items():
        if name in fresh and value is not None:
            renewed[name] = fresh[name]()
        elif isinstance(value, uuid.UUID):
            renewed[name] = ids.get(value, value)
        else:
            renewed[name] = Jsonb(value) if isinstance(value, dict) else value
    return renewed
