"""For auditors: who was shown whose name or number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.errors import NotAllowed
from cases.models import AuditEntry
from cases.rules import may
from helpline.web.views.rows import page_of


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Reads of identities, the latest first: ids and field names, never what was read."""
    if not may(request.user, "see audit"):
        raise NotAllowed("see audit")
    page = page_of(AuditEntry.objects.visible_to(request.user).select_related("by"), request)
    return render(request, "web/audit.html", {"page": page})
