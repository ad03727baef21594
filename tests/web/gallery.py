"""Every component on one page, for looking at and for tests of the look. Never part of the product."""

import time
from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.enums import CaseStatus, Flag, Language, Relation, Topic, Urgency
from helpline.web.figures import Figure
from helpline.web.widgets import Chips, ManyChips


class GalleryForm(forms.Form):
    phone = forms.CharField(label="Phone", help_text="With the country code.")
    hidden_number = forms.BooleanField(label="Number hidden", required=False)
    relation = forms.ChoiceField(
        label="Who calls", choices=Relation.choices[:6], widget=Chips, required=False
    )
    language = forms.ChoiceField(label="Language", choices=Language.choices[:5], widget=Chips, required=False)
    topic = forms.ChoiceField(label="Topic", choices=Topic.choices, required=False)
    flags = forms.MultipleChoiceField(
        label="Heard", choices=Flag.choices[:6], widget=ManyChips, required=False
    )
    born = forms.IntegerField(label="Birth year", required=False, max_value=2026)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)


def rows() -> list[SimpleNamespace]:
    now = timezone.now()
    return [
        SimpleNamespace(
            reference=f"K7M3-XA{number}P",
            urgency=urgency,
            status=status,
            get_status_display=lambda status=status: status.label,
            due_at=now + timedelta(minutes=minutes),
            updated_at=now - timedelta(minutes=3 + number * 17),
            calls=number + 1,
        )
        for number, (urgency, status, minutes) in enumerate(
            [
                (Urgency.U0, CaseStatus.NEW, -24),
                (Urgency.U1, CaseStatus.IN_PROGRESS, 114),
                (Urgency.U1, CaseStatus.WAITING, 60 * 9),
                (Urgency.U2, CaseStatus.REFERRED, 60 * 44 + 28),
                (Urgency.U3, CaseStatus.IN_PROGRESS, 60 * 24 * 9),
                (Urgency.U4, CaseStatus.CLOSED, 60 * 24 * 12),
            ]
        )
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    form = GalleryForm(request.POST or None, initial={"relation": Relation.values[2], "language": "tg"})
    if request.method == "GET":
        messages.success(request, _("New call"))
    page = Paginator(range(312), 50).page(2)
    counts = {"Detention": 812, "Raid": 640, "Expulsion": 311, "Papers": 120, "Wages": 44}
    bars = [Figure(word.lower(), word, count) for word, count in counts.items()]
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    hours = list(enumerate([3, 5, 9, 24, 60, 88, 71, 45]))
    context = {"form": form, "rows": rows(), "page": page, "bars": bars, "hours": hours}
    return render(request, "gallery.html", context, status=status)


def fragment(request: HttpRequest) -> HttpResponse:
    """What a poll asks for; the header tells the test who asked."""
    asked.append(request.headers.get("X-Helpline-Poll"))
    return HttpResponse(f"<p>answer {len(asked)}</p>")


def slow(request: HttpRequest) -> HttpResponse:
    """Takes its time, so that a second click has a chance."""
    posted.append(1)
    time.sleep(0.3)
    return HttpResponse("<h1>saved</h1>")


asked: list[str | None] = []
posted: list[int] = []


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("gallery/broken/", broken),
    path("gallery/fragment/", fragment, name="gallery_fragment"),
    path("gallery/slow/", slow, name="gallery_slow"),
    path("", include("helpline.urls")),
]
