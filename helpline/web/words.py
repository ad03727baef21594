"""Moments and spans of time in words: absolute first, relative second."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases.regions import MOSCOW

MINUTE, HOUR, DAY, MONTH = 60, 3600, 86400, 30 * 86400


def zone_named(zone: str | ZoneInfo | None) -> ZoneInfo:
    """The zone to show a moment in: the one given, else the viewer's."""
    if isinstance(zone, ZoneInfo):
        return zone
    try:
        return ZoneInfo(zone) if zone else ZoneInfo(str(timezone.get_current_timezone()))
    except (ZoneInfoNotFoundError, ValueError):
        return MOSCOW


def zone_word(moment: datetime) -> str:
    """How people name the zone: "MSK", or the distance to UTC."""
    if str(moment.tzinfo) == str(MOSCOW):
        return _("MSK")
    hours = (moment.utcoffset() or timedelta()).total_seconds() / HOUR
    return f"UTC{hours:+g}" if hours else "UTC"


def absolute(moment: datetime, zone: str | ZoneInfo | None = None) -> str:
    """ "Sun 22 Nov, 11:52 MSK"; the year only when it is not this one."""
    local = moment.astimezone(zone_named(zone))
    this_year = timezone.now().astimezone(local.tzinfo).year == local.year
    # Translators: a date format of Django: short weekday, day, short month, hour and minute.
    pattern = _("D j M, H:i") if this_year else _("D j M Y, H:i")
    return f"{date_format(local, pattern)} {zone_word(local)}"


def span(seconds: float) -> str:
    """ "40 d" beyond a month, "9 d 9 h" beyond two days, "44 h 28 min" up to there, "24 min" below an hour."""
    whole = int(abs(seconds))
    days, hours, minutes = whole // DAY, whole // HOUR, whole % HOUR // MINUTE
    if whole >= MONTH or (whole >= 2 * DAY and not hours % 24):
        return _("%(days)d d") % {"days": days}
    if whole >= 2 * DAY:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours % 24}
    if whole >= HOUR and not minutes:
        return _("%(hours)d h") % {"hours": hours}
    if whole >= HOUR:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)d min") % {"minutes": minutes}


def relative(moment: datetime) -> str:
    """ "in 44 h 28 min", "24 min ago", "just now"."""
    seconds = (moment - timezone.now()).total_seconds()
    if abs(seconds) < MINUTE:
        return _("just now")
    return (_("in %s") if seconds > 0 else _("%s ago")) % span(seconds)


def due(moment: datetime) -> str:
    """ "in 1 h 54 min", or in words that it is late."""
    seconds = (moment - timezone.now()).total_seconds()
    if abs(seconds) < MINUTE:
        return _("now")
    return (_("in %s") if seconds > 0 else _("overdue %s")) % span(seconds)


def iso(moment: datetime) -> str:
    """For the `datetime` attribute."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def for_scripts() -> dict[str, str | Promise]:
    """The same words for the script that keeps relative times fresh."""
    return {
        "whole_days": _("%(days)d d"),
        "whole_hours": _("%(hours)d h"),
        "days": _("%(days)d d %(hours)d h"),
        "hours": _("%(hours)d h %(minutes)d min"),
        "minutes": _("%(minutes)d min"),
        "in": _("in %s"),
        "ago": _("%s ago"),
        "overdue": _("overdue %s"),
        "now": _("now"),
        "just_now": _("just now"),
    }
