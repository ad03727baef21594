"""One human being, in every role: detained, calling, or both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.audit import note_read
from cases.models import Call, Case, Person
from cases.regions import country_name
from helpline.web.views.rows import visible_or_404


@require_safe
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Who somebody is, how to reach them safely, and everything they are part of."""
    rows = Person.objects.select_related("data_key").prefetch_related("names", "phones")
    person = visible_or_404(rows, request, reference=reference)
    note_read(request.user, person, ("names", "phones"))
    calls = Call.objects.visible_to(request.user).select_related("counsellor", "case")
    context = {
        "person": person,
        "country": country_name(person.nationality) if person.nationality else "",
        "languages": _labels(person, "languages"),
        "vulnerabilities": _labels(person, "vulnerabilities"),
        "cases": Case.objects.visible_to(request.user).filter(person=person).select_related("assignee"),
        "calls_made": calls.filter(caller=person)[:50],
        "calls_about": calls.filter(about=person).exclude(caller=person)[:50],
    }
    return render(request, "web/person.html", context)


def _labels(person: Person, field: str) -> list[str]:
    codes = getattr(person, field)
    return [label for code, label in person._meta.get_field(field).base_field.choices if code in codes]
