"""Finding a record from what somebody reads out. What is searched for never stands in an address."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cases.audit import note_reads
from cases.errors import NotAllowed
from cases.rules import may
from cases.search import Found, find


class SearchForm(forms.Form):
    text = forms.CharField(
        label=_("Reference or complete phone number"),
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "autofocus": True}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """One box; the answer holds only what is within reach."""
    if not may(request.user, "see call"):
        raise NotAllowed("see call")
    form = SearchForm(request.POST or None, label_suffix="")
    found: Found | None = find(request.user, form.cleaned_data["text"]) if form.is_valid() else None
    if found:
        note_reads(
            request.user, {*found.people, *(case.person for case in found.cases if case.person)}, ("names",)
        )
    return render(
        request, "web/search.html", {"form": form, "found": found}, status=422 if form.errors else 200
    )
