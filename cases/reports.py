"""The counts that dashboards show. Counts only: no function here can reach a name.

Each number is defined once; the page and the endpoint call the same function. Live counts need `see statistics`;
a partner reads closed days, one table a day, with small cells and their complements held back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDay, TruncHour
from django.utils import timezone

from cases import enums
from cases.errors import NotAllowed
from cases.filters import is_late
from cases.models import Call, Case, Detention, FollowUp, Proceeding, PublishedFigure, User
from cases.regions import CODES, MOSCOW
from cases.rules import may

SMALLEST = 10
RAIDS_AND_DETENTIONS = (enums.Topic.RAID, enums.Topic.DETENTION)
INTERVALS = {"hour": (TruncHour, timedelta(hours=1)), "day": (TruncDay, timedelta(days=1))}
GROUPS: Mapping[str, tuple[str, ...]] = {
    "topic": tuple(enums.Topic.values),
    "region": tuple(sorted(CODES)),
    "outcome": tuple(enums.CallOutcome.values),
    "language": tuple(enums.Language.values),
    "urgency": tuple(enums.Urgency.values),
    "channel": tuple(enums.Channel.values),
}
LONGEST = {"hour": timedelta(days=31), "day": timedelta(days=3 * 366)}


@dataclass(frozen=True)
class Period:
    """From `since` up to, and without, `until`; days begin at midnight in Moscow."""

    since: datetime
    until: datetime

    @classmethod
    def last(cls, hours: int) -> "Period":
        """The hours up to now, the running hour included."""
        until = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        return cls(until - timedelta(hours=hours), until)

    @classmethod
    def of_day(cls, day: date) -> "Period":
        since = datetime(day.year, day.month, day.day, tzinfo=MOSCOW)
        return cls(since, since + timedelta(days=1))

    @classmethod
    def of_days(cls, first: date, last: date) -> "Period":
        """From the first day's midnight to the last day's."""
        return cls(cls.of_day(first).since, cls.of_day(last).until)

    def within(self, field: str) -> Q:
        return Q(**{f"{field}__gte": self.since, f"{field}__lt": self.until})


@dataclass(frozen=True)
class Cell:
    """One row of a table: the start of an interval or a code, and how many; None is held back."""

    key: str
    count: int | None


@dataclass(frozen=True)
class Table:
    """Rows and their sum; the sum is None where it is held back."""

    rows: list[Cell]
    total: int | None


@dataclass(frozen=True)
class Headline:
    """The first numbers of the dashboard."""

    calls: int
    raids_and_detentions: int
    cases_opened: int
    held_now: int
    unassigned_now: int
    follow_ups_overdue: int


def calls_by(user: User, group: str, period: Period, chosen: Q | None = None) -> Table:
    """Calls started in a period, by `hour` or `day` (every interval, also the empty ones) or by a coded column."""
    calls = _counted(user, Call).filter(period.within("started_at"), chosen or Q())
    rows = _by_interval(calls, group, period) if group in INTERVALS else _by_code(calls, group)
    return Table(rows, sum(row.count or 0 for row in rows))


def headline(user: User, period: Period) -> Headline:
    """What a coordinator looks at first: the period's calls and cases, and what stands open now."""
    calls = _counted(user, Call).filter(period.within("started_at"))
    sums = calls.aggregate(all=Count("pk"), held=Count("pk", filter=Q(topic__in=RAIDS_AND_DETENTIONS)))
    return Headline(
        calls=sums["all"],
        raids_and_detentions=sums["held"],
        cases_opened=_counted(user, Case).filter(period.within("opened_at")).count(),
        held_now=_counted(user, Detention).filter(ended_at__isnull=True).count(),
        unassigned_now=_counted(user, Case).open().filter(assignee__isnull=True).count(),
        follow_ups_overdue=_counted(user, FollowUp).filter(is_late()).count(),
    )


def rulings(user: User, period: Period, region: str) -> Table:
    """Our own court matters received in a period and region, by ruling; the key "" is "not ruled yet"."""
    matters = _counted(user, Proceeding).filter(period.within("received_at"), case__region=region)
    counts = dict(matters.order_by().values_list("ruling").annotate(count=Count("pk")))
    rows = [Cell(code, counts.get(code, 0)) for code in [*enums.Ruling.values, ""]]
    return Table(rows, sum(row.count or 0 for row in rows))


def published_figures(user: User, period: Period) -> QuerySet[PublishedFigure]:
    """What others published about days of a period, never mixed with our own counts."""
    days = Q(period_until_on__gte=period.since.astimezone(MOSCOW).date())
    days &= Q(period_from_on__lt=period.until.astimezone(MOSCOW).date())
    figures: QuerySet[PublishedFigure] = PublishedFigure.objects.visible_to(user).filter(days)
    return figures


def closed_day(user: User, group: str, day: date) -> Table:
    """What a partner may know of a day that is over: calls by a coded column, small cells held back.

    One table a day and no sums over several days, so that no two answers can be subtracted from each other. Nor can
    today's answer from yesterday's: a call that is written down when the day is over counts in no closed day.
    """
    if not may(user, "see closed statistics"):
        raise NotAllowed("see closed statistics")
    period = Period.of_day(day)
    if period.until > timezone.now():
        raise NotAllowed("see statistics")
    calls = Call.objects.reached_by(user, "see closed statistics").filter(period.within("started_at"))
    calls = calls.filter(logged_at__lt=period.until)
    counts = dict(calls.order_by().values_list(group).annotate(count=Count("pk")))
    return held_back({code: counts.get(code, 0) for code in GROUPS[group]})


def held_back(counts: Mapping[str, int], smallest: int = SMALLEST) -> Table:
    """Hide every count under `smallest`, zeros too, and then the least of the rest until what is hidden adds up to
    `smallest`: the shown rows and the sum together never give a small count away.
    """
    total = sum(counts.values())
    hidden = {key for key, count in counts.items() if count < smallest}
    rest = sorted((count, key) for key, count in counts.items() if key not in hidden)
    while rest and hidden and sum(counts[key] for key in hidden) < smallest:
        hidden.add(rest.pop(0)[1])
    rows = [Cell(key, None if key in hidden else count) for key, count in counts.items()]
    return Table(rows, total if total >= smallest else None)


def _counted(user: User, model: type[Any]) -> Any:
    if not may(user, "see statistics"):
        raise NotAllowed("see statistics")
    return model.objects.reached_by(user, f"count {model.noun}")


def _by_interval(calls: QuerySet[Any], group: str, period: Period) -> list[Cell]:
    trunc, step = INTERVALS[group]
    counts = dict(
        calls.order_by().values_list(trunc("started_at", tzinfo=MOSCOW)).annotate(count=Count("pk"))
    )
    start = period.since.astimezone(MOSCOW).replace(minute=0, second=0, microsecond=0)
    if group == "day":
        start = start.replace(hour=0)
    rows = []
    while start < period.until:
        rows.append(Cell(start.isoformat(), counts.get(start, 0)))
        start += step
    return rows


def _by_code(calls: QuerySet[Any], group: str) -> list[Cell]:
    """The codes that occur, the most frequent first."""
    counts = calls.order_by().values_list(group).annotate(count=Count("pk"))
    return [Cell(key, count) for key, count in sorted(counts, key=lambda pair: (-pair[1], pair[0]))]
