"""The queue, and one case with everything that is known and can be done."""

from typing import Any

from django import forms
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_safe

from cases.audit import note_read, note_reads
from cases.enums import FollowUpStatus
from cases.errors import NotAllowed
from cases.filters import CaseFilter
from cases.lifecycle import verbs_from
from cases.models import Call, Case, Detention, FollowUp, Proceeding, Referral, User
from cases.regions import region_zone
from cases.rules import allows, may
from helpline.web import history
from helpline.web.filters import CaseBar, chosen_in, rows_of
from helpline.web.forms import steps
from helpline.web.views.rows import page_of, visible_or_404

# Counted for the rows of the page alone: a join would group every open case with all its calls first.
_CALLS = Coalesce(
    Subquery(
        Call.objects.filter(case=OuterRef("pk")).order_by().values("case").annotate(n=Count("pk")).values("n")
    ),
    0,
)
# What people look for every day, as the address of the queue says it.
READY = {
    "": _("All open"),
    "assignee=me": _("Mine"),
    "assignee=none": _("Nobody's"),
    "overdue=true": _("Overdue"),
    "urgency=U0": _("Critical"),
    "status=closed": _("Closed"),
}
NAMES = ("names",)
NAMES_AND_PHONES = ("names", "phones")


def queued(request: HttpRequest) -> Any:
    """The filter of the queue: open cases unless the address asks for others."""
    data = chosen_in(request)
    if not ({"open", "status"} & set(data)):
        data["open"] = "true"
    return CaseFilter(data, Case.objects.visible_to(request.user), user=request.user)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Cases in the order in which somebody must act."""
    _refuse_others(request)
    chosen = queued(request)
    rows = rows_of(chosen).with_people().annotate(call_count=_CALLS).in_queue_order()
    page = page_of(rows, request)
    note_reads(request.user, [case.person for case in page if case.person], NAMES)
    query = urlencode({**dict(chosen_in(request).lists()), "seen": page.paginator.count}, doseq=True)
    context = {
        "page": page,
        "ready": READY.items(),
        "chosen": chosen_in(request).urlencode(),
        "bar": CaseBar(chosen, User.objects.workers()),
        "fresh": f"{reverse('web:queue_fresh')}?{query}",
    }
    return render(request, "web/queue.html", context)


@require_GET
def fresh(request: HttpRequest) -> HttpResponse:
    """For the bar above the queue: how many rows came since the page was drawn. Names nobody."""
    _refuse_others(request)
    seen = request.GET.get("seen", "")
    more = rows_of(queued(request)).count() - int(seen) if seen.isdecimal() and len(seen) < 9 else 0
    again = f"{reverse('web:queue')}?{chosen_in(request).urlencode()}"
    return render(request, "web/_fresh.html", {"more": max(more, 0), "again": again})


def _refuse_others(request: HttpRequest) -> None:
    """A queue is for those who work on cases; a partner has referrals instead."""
    if not may(request.user, "hold case"):
        raise NotAllowed("hold case")


@require_safe
def case(request: HttpRequest, reference: str) -> HttpResponse:
    """One case."""
    return case_page(request, visible_or_404(Case.objects, request, reference=reference))


def case_page(request: HttpRequest, case: Case, tried: forms.Form | None = None) -> HttpResponse:
    """The page of a case; `tried` is a form that could not be done as typed, shown where it belongs."""
    status = 200 if tried is None else 422
    if not allows(request.user, "see identity", case):
        return render(request, "web/case_shared.html", _shared(request, case), status=status)
    if case.person:
        note_read(request.user, case.person, NAMES_AND_PHONES)
    offers = offered(request, case)
    if tried is not None:
        offers[tried.name] = tried
    context = {**_shared(request, case), **_staff(request, case), "offers": offers}
    _note_texts(request, case, context)
    return render(request, "web/case.html", context, status=status)


def _shared(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What also a partner may read: no identity, no note."""
    of_case = {"user": request.user, "case": case}
    return {
        "case": case,
        "zone": str(region_zone(case.region)),
        "detentions": list(_of(Detention, **of_case).select_related("place")),
        "referrals": list(_of(Referral, **of_case).select_related("to")),
    }


def _staff(request: HttpRequest, case: Case) -> dict[str, Any]:
    of_case = {"user": request.user, "case": case}
    calls = _of(Call, **of_case).select_related("data_key", "counsellor", "caller__data_key")
    follow_ups = list(_of(FollowUp, **of_case).select_related("assigned_to").order_by("due_at", "id"))
    for follow_up in follow_ups:
        follow_up.case = case
    return {
        "calls": list(calls.prefetch_related("caller__names", "caller__phones")),
        "open_follow_ups": [each for each in follow_ups if each.status == FollowUpStatus.OPEN],
        "closed_follow_ups": [each for each in follow_ups if each.status != FollowUpStatus.OPEN],
        "proceedings": list(_of(Proceeding, **of_case).select_related("court")),
        "lines": history.of_case(case),
        "may_call": may(request.user, "log call"),
    }


def _note_texts(request: HttpRequest, case: Case, shown: dict[str, Any]) -> None:
    """Write down what the page shows beside the person of the case: callers, and every note."""
    callers = {call.caller for call in shown["calls"] if call.caller and call.caller != case.person}
    note_reads(request.user, callers, NAMES_AND_PHONES)
    noted = [*shown["calls"], *shown["open_follow_ups"]]
    note_reads(request.user, [record for record in noted if record.note], ("note",))
    note_reads(request.user, [held for held in shown["detentions"] if held.place_note], ("place_note",))
    if case.summary:
        note_reads(request.user, [case], ("summary",))


def _of(model: Any, user: Any, case: Case) -> Any:
    return model.objects.visible_to(user).filter(case=case)


def offered(request: HttpRequest, case: Case) -> dict[str, forms.Form]:
    """The steps this person may take from where the case stands, each as an empty form."""
    user, possible, version = request.user, verbs_from(case.status), {"version": case.version}
    held = case.detentions.open().first()
    offers: dict[str, forms.Form] = {}
    if case.is_open and allows(user, "triage case", case):
        offers["triage"] = steps.TriageForm(initial={**version, "urgency": case.urgency})
    if "assign" in possible and allows(user, "assign case", case):
        offers["assign"] = steps.AssignForm(initial={**version, "to": case.assignee_id or user.pk})
    elif "assign" in possible and case.assignee_id != user.pk and allows(user, "take case", case):
        offers["take"] = steps.TakeForm(initial={**version, "to": user.pk})
    if case.is_open and allows(user, "plan follow_up", case):
        offers["plan"] = steps.PlanForm()
    if case.is_open and held is None and allows(user, "record detention", case):
        offers["detention"] = steps.DetentionForm(case=case)
    if held is not None and allows(user, "end detention", held):
        offers["end"] = steps.EndDetentionForm(case=case, initial={"version": held.version})
    if "refer" in possible and allows(user, "refer case", case):
        offers["refer"] = steps.ReferForm(initial=version)
    if "close" in possible and allows(user, "close case", case):
        offers["close"] = steps.CloseForm(initial=version)
    if "reopen" in possible and allows(user, "reopen case", case):
        offers["reopen"] = steps.ReopenForm(initial=version)
    return offers
