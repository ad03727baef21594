"""For partners: the cases offered to their organisation, and their answers."""

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.actions import accept_referral, decline_referral
from cases.enums import ReferralStatus
from cases.errors import NotAllowed
from cases.models import Referral
from cases.rules import allows, may
from helpline.web.forms.steps import DeclineForm
from helpline.web.refusals import attempt
from helpline.web.views.rows import page_of, visible_or_404


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """Offers, those that wait for an answer first."""
    if not may(request.user, "see referral"):
        raise NotAllowed("see referral")
    waiting_first = models.Case(models.When(status=ReferralStatus.OFFERED, then=0), default=1)
    rows = Referral.objects.visible_to(request.user).select_related("case", "to")
    page = page_of(rows.order_by(waiting_first, "-offered_at", "id"), request)
    return render(request, "web/referrals.html", {"page": page})


@require_safe
def referral(request: HttpRequest, pk: str) -> HttpResponse:
    """One offer."""
    return referral_page(
        request, visible_or_404(Referral.objects.select_related("case", "to"), request, pk=pk)
    )


def referral_page(request: HttpRequest, referral: Referral, tried: DeclineForm | None = None) -> HttpResponse:
    """What a partner may know of a case, and the two answers."""
    waits = referral.status == ReferralStatus.OFFERED
    context = {
        "referral": referral,
        "case": referral.case,
        "may_accept": waits and allows(request.user, "accept referral", referral),
        "decline": tried
        or (DeclineForm() if waits and allows(request.user, "decline referral", referral) else None),
    }
    return render(request, "web/referral.html", context, status=200 if tried is None else 422)


@require_POST
def accept(request: HttpRequest, pk: str) -> HttpResponse:
    """Take the case up."""
    referral = visible_or_404(Referral.objects, request, pk=pk)
    accept_referral(referral, by=request.user)
    messages.success(request, _("You have taken the case up."))
    return redirect("web:referral", pk)


@require_POST
def decline(request: HttpRequest, pk: str) -> HttpResponse:
    """Say that it cannot be taken, and why."""
    referral = visible_or_404(Referral.objects, request, pk=pk)
    form = DeclineForm(request.POST)
    if attempt(form, decline_referral, referral, by=request.user):
        messages.success(request, _("The helpline has been told that you cannot take the case."))
        return redirect("web:referrals")
    return referral_page(request, referral, form)
