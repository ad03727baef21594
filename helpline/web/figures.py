"""Numbers as pages show them: each with its words and, where there is one, the list of what it counts."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from cases.enums import CaseStatus
from cases.reports import Period

ANY_STATUS = ",".join(CaseStatus.values)


class Figure(NamedTuple):
    """A number. `name` is the code of what it counts, `url` the page with exactly these rows, empty where there is
    none for whoever looks.
    """

    name: str
    label: str | Promise
    figure: int
    url: str = ""
    late: bool = False


def calls_url(period: Period, **chosen: str) -> str:
    """The calls that began in a period; `chosen` are filters, several codes joined by commas."""
    ends = {"started_after": period.since.isoformat(), "started_before": period.until.isoformat()}
    return f"{reverse('web:calls')}?{urlencode({**ends, **chosen})}"


def queue_url(**chosen: str) -> str:
    """Cases: the open ones unless a status is chosen."""
    status = {} if "status" in chosen else {"open": "true"}
    return f"{reverse('web:queue')}?{urlencode({**status, **chosen})}"


def opened_url(period: Period) -> str:
    """The cases that were opened in a period, whatever became of them."""
    ends = {"opened_after": period.since.isoformat(), "opened_before": period.until.isoformat()}
    return queue_url(status=ANY_STATUS, **ends)
