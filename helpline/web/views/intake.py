"""The heart: one call, one page, one save."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import TakenCall, take_call
from cases.audit import note_reads
from cases.errors import BadInput, KeyReused, NotAllowed
from cases.models import Call, Case, Person
from cases.phones import clean_phone
from cases.reference import clean_reference
from cases.rules import may
from cases.search import cases_of, people_with_number
from helpline.web.forms.call import JUNK, CallForm, JunkForm, Known
from helpline.web.refusals import show_refused
from helpline.web.views.rows import visible_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: HttpRequest) -> HttpResponse:
    """Write a call down; what follows from it (case, detention, notices) happens in the same transaction."""
    if not may(request.user, "log call"):
        raise NotAllowed("log call")
    known = known_from(request)
    if request.method != "POST":
        return intake_page(request, CallForm.blank(request.user, known))
    if "junk" in request.POST:
        return _junk(request, known)
    form = CallForm(request.POST, known=known)
    if "look_up" in request.POST:
        return intake_page(request, _unchecked(form))
    taken = _take(request, form)
    return intake_page(request, form, 422) if taken is None else _saved(request, taken)


def _take(request: HttpRequest, form: CallForm) -> TakenCall | None:
    if not form.is_valid():
        return None
    try:
        return take_call(form.intake(request.user), by=request.user)
    except BadInput as refusal:
        show_refused(form, refusal, restricted_from_at="exactly_at", restricted_until_at="exactly_at")
    except KeyReused:
        _offer_second(request, form)
    return None


def _offer_second(request: HttpRequest, form: CallForm) -> None:
    """The page was sent before with other words: never overwrite, never drop, ask."""
    first = Call.objects.visible_to(request.user).get(
        counsellor=request.user, client_uuid=form.cleaned_data["client_uuid"]
    )
    form.data = form.data.copy()
    form.data["client_uuid"] = str(uuid4())
    words = _("This page was saved before as call {}. Save again to write down a second call.")
    form.add_error(None, format_html(words, first.reference))


def _junk(request: HttpRequest, known: Known) -> HttpResponse:
    form = JunkForm(request.POST)
    if form.is_valid():
        try:
            take_call(form.intake(), by=request.user)
        except (BadInput, KeyReused):
            take_call(replace(form.intake(), caller_phone="", client_uuid=uuid4()), by=request.user)
        messages.success(request, _("The empty call is counted."))
        return redirect("web:call_new")
    return intake_page(request, CallForm(request.POST, known=known), 422)


def _saved(request: HttpRequest, taken: TakenCall) -> HttpResponse:
    """Say what was saved, then open it, or draw the next empty form."""
    record = taken.case or taken.call
    page = reverse("web:case" if taken.case else "web:call", args=[record.reference])
    words = (
        _("Saved: {reference}, {urgency}.")
        if taken.is_new
        else _("This was saved already: {reference}, {urgency}.")
    )
    link = format_html('<a class="reference" href="{}">{}</a>', page, record.reference)
    urgency = f"{record.urgency} {record.get_urgency_display()}"
    messages.success(request, format_html(words, reference=link, urgency=urgency))
    return redirect("web:call_new") if "next" in request.POST else redirect(page)


def intake_page(request: HttpRequest, form: CallForm, status: int = 200) -> HttpResponse:
    """The intake with whom we know by the number typed so far."""
    found = {} if not form.is_bound or form.known.case or form.known.caller else recognised(request)
    context = {
        "form": form,
        "known": form.known,
        "junk": [(each.value, each.label) for each in JUNK],
        **found,
    }
    return render(request, "web/call_new.html", context, status=status)


def _unchecked(form: CallForm) -> CallForm:
    """The same answers without complaints: nobody has asked to save yet."""
    form._errors = type(form.errors)()
    return form


@require_POST
def lookup(request: HttpRequest) -> HttpResponse:
    """For the intake while typing: whom we know by this complete number, and their open cases."""
    if not may(request.user, "log call"):
        raise NotAllowed("log call")
    return render(request, "web/_known.html", recognised(request))


def recognised(request: HttpRequest) -> dict[str, Any]:
    """People with the number typed, within reach, each with the open cases they are in or called about."""
    try:
        number = clean_phone(request.POST.get("caller_phone", "")[:40])
    except BadInput:
        return {}
    people = people_with_number(request.user, number) if number else []
    note_reads(request.user, people, ("names", "phones"))
    matches = [(person, cases_of(request.user, [person]).open()[:5]) for person in people]
    return {"asked": bool(number), "matches": matches}


def known_from(request: HttpRequest) -> Known:
    """Who and what was recognised: `known` is "caller/case", each a reference or nothing; `?case=` comes by link."""
    told = request.POST.get("known", "") if request.method == "POST" else f"/{request.GET.get('case', '')}"
    caller, _slash, case = told.partition("/")
    return Known(_row(request, Person, caller), _row(request, Case, case))


def _row(request: HttpRequest, model: Any, text: str) -> Any:
    if not text:
        return None
    reference = clean_reference(text)
    if reference is None:
        raise Http404
    return visible_or_404(model.objects, request, reference=reference)
