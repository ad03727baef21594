"""Raids, arsons, assaults: the list and one of them."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.audit import note_reads
from cases.errors import NotAllowed
from cases.models import Call, Case, Incident
from cases.regions import region_zone
from cases.rules import may
from helpline.web.views.rows import page_of, visible_or_404


@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    """Events of many people, the latest first. The number of cases counts those within my reach."""
    if not may(request.user, "see incident"):
        raise NotAllowed("see incident")
    page = page_of(Incident.objects.visible_to(request.user), request)
    mine = Case.objects.visible_to(request.user).filter(incident__in=[row.pk for row in page])
    counts = dict(mine.order_by().values_list("incident").annotate(count=Count("pk")))
    rows = [(row, counts.get(row.pk, 0)) for row in page]
    return render(request, "web/incidents.html", {"page": page, "rows": rows})


@require_safe
def incident(request: HttpRequest, reference: str) -> HttpResponse:
    """One event with its head count, its places, and the cases and calls within my reach."""
    incident = visible_or_404(Incident.objects.select_related("data_key"), request, reference=reference)
    cases = Case.objects.visible_to(request.user).filter(incident=incident).with_people().in_queue_order()
    page = page_of(cases, request)
    note_reads(request.user, [case.person for case in page if case.person], ("names",))
    context = {
        "incident": incident,
        "zone": str(region_zone(incident.region)),
        "places": incident.places.all(),
        "page": page,
        "call_count": Call.objects.visible_to(request.user).filter(incident=incident).count(),
    }
    return render(request, "web/incident.html", context)
