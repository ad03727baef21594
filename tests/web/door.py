"""The human door as `tests/test_both_doors.py` walks through it: each step is the POST a page would send.

Each method takes who acts, the record and what is typed, and tells in one word how the door answered:
done, not_found, not_allowed, wrong_status, stale, bad_input.
"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from cases.models import Call, Case, Detention, FollowUp, Organisation, Referral, User
from cases.regions import region_zone
from tests.web.people import signed_in

WORDS = {200: "done", 302: "done", 403: "not_allowed", 404: "not_found", 413: "bad_input", 422: "bad_input"}


class PageDoor:
    """Every step, as a person takes it."""

    name = "page"

    def __init__(self) -> None:
        self.opened_at = timezone.now().isoformat()

    def log_call(self, by: User, **typed: Any) -> str:
        return self._post(by, "call_new", [], {"started_at": self.opened_at, **typed})

    def link(self, by: User, call: Call, case: Case) -> str:
        return self._post(by, "call_link", [call.reference], {"reference": case.reference})

    def see(self, by: User, case: Case) -> str:
        return WORDS[signed_in(by).get(reverse("web:case", args=[case.reference])).status_code]

    def triage(self, by: User, case: Case, urgency: str, version: int | None = None) -> str:
        return self._post(by, "triage", [case.reference], {"urgency": urgency}, version, case)

    def assign(self, by: User, case: Case, to: User, version: int | None = None) -> str:
        return self._post(by, "assign", [case.reference], {"to": to.pk}, version, case)

    def close(self, by: User, case: Case, reason: str, version: int | None = None) -> str:
        return self._post(by, "close", [case.reference], {"reason": reason}, version, case)

    def reopen(self, by: User, case: Case, version: int | None = None) -> str:
        return self._post(by, "reopen", [case.reference], {}, version, case)

    def refer(
        self, by: User, case: Case, to: Organisation, version: int | None = None, note: str = ""
    ) -> str:
        return self._post(by, "refer", [case.reference], {"to": to.pk, "note": note}, version, case)

    def plan(self, by: User, case: Case, due_at: datetime, **typed: Any) -> str:
        typed = {"client_uuid": uuid4(), "due": "exact", "due_at": self._clock(due_at), **typed}
        return self._post(by, "plan", [case.reference], typed)

    def complete(self, by: User, promise: FollowUp, outcome: str, version: int | None = None) -> str:
        return self._post(by, "complete", [promise.pk], {"outcome": outcome}, version, promise)

    def postpone(self, by: User, promise: FollowUp, due_at: datetime, version: int | None = None) -> str:
        typed = {"due": "exact", "due_at": self._clock(due_at)}
        return self._post(by, "postpone", [promise.pk], typed, version, promise)

    def detain(self, by: User, case: Case, **typed: Any) -> str:
        moments = {name: self._clock(value) for name, value in typed.items() if isinstance(value, datetime)}
        when = "exact" if moments else "unknown"
        return self._post(by, "detention", [case.reference], {"when": when, **typed, **moments})

    def end_detention(self, by: User, held: Detention, outcome: str, version: int | None = None) -> str:
        return self._post(by, "end_detention", [held.case.reference], {"outcome": outcome}, version, held)

    def accept(self, by: User, referral: Referral, version: int | None = None) -> str:
        return self._post(by, "accept", [referral.pk], {})

    def decline(self, by: User, referral: Referral, reason: str, version: int | None = None) -> str:
        return self._post(by, "decline", [referral.pk], {"reason": reason})

    def _post(
        self,
        by: User,
        page: str,
        key: list[Any],
        typed: dict[str, Any],
        version: int | None = None,
        record: Any = None,
    ) -> str:
        if record is not None:
            typed = {**typed, "version": record.version if version is None else version}
        return self._word(signed_in(by).post(reverse(f"web:{page}", args=key), typed))

    def _word(self, response: HttpResponse) -> str:
        if response.status_code != 409:
            return WORDS[response.status_code]
        drawn = {template.name for template in response.templates}  # type: ignore[attr-defined]
        return "stale" if "web/conflict.html" in drawn else "wrong_status"

    def _clock(self, moment: datetime) -> str:
        """What a field for a moment sends: a time on the clock of Moscow."""
        return moment.astimezone(region_zone("RU-MOW")).strftime("%Y-%m-%dT%H:%M")
