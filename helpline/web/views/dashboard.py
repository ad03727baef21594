"""The numbers of a period, from the very functions that the API answers with."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases import reports
from cases.enums import CallOutcome, FigureKind, Language, Ruling, Topic
from cases.errors import NotAllowed
from cases.models import PublishedFigure, User
from cases.regions import MOSCOW, UNKNOWN, region_name
from cases.reports import Period
from cases.rules import may
from helpline.web.charts import bar_chart
from helpline.web.figures import ANY_STATUS, Figure, calls_url, opened_url, queue_url
from helpline.web.words import absolute

HOURS = {"24": _("24 h"), "48": _("48 h"), "168": _("7 days"), "720": _("30 days")}
USUAL = 48
HOURLY_UP_TO = timedelta(days=8)


class PeriodForm(forms.Form):
    """Two days, both included."""

    since = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """In order, and not for ever."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and not since <= until < since + reports.LONGEST["day"]:
            self.add_error("until", _("The end is before the start, or too far from it."))
        return data

    def period(self) -> Period:
        """From midnight to midnight in Moscow."""
        return Period.of_days(self.cleaned_data["since"], self.cleaned_data["until"])


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Calls by hour, topics, regions, outcomes, and what others published beside our own."""
    if not may(request.user, "see statistics"):
        raise NotAllowed("see statistics")
    days = {"since", "until"} & set(request.GET)
    form = PeriodForm(request.GET if days else None, label_suffix="")
    chosen = request.GET.get("hours", "") if not days else ""
    hours = int(chosen) if chosen in HOURS else USUAL
    period = form.period() if form.is_valid() else Period.last(hours)
    context = {
        "form": form,
        "hours": "" if form.is_valid() else str(hours),
        "choices": HOURS.items(),
        "period": period,
    }
    ends = {"since": absolute(period.since, MOSCOW), "until": absolute(period.until, MOSCOW)}
    return render(request, "web/dashboard.html", {**context, **ends, **_numbers(request.user, period)})


def _numbers(user: User, period: Period) -> dict[str, Any]:
    interval = "hour" if period.until - period.since <= HOURLY_UP_TO else "day"
    table = reports.calls_by(user, interval, period)
    over_time = _leading(user, [_stretch(cell, interval, period) for cell in table.rows])
    return {
        "tiles": _leading(user, _tiles(reports.headline(user, period), period)),
        "interval": interval,
        "over_time": over_time,
        "chart": bar_chart([(str(row.label), row.figure) for row in over_time]),
        "tables": [
            ("topic", _("Topics"), _rows(user, "topic", period, lambda code: Topic(code).label)),
            ("region", _("Regions"), _rows(user, "region", period, region_name)),
            ("outcome", _("Outcomes"), _rows(user, "outcome", period, lambda code: CallOutcome(code).label)),
            ("language", _("Languages"), _rows(user, "language", period, lambda code: Language(code).label)),
        ],
        "figures": [(figure, _own(user, figure)) for figure in reports.published_figures(user, period)],
    }


def _leading(user: User, figures: list[Figure]) -> list[Figure]:
    """Figures that lead to their rows, for those who may see rows; the others see numbers alone."""
    return figures if may(user, "see case") else [figure._replace(url="") for figure in figures]


def _tiles(counts: reports.Headline, period: Period) -> list[Figure]:
    raids, held = ",".join(reports.RAIDS_AND_DETENTIONS), queue_url(held="true", status=ANY_STATUS)
    late, promises = counts.follow_ups_overdue, f"{reverse('web:follow_ups')}?overdue=true"
    about, nobodys = _("about raids and detentions"), _("cases nobody holds, now")
    return [
        Figure("calls", _("calls"), counts.calls, calls_url(period)),
        Figure("raids_and_detentions", about, counts.raids_and_detentions, calls_url(period, topic=raids)),
        Figure("cases_opened", _("cases opened"), counts.cases_opened, opened_url(period)),
        Figure("held_now", _("held now"), counts.held_now, held),
        Figure("unassigned_now", nobodys, counts.unassigned_now, queue_url(assignee="none")),
        Figure("follow_ups_overdue", _("follow-ups overdue, now"), late, promises, late > 0),
    ]


def _stretch(cell: reports.Cell, interval: str, period: Period) -> Figure:
    """An hour or a day, as far as it lies within the period."""
    start, (_trunc, step) = datetime.fromisoformat(cell.key), reports.INTERVALS[interval]
    # Translators: date formats of Django: day, short month, hour and minute.
    pattern = gettext("j M H:i") if interval == "hour" else gettext("j M")
    within = Period(max(start, period.since), min(start + step, period.until))
    return Figure(cell.key, date_format(start, pattern), cell.count or 0, calls_url(within))


def _rows(user: User, group: str, period: Period, name: Any) -> list[Figure]:
    cells = reports.calls_by(user, group, period).rows
    rows = [(cell.key, cell.count or 0, calls_url(period, **{group: cell.key})) for cell in cells]
    return _leading(user, [Figure(code, name(code), count, url) for code, count, url in rows])


# Which of our own rulings stand beside a published figure; "" is a matter that is not ruled yet.
_COURT = {
    FigureKind.COURT_RECEIVED: {*Ruling.values, ""},
    FigureKind.COURT_EXAMINED: set(Ruling.values),
    FigureKind.COURT_FORCED_EXPULSION: {Ruling.FORCED_EXPULSION},
    FigureKind.COURT_SELF_DEPARTURE: {Ruling.SELF_DEPARTURE},
    FigureKind.COURT_OTHER: {Ruling.FINE, Ruling.RETURNED, Ruling.OTHER},
    FigureKind.COURT_PENDING: {""},
}


def _own(user: User, figure: PublishedFigure) -> int | None:
    """Our own count of the same thing, the same days and region; None where we count no such thing."""
    period = Period.of_days(figure.period_from_on, figure.period_until_on)
    if figure.kind == FigureKind.HOTLINE_CALLS:
        place = Q() if figure.region == UNKNOWN else Q(region=figure.region)
        return reports.calls_by(user, "topic", period, place).total
    if figure.kind not in _COURT:
        return None
    rows = reports.rulings(user, period, figure.region).rows
    return sum(cell.count or 0 for cell in rows if cell.key in _COURT[FigureKind(figure.kind)])
