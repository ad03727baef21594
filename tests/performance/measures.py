"""What is measured: each thing a person or a program often does, through its doors and bare."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cases import outbox
from cases.models import Delivery, FollowUp
from cases.schedule import announce_due
from tests.performance.bare import Bare
from tests.performance.doors import Browser
from tests.performance.fill import Filled, make_due

Work = Callable[[], object]


@dataclass(frozen=True)
class Measure:
    """One operation: the goal in milliseconds where there is one, and the work of each way to it."""

    name: str
    goal: float | None
    ways: dict[str, Work]
    bare: Work
    runs: int = 100
    # What one run holds, where it is many.
    per_run: int = 1
    prepare: Work = lambda: None


def measures(filled: Filled, bare: Bare) -> Iterator[Measure]:
    """Reading first: what writing leaves behind is not for reading."""
    coordinator, counsellor = Browser(filled.coordinator), Browser(filled.counsellor)
    queue = reverse("web:queue")
    cases, search, hours = "/api/v1/cases/", "/api/v1/search/", "/api/v1/stats/calls/?by=hour"
    number = {"text": filled.number}
    yield Measure("health", None, {"web": coordinator.get("/healthz")}, lambda: None)
    listed = {"api": coordinator.get(f"{cases}?open=true&limit=25")}
    yield Measure("open cases, 25 rows", 3, listed, bare.newest)
    pages = {"page": coordinator.get(queue), "page, counsellor": counsellor.get(queue)}
    yield Measure("queue, 50 rows", None, pages, bare.queue)
    yield Measure(
        "retrieve a case",
        0.7,
        {
            "api": coordinator.get(f"{cases}{filled.case.pk}/"),
            "page": coordinator.get(reverse("web:case", args=[filled.case.reference])),
        },
        bare.one(filled.case),
    )
    yield Measure(
        "find by phone",
        0.6,
        {
            "api": coordinator.post_json(search, lambda: number, 200),
            "page": coordinator.post_form(reverse("web:search"), urlencode(number).encode, 200),
        },
        bare.by_number(filled.number),
    )
    yield Measure(
        "statistics, 24 hours",
        1.5,
        {"api": coordinator.get(hours), "page": coordinator.get(reverse("web:dashboard"))},
        bare.hours("24 hours"),
    )
    month = "&since=2000-01-01T00:00:00Z&until=2000-01-31T00:00:00Z"
    yield Measure(
        "statistics, empty month", 1.5, {"api": coordinator.get(hours + month)}, bare.hours("1 second")
    )
    yield from _writing(counsellor, bare)


def _writing(counsellor: Browser, bare: Bare) -> Iterator[Measure]:
    for name, topic, goal in (
        ("log a call", "information", 1.1),
        ("log a call that opens a case", "detention", 1.1),
    ):
        ways = {
            "api": counsellor.post_json("/api/v1/calls/", lambda topic=topic: _call(topic)),
            "page": counsellor.post_form(reverse("web:call_new"), lambda topic=topic: _form(topic)),
        }
        yield Measure(name, goal, ways, bare.writes_of(ways["api"]))
    count = min(FollowUp.objects.count(), 500)

    due, waiting = (lambda: make_due(count)), (lambda: _make_pending(count))
    yield Measure(f"announce {count} due", None, {"clock": announce_due}, bare.claim, 1, count, due)
    ways = {"worker": outbox.deliver}
    yield Measure(f"send {count} messages", None, ways, bare.mark_sent, 1, count, waiting)


def _call(topic: str) -> dict[str, Any]:
    return {
        "client_uuid": str(uuid.uuid4()),
        "topic": topic,
        "region": "RU-MOW",
        "language": "tg",
        "relation": "sibling",
        "caller_name": "Фарход",
        "caller_phone": "+992 000 99 88 77",
        **({"about_name": "Каримов Джамшед", "nationality": "TJ"} if topic == "detention" else {}),
        "note": "Взяли на рынке.",
    }


def _form(topic: str) -> bytes:
    """The same call as the page sends it."""
    fields = {**_call(topic), "contact_safety": "may_call", "when": "unknown"}
    if topic == "information":
        fields |= {"topic": "other", "other_topic": topic, "name_unknown": "on"}
    return urlencode(fields).encode()


def _make_pending(count: int) -> None:
    """Messages that wait for a channel, which takes everything."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    Delivery.objects.update(status="cancelled", sent_at=None, attempts=0, leased_until=None)
    chosen = list(Delivery.objects.order_by("id").values_list("pk", flat=True)[:count])
    Delivery.objects.filter(pk__in=chosen).update(status="pending", next_attempt_at=timezone.now())
