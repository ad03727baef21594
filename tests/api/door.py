"""The machine door as `tests/test_both_doors.py` walks through it. `tests/web/door.py` offers the same methods.

Each method takes who acts, the record and what is typed, and tells in one word how the door answered:
done, not_found, not_allowed, wrong_status, stale, bad_input.
"""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from cases.models import Call, Case, Detention, FollowUp, Organisation, Person, Place, Referral, User
from tests.web.people import signed_in

WORDS = {
    200: "done",
    201: "done",
    400: "bad_input",
    403: "not_allowed",
    404: "not_found",
    409: "wrong_status",
    412: "stale",
    413: "bad_input",
    422: "bad_input",
}


def staff(user: User) -> Client:
    """A client with a session, second factor and all."""
    return signed_in(user)


def post(
    user: User, path: str, body: dict[str, Any], version: int | None = None, key: str | None = None
) -> HttpResponse:
    """A POST of JSON by a member of staff."""
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    if key is not None:
        headers["Idempotency-Key"] = key
    return staff(user).post(  # type: ignore[return-value]
        f"/api/v1/{path}", _coded(body), content_type="application/json", headers=headers
    )


def _coded(body: dict[str, Any]) -> dict[str, Any]:
    """Records by id, people of the staff by handle, times in RFC 3339."""
    return {name: _code(value) for name, value in body.items()}


def _code(value: Any) -> Any:
    if isinstance(value, User):
        return value.handle
    if isinstance(value, Call | Case | Detention | FollowUp | Organisation | Person | Place | Referral):
        return str(value.pk)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return sorted(value) if isinstance(value, set | frozenset) else value


class ApiDoor:
    """Every step, as a program takes it."""

    name = "api"

    def log_call(self, by: User, **typed: Any) -> str:
        return self._word(post(by, "calls/", typed))

    def link(self, by: User, call: Call, case: Case) -> str:
        return self._word(post(by, f"calls/{call.pk}/link/", {"case": case}))

    def see(self, by: User, case: Case) -> str:
        return WORDS[staff(by).get(f"/api/v1/cases/{case.pk}/").status_code]

    def triage(self, by: User, case: Case, urgency: str, version: int | None = None) -> str:
        return self._step(by, case, "triage", {"urgency": urgency}, version)

    def assign(self, by: User, case: Case, to: User, version: int | None = None) -> str:
        return self._step(by, case, "assign", {"to": to}, version)

    def close(self, by: User, case: Case, reason: str, version: int | None = None) -> str:
        return self._step(by, case, "close", {"reason": reason}, version)

    def reopen(self, by: User, case: Case, version: int | None = None) -> str:
        return self._step(by, case, "reopen", {}, version)

    def refer(
        self, by: User, case: Case, to: Organisation, version: int | None = None, note: str = ""
    ) -> str:
        return self._step(by, case, "refer", {"to": to, "note": note}, version)

    def plan(self, by: User, case: Case, **typed: Any) -> str:
        return self._word(post(by, "follow-ups/", {"case": case, **typed}))

    def complete(self, by: User, promise: FollowUp, outcome: str, version: int | None = None) -> str:
        return self._word(post(by, f"follow-ups/{promise.pk}/complete/", {"outcome": outcome}, version))

    def postpone(self, by: User, promise: FollowUp, due_at: Any, version: int | None = None) -> str:
        return self._word(post(by, f"follow-ups/{promise.pk}/postpone/", {"due_at": due_at}, version))

    def detain(self, by: User, case: Case, **typed: Any) -> str:
        return self._word(post(by, "detentions/", {"case": case, **typed}))

    def end_detention(self, by: User, detention: Detention, outcome: str, version: int | None = None) -> str:
        return self._word(post(by, f"detentions/{detention.pk}/end/", {"outcome": outcome}, version))

    def accept(self, by: User, referral: Referral, version: int | None = None) -> str:
        return self._word(post(by, f"referrals/{referral.pk}/accept/", {}, version))

    def decline(self, by: User, referral: Referral, reason: str, version: int | None = None) -> str:
        return self._word(post(by, f"referrals/{referral.pk}/decline/", {"reason": reason}, version))

    def _step(self, by: User, case: Case, step: str, body: dict[str, Any], version: int | None) -> str:
        return self._word(post(by, f"cases/{case.pk}/{step}/", body, version))

    def _word(self, response: HttpResponse) -> str:
        return WORDS[response.status_code]
