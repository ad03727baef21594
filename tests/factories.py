"""Short ways to what tests need, through the same actions as a person's clicks."""

import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cases.actions import Intake, TakenCall, assign_case, open_case, plan_follow_up, take_call
from cases.enums import FollowUpKind, Role, Topic
from cases.models import Case, FollowUp, Organisation, User

PASSWORD = "four calm words here"
ADDRESS = "staff@helpline.example"


def user(role: str = Role.COUNSELLOR, handle: str = "", **fields: Any) -> User:
    """Somebody of a role; a partner gets an organisation of their own."""
    if role == Role.PARTNER and "organisation" not in fields:
        fields["organisation"] = partner()
    return User.objects.create_user(
        handle or f"{role}-{uuid.uuid4().hex[:6]}", role, password=PASSWORD, **fields
    )


def counsellor(handle: str = "", **fields: Any) -> User:
    return user(Role.COUNSELLOR, handle, **fields)


def coordinator(handle: str = "", regions: tuple[str, ...] = ("*",), **fields: Any) -> User:
    return user(Role.COORDINATOR, handle, regions=list(regions), **fields)


def partner(name: str = "") -> Organisation:
    """A partner organisation."""
    return Organisation.objects.create(name=name or f"Partner {uuid.uuid4().hex[:6]}")


def intake(**fields: Any) -> Intake:
    """A call about a detained man, as a relative tells it."""
    told = {
        "client_uuid": uuid.uuid4(),
        "topic": Topic.DETENTION,
        "region": "RU-MOW",
        "language": "tg",
        "caller_name": "Фарход",
        "caller_phone": "+992 000 11 22 33",
        "relation": "sibling",
        "about_name": "Каримов Джамшед",
        "nationality": "TJ",
    }
    return Intake(**{**told, **fields})


def call(by: User | None = None, **fields: Any) -> TakenCall:
    """A call taken by a counsellor, with the case that follows from it."""
    return take_call(intake(**fields), by=by or counsellor())


def case(by: User | None = None, assignee: User | None = None, **fields: Any) -> Case:
    """A case, assigned if somebody is named."""
    opened = open_case(**{"topic": Topic.DETENTION, "region": "RU-MOW", "by": by or counsellor(), **fields})
    return opened if assignee is None else assign_case(opened, to=assignee, by=User.objects.system())


def follow_up(on: Case | None = None, by: User | None = None, **fields: Any) -> FollowUp:
    """A promise for an hour from now."""
    promised = {"kind": FollowUpKind.CALL_BACK, "due_at": timezone.now() + timedelta(hours=1), **fields}
    return plan_follow_up(on or case(), by=by or User.objects.system(), **promised)
