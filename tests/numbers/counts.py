"""Counts in SQL, written by hand from what the words on the pages mean, and nothing of `cases.reports`.

`{mine}` is who looks: a coordinator has their regions and what is of none, an administrator counts everything.
"""

from datetime import datetime
from typing import Any

from django.db import connection

from cases.models import User

_MINE = "(%(everywhere)s OR r.region = ANY(%(regions)s))"
_OPEN = "r.status IN ('new', 'in_progress', 'waiting', 'referred')"
_BEGUN = "FROM cases_call r WHERE {mine} AND r.started_at >= %(since)s AND r.started_at < %(until)s"
_PROMISED = "FROM cases_followup f JOIN cases_case r ON r.id = f.case_id WHERE f.status = 'open'"
_HEARD = (
    "FROM cases_proceeding p JOIN cases_case r ON r.id = p.case_id WHERE {mine} AND r.region = %(region)s"
)
_ITS_DAYS = """
    p.received_at >= %(from_on)s::date::timestamp AT TIME ZONE 'Europe/Moscow'
    AND p.received_at < (%(until_on)s::date + 1)::timestamp AT TIME ZONE 'Europe/Moscow'
"""
# A counsellor's cases: those they hold, opened or took a call about.
_WORKED_ON = """
    (r.assignee_id = %(me)s OR r.opened_by_id = %(me)s
     OR EXISTS (SELECT FROM cases_call k WHERE k.case_id = r.id AND k.counsellor_id = %(me)s))
"""

DASHBOARD = {
    "calls": f"SELECT count(*) {_BEGUN}",
    "raids_and_detentions": f"SELECT count(*) {_BEGUN} AND r.topic IN ('raid', 'detention')",
    "cases_opened": "SELECT count(*) FROM cases_case r "
    "WHERE {mine} AND r.opened_at >= %(since)s AND r.opened_at < %(until)s",
    "held_now": "SELECT count(*) FROM cases_detention d JOIN cases_case r ON r.id = d.case_id "
    "WHERE {mine} AND d.ended_at IS NULL",
    "unassigned_now": f"SELECT count(*) FROM cases_case r WHERE {{mine}} AND {_OPEN} AND r.assignee_id IS NULL",
    "follow_ups_overdue": f"SELECT count(*) {_PROMISED} "
    "AND f.due_at < %(now)s AND ({mine} OR f.assigned_to_id = %(me)s)",
}
GROUPS = {
    **{
        name: f"SELECT r.{name}, count(*) {_BEGUN} GROUP BY 1"
        for name in ("topic", "region", "outcome", "language")
    },
    "hour": "SELECT to_char(r.started_at AT TIME ZONE 'Europe/Moscow', 'YYYY-MM-DD\"T\"HH24:00:00+03:00'), count(*) "
    f"{_BEGUN} GROUP BY 1",
    "day": "SELECT to_char(r.started_at AT TIME ZONE 'Europe/Moscow', 'YYYY-MM-DD\"T\"00:00:00+03:00'), count(*) "
    f"{_BEGUN} GROUP BY 1",
}
HOME = {
    "late": f"SELECT count(*) FROM cases_case r WHERE {{mine}} AND {_OPEN} AND r.next_due_at < %(now)s",
    "critical": f"SELECT count(*) FROM cases_case r WHERE {{mine}} AND {_OPEN} AND r.urgency = 'U0'",
    "nobodys": DASHBOARD["unassigned_now"],
    "mine": f"SELECT count(*) FROM cases_case r WHERE {_OPEN} AND r.assignee_id = %(me)s",
    "my_late": f"SELECT count(*) {_PROMISED} AND f.assigned_to_id = %(me)s AND f.due_at < %(now)s",
    "my_day": f"SELECT count(*) {_PROMISED} AND f.assigned_to_id = %(me)s",
}
HOLDERS = f"""
    SELECT u.handle, count(*) FROM cases_case r JOIN cases_user u ON u.id = r.assignee_id
    WHERE {{mine}} AND {_OPEN} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 8
"""
STAFF = "SELECT role, count(*) FROM cases_user WHERE is_active AND role <> 'system' GROUP BY 1"
UNREAD = "SELECT count(*) FROM cases_notice WHERE to_id = %(me)s AND read_at IS NULL"
LISTS = {
    "/cases/": f"SELECT count(*) FROM cases_case r WHERE {{mine}} AND {_OPEN}",
    "/follow-ups/": f"SELECT count(*) {_PROMISED} AND ({{mine}} OR f.assigned_to_id = %(me)s)",
    "/my-day/": HOME["my_day"],
    "/incidents/": "SELECT count(*) FROM cases_incident",
    "/notices/": "SELECT count(*) FROM cases_notice WHERE to_id = %(me)s",
    "/referrals/": "SELECT count(*) FROM cases_referral o JOIN cases_case r ON r.id = o.case_id "
    "WHERE {mine} OR o.to_id = %(organisation)s AND o.status IN ('offered', 'accepted')",
    "/audit/": "SELECT count(*) FROM cases_auditentry",
}
CALLS = {
    "coordinator": "SELECT count(*) FROM cases_call r WHERE {mine}",
    "counsellor": "SELECT count(*) FROM cases_call c LEFT JOIN cases_case r ON r.id = c.case_id "
    f"WHERE c.counsellor_id = %(me)s OR {_WORKED_ON}",
}
# What of ours stands beside a published figure.
OWN = {
    "court_received": f"SELECT count(*) {_HEARD} AND {_ITS_DAYS}",
    "court_examined": f"SELECT count(*) {_HEARD} AND {_ITS_DAYS} AND p.ruling <> ''",
    "court_forced_expulsion": f"SELECT count(*) {_HEARD} AND {_ITS_DAYS} AND p.ruling = 'forced_expulsion'",
    "court_self_departure": f"SELECT count(*) {_HEARD} AND {_ITS_DAYS} AND p.ruling = 'self_departure'",
    "court_other": f"SELECT count(*) {_HEARD} AND {_ITS_DAYS} AND p.ruling IN ('fine', 'returned', 'other')",
    "court_pending": f"SELECT count(*) {_HEARD} AND {_ITS_DAYS} AND p.ruling = ''",
    "hotline_calls": f"""
        SELECT count(*) FROM cases_call r WHERE {{mine}} AND %(region)s IN (r.region, 'unknown')
        AND {_ITS_DAYS.replace("p.received_at", "r.started_at")}
    """,
}


def rows(query: str, user: User, **given: Any) -> list[tuple[Any, ...]]:
    """Run a query as the eyes of a user see it."""
    mine = _WORKED_ON if user.role == "counsellor" else _MINE
    who = {
        "me": user.pk,
        "organisation": user.organisation_id,
        "everywhere": user.role == "administrator" or "*" in user.regions,
        "regions": [*user.regions, "unknown", "abroad"] if user.role == "coordinator" else [],
    }
    with connection.cursor() as cursor:
        cursor.execute(query.replace("{mine}", mine), {**who, **given})
        return list(cursor.fetchall())


def count(query: str, user: User, **given: Any) -> int:
    return int(rows(query, user, **given)[0][0])


def each(queries: dict[str, str], user: User, **given: datetime) -> dict[str, int]:
    """Several counts, by name."""
    return {name: count(query, user, **given) for name, query in queries.items()}
