"""Two people at one record: the page that shows both versions, so that neither overwrites the other unseen."""

from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.errors import StaleVersion
from cases.models import TimelineEntry
from helpline.web.words import absolute

# What a field of a record is called on a page that shows two versions of it.
LABELS: dict[str, str | Promise] = {
    "urgency": _("Urgency"),
    "status": _("Status"),
    "assignee": _("Assigned to"),
    "closing_reason": _("How it ended"),
    "due_at": _("When"),
    "outcome": _("Outcome"),
    "ended_at": _("Ended"),
}
_RESENT = frozenset({"csrfmiddlewaretoken", "version"})


class Conflict(Exception):
    """Somebody saved this record between the drawing of a form and its sending."""

    def __init__(self, form: forms.Form, record: models.Model, stale: StaleVersion) -> None:
        super().__init__(str(stale))
        self.form, self.record, self.stale = form, record, stale


def back_from(request: HttpRequest) -> str:
    """The page a step belongs to: its address without the last part."""
    return request.path.rstrip("/").rpartition("/")[0] + "/"


def conflict_page(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    """Both versions side by side, and what was typed ready to be sent again over the newer one."""
    last = TimelineEntry.objects.filter(subject_id=conflict.record.pk).select_related("by").first()
    context = {
        "last": last,
        "theirs": _as_it_is(conflict),
        "mine": _as_wanted(conflict.form),
        "again": [
            (name, value) for name, values in request.POST.lists() for value in values if name not in _RESENT
        ],
        "version": conflict.stale.version,
        "back": back_from(request),
    }
    return render(request, "web/conflict.html", context, status=409)


def _as_it_is(conflict: Conflict) -> list[tuple[Any, str]]:
    present = type(conflict.record)._base_manager.get(pk=conflict.record.pk)
    return [(LABELS.get(name, name), _shown(present, name)) for name in conflict.stale.current]


def _shown(record: models.Model, name: str) -> str:
    display = getattr(record, f"get_{name}_display", None)
    return _word(display() if display else getattr(record, name))


def _as_wanted(form: forms.Form) -> list[tuple[Any, str]]:
    """The visible answers of a form, in the words of its choices."""
    rows = []
    for field in form.visible_fields():
        value = form.cleaned_data.get(field.name)
        choices = {} if isinstance(value, models.Model) else dict(getattr(field.field, "choices", ()))
        if value not in (None, "", []):
            rows.append((field.label, _word(choices.get(value, value))))
    return rows


def _word(value: Any) -> str:
    if isinstance(value, datetime):
        return absolute(value)
    return "—" if value in (None, "") else str(value)
