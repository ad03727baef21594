"""Calls that were taken: the list, one call, the case it belongs to."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.actions import link_call
from cases.audit import note_read, note_reads
from cases.enums import Flag
from cases.errors import NotAllowed
from cases.filters import CallFilter
from cases.models import Call, Case, User
from cases.reference import clean_reference
from cases.regions import region_zone
from cases.rules import allows, may
from helpline.web import history
from helpline.web.filters import CallBar, chosen_in, rows_of
from helpline.web.forms.call import LinkForm
from helpline.web.views.rows import page_of, visible_or_404


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Calls, the latest first."""
    if not may(request.user, "see call"):
        raise NotAllowed("see call")
    chosen = CallFilter(chosen_in(request), Call.objects.visible_to(request.user), user=request.user)
    rows = rows_of(chosen).select_related("counsellor", "case", "caller__data_key", "about__data_key")
    page = page_of(rows.prefetch_related("caller__names", "about__names"), request)
    note_reads(
        request.user, {person for call in page for person in (call.caller, call.about) if person}, ("names",)
    )
    return render(request, "web/calls.html", {"page": page, "bar": CallBar(chosen, User.objects.workers())})


@require_safe
def call(request: HttpRequest, reference: str) -> HttpResponse:
    """One call as it was written down."""
    return call_page(request, visible_or_404(Call.objects, request, reference=reference))


def call_page(request: HttpRequest, call: Call, tried: LinkForm | None = None) -> HttpResponse:
    """The page of a call; `tried` is a reference that names no case of ours."""
    for person in filter(None, (call.caller, call.about)):
        note_read(request.user, person, ("names", "phones"))
    note_read(request.user, call, ("note",))
    context = {
        "call": call,
        "zone": str(region_zone(call.region)),
        "flags": [label for code, label in Flag.choices if code in call.flags],
        "lines": history.of_call(call),
        "link": tried or (LinkForm() if allows(request.user, "link call", call) else None),
    }
    return render(request, "web/call.html", context, status=200 if tried is None else 422)


@require_POST
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Put a call to the case it is about."""
    call = visible_or_404(Call.objects, request, reference=reference)
    form = LinkForm(request.POST)
    wanted = clean_reference(form.cleaned_data["reference"]) if form.is_valid() else None
    case = Case.objects.visible_to(request.user).filter(reference=wanted).first() if wanted else None
    if case is None:
        form.add_error("reference", _("There is no case with this reference, or it is not yours to see."))
        return call_page(request, call, form)
    link_call(call, case=case, by=request.user)
    messages.success(request, _("The call belongs to case %(reference)s.") % {"reference": case.reference})
    return redirect("web:case", case.reference)
