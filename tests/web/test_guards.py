"""What stands between a name and a session, and what is left of it on the disk."""

import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from helpline.web.tasks import forget_sessions
from tests import factories
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db


def counters() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM guard_counters")
        return [key for (key,) in cursor.fetchall()]


def test_the_counters_of_sign_in_name_neither_handles_nor_addresses() -> None:
    caches["guards"].clear()
    Client().post("/sign-in/", {"login": "lola", "password": "wrong"}, REMOTE_ADDR="203.0.113.77")
    assert len(counters()) >= 2
    assert all(len(key) == 64 and int(key, 16) for key in counters())


@pytest.mark.parametrize("off", ["person", "organisation"])
def test_whoever_is_switched_off_is_out_with_the_next_request(off: str) -> None:
    lawyer = factories.user("partner")
    browser = signed_in(lawyer)
    assert browser.get("/referrals/").status_code == 200
    switched = lawyer if off == "person" else lawyer.organisation
    switched.is_active = False
    switched.save()
    assert browser.get("/referrals/").status_code == 302
    assert browser.get("/api/v1/cases/").status_code == 401
    again = Client()
    again.post("/sign-in/", {"login": lawyer.handle, "password": factories.PASSWORD})
    assert "_auth_user_id" not in again.session


def test_what_has_expired_is_forgotten() -> None:
    caches["guards"].clear()
    caches["guards"].set("over", 1, timeout=1)
    caches["guards"].set("runs", 1, timeout=60)
    browser = signed_in(factories.counsellor())
    other = signed_in(factories.counsellor())
    key = other.cookies[settings.SESSION_COOKIE_NAME].value
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    time.sleep(1.1)
    forget_sessions()
    assert (len(counters()), caches["guards"].get("runs")) == (1, 1)
    assert [row.pk for row in Session.objects.all()] == [browser.cookies[settings.SESSION_COOKIE_NAME].value]
    assert "helpline.web.tasks.forget_sessions" in {
        entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }


def test_a_file_nobody_asked_for_is_not_written_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_given: object, **_more: object) -> None:
        raise AssertionError("written to a disk")

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)
    large = SimpleUploadedFile("x.bin", b"y" * 3_000_000)
    assert Client().post("/sign-in/", {"login": "lola", "password": "wrong", "x": large}).status_code == 200
