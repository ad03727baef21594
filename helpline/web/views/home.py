"""The start page of each role: what burns, and where to go. Every number is a link to the rows it counts."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.audit import note_reads
from cases.enums import FollowUpStatus, Role, Urgency
from cases.models import Case, FollowUp, Heartbeat, User
from helpline.web.figures import Figure, queue_url
from helpline.web.views.follow_ups import promised, within_reach

SHOWN = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Each role begins where its work is."""
    if request.user.role == Role.PARTNER:
        return redirect("web:referrals")
    if request.user.role == Role.AUDITOR:
        return redirect("web:audit")
    if request.user.role == Role.ADMINISTRATOR:
        return render(request, "web/home_administrator.html", _administrator())
    return render(request, "web/home.html", _worker(request))


def _worker(request: HttpRequest) -> dict[str, Any]:
    user, now = request.user, timezone.now()
    coordinates = user.role == Role.COORDINATOR
    open_cases = Case.objects.visible_to(user).open()
    counts = open_cases.aggregate(
        late=Count("pk", filter=Q(next_due_at__lt=now)),
        critical=Count("pk", filter=Q(urgency=Urgency.U0)),
        nobodys=Count("pk", filter=Q(assignee__isnull=True)),
        mine=Count("pk", filter=Q(assignee=user)),
    )
    cases = open_cases if coordinates else open_cases.filter(assignee=user)
    top = list(cases.with_people().in_queue_order()[:SHOWN])
    day = within_reach(promised(request)[:SHOWN])
    people = {case.person for case in [*top, *(row.case for row in day)] if case.person}
    note_reads(user, people, ("names",))
    return {
        "tiles": [*_case_tiles(counts, coordinates), *_day_tiles(user, now)],
        "top": top,
        "day": day,
        "load": _load(user) if coordinates else [],
        "coordinates": coordinates,
    }


def _case_tiles(counts: dict[str, int], coordinates: bool) -> list[Figure]:
    late, critical = counts["late"], counts["critical"]
    tiles = [
        Figure("late", _("cases overdue"), late, queue_url(overdue="true"), late > 0),
        Figure("critical", _("critical cases"), critical, queue_url(urgency=Urgency.U0), critical > 0),
    ]
    nobodys = Figure("nobodys", _("cases nobody holds"), counts["nobodys"], queue_url(assignee="none"))
    mine = Figure("mine", _("my open cases"), counts["mine"], queue_url(assignee="me"))
    return [*tiles, nobodys, mine] if coordinates else [mine, *tiles]


def _day_tiles(user: User, now: Any) -> list[Figure]:
    own = FollowUp.objects.visible_to(user).filter(assigned_to=user, status=FollowUpStatus.OPEN)
    counts = own.aggregate(late=Count("pk", filter=Q(due_at__lt=now)), all=Count("pk"))
    late, page = counts["late"], reverse("web:my_day")
    return [
        Figure("my_late", _("my follow-ups overdue"), late, f"{page}?overdue=true", late > 0),
        Figure("my_day", _("my follow-ups in all"), counts["all"], page),
    ]


def _load(user: User) -> list[Figure]:
    """Open cases by who holds them, within the coordinator's reach."""
    held = Case.objects.visible_to(user).open().filter(assignee__isnull=False).order_by()
    most = held.values_list("assignee__handle").annotate(count=Count("pk"))
    return [
        Figure(handle, handle, count, queue_url(assignee=handle))
        for handle, count in most.order_by("-count", "assignee__handle")[:SHOWN]
    ]


def _administrator() -> dict[str, Any]:
    users = User.objects.filter(is_active=True).order_by()
    by_role = dict(users.values_list("role").annotate(count=Count("pk")))
    return {
        "staff": [
            Figure(code, label, by_role.get(code, 0)) for code, label in Role.choices if code != Role.SYSTEM
        ],
        "beats": Heartbeat.objects.order_by("pk"),
        "stale": timezone.now() - timedelta(minutes=5),
    }
