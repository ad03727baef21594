"""My day: what I promised, kept with one press."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.actions import complete_follow_up, postpone_follow_up
from cases.audit import note_reads
from cases.enums import FollowUpOutcome, FollowUpStatus
from cases.errors import NotAllowed
from cases.filters import FollowUpFilter
from cases.models import Case, FollowUp
from cases.regions import region_zone
from cases.rules import allows, may
from helpline.web.filters import chosen_in, rows_of
from helpline.web.forms.steps import CompleteForm, PostponeForm
from helpline.web.refusals import attempt
from helpline.web.views.rows import page_of, visible_or_404

# Where a step leads back to: the page it was pressed on.
DAY = "day"


def promised(request: HttpRequest) -> Any:
    """My open follow-ups in order of time, with everything a list of them shows (through `within_reach`)."""
    mine = FollowUp.objects.visible_to(request.user).filter(
        assigned_to=request.user, status=FollowUpStatus.OPEN
    )
    case = Case.objects.visible_to(request.user).filter(pk=OuterRef("case"))
    rows = mine.annotate(reached=Exists(case)).select_related("case__data_key", "case__person__data_key")
    return rows.prefetch_related("case__person__names")


def within_reach(rows: Iterable[Any]) -> list[Any]:
    """The rows, without the person where the case has gone to others: a promise outlives the hand-over."""
    found = list(rows)
    for row in found:
        if not row.reached:
            row.case.person = None
    return found


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """What is overdue, what comes today, what comes later."""
    if not may(request.user, "hold case"):
        raise NotAllowed("hold case")
    chosen = FollowUpFilter(chosen_in(request), promised(request), user=request.user)
    page = page_of(rows_of(chosen), request)
    page.object_list = within_reach(page.object_list)
    note_reads(request.user, {row.case.person for row in page if row.case.person}, ("names",))
    note_reads(request.user, [row for row in page if row.note], ("note",))
    now = timezone.localtime()
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time.min, now.tzinfo)
    parts = [
        (_("Overdue"), [row for row in page if row.due_at < now]),
        (_("Today"), [row for row in page if now <= row.due_at < tomorrow]),
        (_("Later"), [row for row in page if row.due_at >= tomorrow]),
    ]
    context = {"page": page, "parts": parts, "outcomes": FollowUpOutcome.choices, "back": DAY}
    return render(request, "web/my_day.html", context)


@require_safe
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Promises within my reach, whoever made them: the open ones unless the address asks for others. Names nobody."""
    if not may(request.user, "hold case"):
        raise NotAllowed("hold case")
    data = chosen_in(request)
    data.setdefault("status", FollowUpStatus.OPEN)
    chosen = FollowUpFilter(data, FollowUp.objects.visible_to(request.user), user=request.user)
    page = page_of(rows_of(chosen).select_related("case", "assigned_to"), request)
    return render(request, "web/follow_ups.html", {"page": page})


@require_safe
def follow_up(request: HttpRequest, pk: str) -> HttpResponse:
    """One promise."""
    return follow_up_page(request, visible_or_404(FollowUp.objects, request, pk=pk))


def follow_up_page(
    request: HttpRequest, follow_up: FollowUp, tried: forms.Form | None = None
) -> HttpResponse:
    """The page of a promise, with what can be done about it."""
    is_open = follow_up.status == FollowUpStatus.OPEN
    version = {"version": follow_up.version}
    case = Case.objects.visible_to(request.user).with_people().filter(pk=follow_up.case_id).first()
    if case and case.person:
        note_reads(request.user, [case.person], ("names",))
    if follow_up.note:
        note_reads(request.user, [follow_up], ("note",))
    offers: dict[str, forms.Form] = {}
    if is_open and allows(request.user, "complete follow_up", follow_up):
        offers["complete"] = CompleteForm(initial=version)
    if is_open and allows(request.user, "postpone follow_up", follow_up):
        offers["postpone"] = PostponeForm(initial=version)
    if tried is not None:
        offers[tried.name] = tried
    context = {
        "follow_up": follow_up,
        "case": case,
        "offers": offers,
        "zone": str(region_zone(follow_up.case.region)),
    }
    return render(request, "web/follow_up.html", context, status=200 if tried is None else 422)


@require_POST
def complete(request: HttpRequest, pk: str) -> HttpResponse:
    """Keep a promise, with what came of it."""
    follow_up = visible_or_404(FollowUp.objects, request, pk=pk)
    form = CompleteForm(request.POST)
    if attempt(form, complete_follow_up, follow_up, by=request.user):
        messages.success(request, _("Done."))
        return _back(request, follow_up)
    return follow_up_page(request, follow_up, form)


@require_POST
def postpone(request: HttpRequest, pk: str) -> HttpResponse:
    """Move a promise to another time."""
    follow_up = visible_or_404(FollowUp.objects, request, pk=pk)
    form = PostponeForm(request.POST)
    if attempt(form, postpone_follow_up, follow_up, by=request.user):
        messages.success(request, _("Postponed."))
        return _back(request, follow_up)
    return follow_up_page(request, follow_up, form)


def _back(request: HttpRequest, follow_up: FollowUp) -> HttpResponse:
    if request.POST.get("back") == DAY:
        return redirect("web:my_day")
    return redirect("web:case", follow_up.case.reference)
