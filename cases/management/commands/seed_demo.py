"""`manage.py seed_demo`: about thirty open cases relative to now, for the demo accounts."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cases.enums import Role
from cases.management.scenario.facts_2024 import COORDINATORS, COUNSELLORS, PARTNERS
from cases.management.scenario.player import play
from cases.management.scenario.queue_today import Desk, queue
from cases.management.scenario.stage import Stage, set_stage
from cases.models import User


class Command(BaseCommand):
    """Fills a small queue through the same actions as clicks. A second run adds nothing."""

    help = "Fill a small live queue relative to now. A second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        stage = set_stage()
        desk = _desk(stage)
        added = play(queue(timezone.now(), desk), stage)
        self.stdout.write(f"{added} calls added.")


def _desk(stage: Stage) -> Desk:
    """The demo accounts where there are any, and the cast of the scenario beside them."""
    return Desk(
        counsellor=_demo(stage, Role.COUNSELLOR) or COUNSELLORS[0],
        others=COUNSELLORS[1:5],
        coordinator=_demo(stage, Role.COORDINATOR) or COORDINATORS[0],
        partner=_demo_partner(stage) or PARTNERS[0],
    )


def _demo_user(role: str) -> User | None:
    return User.objects.filter(role=role, handle__startswith="demo-", is_active=True).first()


def _demo(stage: Stage, role: str) -> str | None:
    user = _demo_user(role)
    if user is None:
        return None
    stage.users[user.handle] = user
    return user.handle


def _demo_partner(stage: Stage) -> str | None:
    user = _demo_user(Role.PARTNER)
    if user is None or user.organisation is None:
        return None
    stage.organisations[user.organisation.name] = user.organisation
    return user.organisation.name
