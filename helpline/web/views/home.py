"""The start page of each role: what burns, and where to go. Every number is a link to the rows it counts."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cases.audit import note_reads
from cases.enums import FollowUpStatus, Role, Urgency
from cases.models import Case, FollowUp, Heartbeat, User
from helpline.web.views.follow_ups import promised

SHOWN = 8


class Tile(NamedTuple):
    """A number with its words and the page that lists what it counts."""

    figure: int
    label: str
    url: str
    late: bool = False


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
    day = list(promised(request)[:SHOWN])
    people = {case.person for case in [*top, *(row.case for row in day)] if case.person}
    note_reads(user, people, ("names",))
    return {
        "tiles": [*_case_tiles(counts, coordinates), *_day_tiles(user, now)],
        "top": top,
        "day": day,
        "load": _load(user) if coordinates else [],
        "coordinates": coordinates,
    }


def _case_tiles(counts: dict[str, int], coordinates: bool) -> list[Tile]:
    tiles = [
        Tile(counts["late"], _("cases overdue"), _queue(overdue="true"), counts["late"] > 0),
        Tile(counts["critical"], _("critical cases"), _queue(urgency=Urgency.U0), counts["critical"] > 0),
    ]
    nobodys = Tile(counts["nobodys"], _("cases nobody holds"), _queue(assignee="none"))
    mine = Tile(counts["mine"], _("my open cases"), _queue(assignee="me"))
    return [*tiles, nobodys, mine] if coordinates else [mine, *tiles]


def _day_tiles(user: User, now: Any) -> list[Tile]:
    own = FollowUp.objects.visible_to(user).filter(assigned_to=user, status=FollowUpStatus.OPEN)
    counts = own.aggregate(late=Count("pk", filter=Q(due_at__lt=now)), all=Count("pk"))
    page = reverse("web:my_day")
    return [
        Tile(counts["late"], _("my follow-ups overdue"), page, counts["late"] > 0),
        Tile(counts["all"], _("my follow-ups in all"), page),
    ]


def _queue(**chosen: str) -> str:
    return f"{reverse('web:queue')}?{urlencode({'open': 'true', **chosen})}"


def _load(user: User) -> list[tuple[str, int]]:
    """Open cases by who holds them, within the coordinator's reach."""
    held = Case.objects.visible_to(user).open().filter(assignee__isnull=False).order_by()
    return list(
        held.values_list("assignee__handle")
        .annotate(count=Count("pk"))
        .order_by("-count", "assignee__handle")[:SHOWN]
    )


def _administrator() -> dict[str, Any]:
    users = User.objects.filter(is_active=True).order_by()
    by_role = dict(users.values_list("role").annotate(count=Count("pk")))
    return {
        "staff": [(label, by_role.get(code, 0)) for code, label in Role.choices if code != Role.SYSTEM],
        "beats": Heartbeat.objects.order_by("pk"),
        "stale": timezone.now() - timedelta(minutes=5),
    }
