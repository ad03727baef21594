"""What tests of the clock share: readers, promises that fall due, things done at the same time."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connections
from django.utils import timezone

from cases.models import FollowUp, User
from tests import factories


def reader(**fields: Any) -> User:
    """A counsellor with an address."""
    return factories.counsellor(**{"email_address": factories.ADDRESS, **fields})


def due(promise: FollowUp) -> FollowUp:
    """Let the time of a promise come."""
    FollowUp.objects.filter(pk=promise.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    promise.refresh_from_db()
    return promise


def together(*acts: Callable[[], Any]) -> None:
    """Do things at the same time, each over a database connection of its own."""
    start = threading.Barrier(len(acts))
    failed: list[Exception] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            start.wait()
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
