"""Counts for dashboards, from the very functions that draw the dashboard page."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import SignedIn
from api.errors import BadQuery
from api.filtering import refuse_unknown
from api.permissions import ByRight, Right
from api.reading import columns
from api.serializers.answers import Headline, PublishedFigureRow, Table
from cases import reports
from cases.regions import CODES

_DAY = timedelta(hours=24)
_CHOICES = [*reports.INTERVALS, *reports.GROUPS]
_LIVE = ("see statistics",)
SINCE = OpenApiParameter(
    "since", OpenApiTypes.DATETIME, description="with zone; else 24 hours before `until`"
)
UNTIL = OpenApiParameter("until", OpenApiTypes.DATETIME, description="with zone; else the end of this hour")
BY = OpenApiParameter("by", enum=_CHOICES, default="topic", description="what each row counts")
DAY = OpenApiParameter(
    "day",
    OpenApiTypes.DATE,
    description="one closed day in Moscow, small cells held back: all a partner may ask for",
)
REGION = OpenApiParameter("region", enum=sorted(CODES), description="ISO 3166-2, abroad or unknown")


class StatisticsViewSet(GenericViewSet):
    """Counts, and nothing that leads to a person."""

    permission_classes = [ByRight]
    rights = {
        "calls": Right("statistics:read", ("see closed statistics",)),
        "headline": Right("statistics:read", _LIVE),
        "rulings": Right("statistics:read", _LIVE),
        "published_figures": Right("statistics:read", ("see published_figure",)),
    }
    serializer_class = Table
    pagination_class = None
    filter_backends = []

    @extend_schema(parameters=[BY, SINCE, UNTIL, DAY], responses=Table)
    @action(detail=False)
    def calls(self, request: SignedIn) -> Response:
        """Calls by hour, day, topic, region, outcome and more. With `day` the closed counts of one day."""
        by = request.query_params.get("by", "topic")
        if "day" in request.query_params:
            refuse_unknown(request, {"by", "day"})
            _check_choice("by", by, reports.GROUPS)
            day = _day(request)
            period = reports.Period.of_day(day)
            return _table(by, period, reports.closed_day(request.user, by, day))
        refuse_unknown(request, {"by", "since", "until"})
        _check_choice("by", by, _CHOICES)
        period = _period(request, reports.LONGEST["hour" if by == "hour" else "day"])
        return _table(by, period, reports.calls_by(request.user, by, period))

    @extend_schema(parameters=[SINCE, UNTIL], responses=Headline)
    @action(detail=False)
    def headline(self, request: SignedIn) -> Response:
        """The first numbers of the dashboard."""
        refuse_unknown(request, {"since", "until"})
        period = _period(request, reports.LONGEST["day"])
        return Response({**asdict(period), **asdict(reports.headline(request.user, period))})

    @extend_schema(parameters=[SINCE, UNTIL, REGION], responses=Table)
    @action(detail=False)
    def rulings(self, request: SignedIn) -> Response:
        """Our own court matters received in a region, by ruling; the key "" is "not ruled yet"."""
        refuse_unknown(request, {"since", "until", "region"})
        region = request.query_params.get("region", "RU-SPE")
        _check_choice("region", region, CODES)
        period = _period(request, reports.LONGEST["day"])
        return _table("ruling", period, reports.rulings(request.user, period, region))

    @extend_schema(parameters=[SINCE, UNTIL], responses=PublishedFigureRow(many=True))
    @action(detail=False, url_path="published-figures")
    def published_figures(self, request: SignedIn) -> Response:
        """What others published about days of the period, with source and date."""
        refuse_unknown(request, {"since", "until"})
        period = _period(request, reports.LONGEST["day"])
        figures = reports.published_figures(request.user, period)
        return Response(list(figures.values(*columns(PublishedFigureRow))))


def _table(by: str, period: reports.Period, table: reports.Table) -> Response:
    return Response({"by": by, **asdict(period), **asdict(table)})


def _period(request: SignedIn, longest: timedelta) -> reports.Period:
    until = _moment(request, "until") or reports.Period.last(1).until
    since = _moment(request, "since") or until - _DAY
    if since >= until:
        raise BadQuery({"until": [_("The end is before the start.")]})
    if until - since > longest:
        raise BadQuery({"since": [_("At most %(days)d days at once.") % {"days": longest.days}]})
    return reports.Period(since, until)


def _moment(request: SignedIn, name: str) -> datetime | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or is_naive(moment) or not 1990 <= moment.year <= 2100:
        raise BadQuery({name: [_("A time needs its zone, as in 2024-03-22T20:00:00+03:00.")]})
    return moment


def _day(request: SignedIn) -> date:
    try:
        day = parse_date(request.query_params["day"])
    except ValueError:
        day = None
    if day is None or not 1990 <= day.year <= 2100:
        raise BadQuery({"day": [_("A day is written 2024-03-22.")]})
    return day


def _check_choice(name: str, value: str, known: Any) -> None:
    if value not in known:
        raise BadQuery({name: [_("There is no such value.")]})
