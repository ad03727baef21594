"""For auditors: who was shown whose name or number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.errors import NotAllowed
from cases.models import AuditEntry
from cases.rules import may
from helpline.web.views.rows import page_of

# What an entry calls records and fields, as people call them; what is not here is shown as it is written.
WORDS = {
    "person": _("person"),
    "call": _("call"),
    "case": _("case"),
    "detention": _("detention"),
    "followup": _("follow-up"),
    "names": _("names"),
    "phones": _("phone numbers"),
    "note": _("note"),
    "place_note": _("place"),
    "summary": _("summary"),
}


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Reads of identities, the latest first: ids and field names, never what was read."""
    if not may(request.user, "see audit"):
        raise NotAllowed("see audit")
    page = page_of(AuditEntry.objects.visible_to(request.user).select_related("by"), request)
    for entry in page:
        entry.record = WORDS.get(entry.subject_type, entry.subject_type)
        entry.words = [WORDS.get(name, name) for name in entry.fields.split(",")]
    return render(request, "web/audit.html", {"page": page})
