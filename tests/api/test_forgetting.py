"""What the machine door remembers of requests and tokens ends."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from oauth2_provider.models import AccessToken

from api.models import IdempotentRequest
from api.tasks import forget_old_requests
from tests.api.machine import Machine

pytestmark = pytest.mark.django_db


def test_answered_requests_are_remembered_for_two_days() -> None:
    machine, now = Machine("calls:read"), timezone.now()
    for hours in (47, 49):
        moment = now - timedelta(hours=hours)
        IdempotentRequest.objects.create(
            user=machine.user, key=str(hours), fingerprint=b"", created_at=moment
        )
    forget_old_requests()
    assert [kept.key for kept in IdempotentRequest.objects.all()] == ["47"]


def test_expired_tokens_are_forgotten_and_living_ones_are_not() -> None:
    living, expired = Machine("calls:read"), Machine("calls:read")
    old = AccessToken.objects.filter(application=expired.client)
    old.update(expires=timezone.now() - timedelta(seconds=1))
    forget_old_requests()
    assert (old.count(), living.ask("calls/").status_code) == (0, 200)


def test_the_clock_asks_for_it() -> None:
    entries = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "api.tasks.forget_old_requests" in entries
