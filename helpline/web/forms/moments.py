"""Moments as people tell them: "about three hours ago", "yesterday", an exact time on the clock of a place."""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Certainty

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


class When(models.TextChoices):
    """How long ago a relative says it was."""

    JUST_NOW = "just_now", _("just now")
    HOUR = "hour", _("about 1 h ago")
    THREE_HOURS = "three_hours", _("about 3 h ago")
    YESTERDAY = "yesterday", _("yesterday")
    EXACT = "exact", _("exactly…")
    UNKNOWN = "unknown", _("not known")


class Due(models.TextChoices):
    """When somebody promises to act."""

    HOUR = "hour", _("in 1 h")
    THREE_HOURS = "three_hours", _("in 3 h")
    TOMORROW = "tomorrow", _("tomorrow 10:00")
    EXACT = "exact", _("exactly…")


class Told(NamedTuple):
    """A told moment: between when and when, and how certain."""

    from_at: datetime | None
    until_at: datetime | None
    certainty: str


_SPANS = {
    When.JUST_NOW: (timedelta(minutes=30), timedelta()),
    When.HOUR: (timedelta(minutes=90), timedelta(minutes=30)),
    When.THREE_HOURS: (timedelta(hours=4), timedelta(hours=2)),
}


def told(when: str, exactly: datetime | None, now: datetime, zone: ZoneInfo) -> Told:
    """What a chosen chip means, counted from `now`; a day is a day of the place's own clock."""
    if when == When.EXACT and exactly is not None:
        moment = on_clock(exactly, zone)
        return Told(moment, moment, Certainty.CONFIRMED)
    if when == When.YESTERDAY:
        today = datetime.combine(now.astimezone(zone).date(), time.min, zone)
        return Told(today - timedelta(days=1), today, Certainty.ESTIMATED)
    if when in _SPANS:
        longest, shortest = _SPANS[When(when)]
        return Told(now - longest, now - shortest, Certainty.ESTIMATED)
    return Told(None, None, Certainty.UNKNOWN)


def due_moment(due: str, exactly: datetime | None, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The moment a promise falls due; None where "exactly" came without a time."""
    if due == Due.EXACT:
        return exactly
    if due == Due.TOMORROW:
        return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(10), zone)
    return now + (timedelta(hours=3) if due == Due.THREE_HOURS else timedelta(hours=1))


def on_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a typed wall-clock time means in another zone."""
    return moment.replace(tzinfo=zone)


class MomentField(forms.DateTimeField):
    """A wall-clock time to the minute, and no time from before the records begin."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: object) -> datetime | None:
        """Refuse years that only a slip of the finger types."""
        moment = super().clean(value)
        if moment is not None and not EARLIEST < moment < EARLIEST.replace(year=2100):
            raise ValidationError(_("Check the year."))
        return moment
