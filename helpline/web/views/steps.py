"""The steps of a case: visible row, form, action, back to the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import (
    assign_case,
    close_case,
    end_detention,
    plan_follow_up,
    record_detention,
    refer_case,
    reopen_case,
    triage_case,
)
from cases.models import Case
from helpline.web.forms import steps
from helpline.web.refusals import attempt
from helpline.web.views.cases import case_page
from helpline.web.views.rows import visible_or_404


def _done(request: HttpRequest, case: Case, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("web:case", case.reference)


@require_POST
def triage(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how urgent the case is."""
    case = visible_or_404(Case.objects, request, reference=reference)
    form = steps.TriageForm(request.POST)
    if attempt(form, triage_case, case, by=request.user):
        return _done(request, case, _("The urgency is set."))
    return case_page(request, case, form)


@require_POST
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Put the case into one person's hands."""
    case = visible_or_404(Case.objects, request, reference=reference)
    form = steps.AssignForm(request.POST)
    assigned = attempt(form, assign_case, case, by=request.user)
    if assigned:
        return _done(request, case, _("Assigned to %(handle)s.") % {"handle": assigned.assignee.handle})
    return case_page(request, case, form)


@require_POST
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Promise something, with a time."""
    case = visible_or_404(Case.objects, request, reference=reference)
    form = steps.PlanForm(request.POST)
    if attempt(form, plan_follow_up, case, by=request.user):
        return _done(request, case, _("The follow-up is planned."))
    return case_page(request, case, form)


@require_POST
def detention(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down that the person is held."""
    case = visible_or_404(Case.objects, request, reference=reference)
    form = steps.DetentionForm(request.POST, case=case)
    if attempt(form, record_detention, case, by=request.user):
        return _done(request, case, _("The detention is recorded."))
    return case_page(request, case, form)


@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down how the case's latest detention ended."""
    case = visible_or_404(Case.objects, request, reference=reference)
    held = visible_or_404(case.detentions, request)
    form = steps.EndDetentionForm(request.POST, case=case)
    if attempt(form, end_detention, held, by=request.user):
        return _done(request, case, _("The end of the detention is recorded."))
    return case_page(request, case, form)


@require_POST
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a partner to take the case up."""
    case = visible_or_404(Case.objects, request, reference=reference)
    form = steps.ReferForm(request.POST)
    referral = attempt(form, refer_case, case, by=request.user)
    if referral:
        return _done(request, case, _("The case is offered to %(partner)s.") % {"partner": referral.to.name})
    return case_page(request, case, form)


@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the case with its reason."""
    case = visible_or_404(Case.objects, request, reference=reference)
    form = steps.CloseForm(request.POST)
    if attempt(form, close_case, case, by=request.user):
        return _done(request, case, _("The case is closed."))
    return case_page(request, case, form)


@require_POST
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the case again."""
    case = visible_or_404(Case.objects, request, reference=reference)
    form = steps.ReopenForm(request.POST)
    if attempt(form, reopen_case, case, by=request.user):
        return _done(request, case, _("The case is open again."))
    return case_page(request, case, form)
