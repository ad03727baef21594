"""The inbox: one line for each thing a person should know."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cases.actions import read_notices
from cases.models import Notice
from helpline.web.context import Shell
from helpline.web.views.rows import page_of, visible_or_404


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """What I was told, the latest first."""
    rows = Notice.objects.visible_to(request.user).select_related("case", "follow_up", "referral")
    return render(request, "web/notices.html", {"page": page_of(rows, request)})


@require_safe
def unread(request: HttpRequest) -> HttpResponse:
    """The number beside the bell of a page that stays open; nothing where it is still the same."""
    shell = Shell(request)
    if str(shell.unread) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "ui/_unread.html", {"shell": shell})


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Nothing of this is news any more."""
    read_notices(Notice.objects.visible_to(request.user).filter(read_at=None), by=request.user)
    return redirect("web:notices")


@require_POST
def open_notice(request: HttpRequest, pk: str) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    notice = visible_or_404(Notice.objects.select_related("case"), request, pk=pk)
    read_notices([notice], by=request.user)
    if notice.follow_up_id:
        return redirect("web:follow_up", notice.follow_up_id)
    if notice.referral_id and request.user.organisation_id:
        return redirect("web:referral", notice.referral_id)
    return redirect("web:case", notice.case.reference) if notice.case else redirect("web:notices")
