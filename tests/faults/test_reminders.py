"""Reminders survive what happens to workers and to Redis: one notice a key, none missing, doubles under one key.

The relay is where a message is beyond recall. It kills the worker in the very moment between "sent" and "marked"
(or just before "sent"), which is the only place where a reminder can be lost or doubled.
"""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.enums import DeliveryStatus, FollowUpKind
from cases.models import Delivery, FollowUp, Notice, User
from tests import factories
from tests.clock import reader
from tests.conftest import Servers
from tests.faults.processes import Processes
from tests.faults.relay import Fault, Relay


def promises(count: int, *, ahead: timedelta = timedelta()) -> None:
    """That many promises of five people on twenty-five cases, falling due after a while."""
    readers = list(User.objects.filter(email_address__isnull=False)) or [reader() for _ in range(5)]
    cases = [factories.case() for _ in range(25)]
    FollowUp.objects.bulk_create(
        FollowUp(
            case=cases[number % 25],
            kind=FollowUpKind.CALL_BACK,
            due_at=timezone.now() + ahead,
            assigned_to=readers[number % 5],
            planned_by=readers[0],
        )
        for number in range(count)
    )


def none_pending() -> bool:
    """Everything that is due was announced and settled."""
    waiting = FollowUp.objects.filter(announced_at__isnull=True).exists()
    return not waiting and not Delivery.objects.filter(status=DeliveryStatus.PENDING).exists()


def doubles(relay: Relay) -> int:
    return len(relay.accepted) - len(set(relay.accepted))


def everybody_was_reminded_once(relay: Relay, count: int) -> None:
    """One notice for each promise, one message for each notice, whatever happened."""
    assert Notice.objects.count() == count
    assert Notice.objects.values("follow_up").distinct().count() == count
    assert Delivery.objects.filter(status=DeliveryStatus.SENT).count() == count
    assert len(set(relay.accepted)) == count


def test_a_worker_killed_between_sent_and_marked_loses_and_doubles_nothing(
    processes: Processes, relay: Relay
) -> None:
    promises(500)
    relay.faults = {
        70: Fault(processes.kill_worker),
        190: Fault(processes.kill_worker, accepts=False),
        310: Fault(processes.kill_worker),
        430: Fault(processes.kill_worker, accepts=False),
    }
    processes.start()
    processes.until(none_pending, within=240)
    everybody_was_reminded_once(relay, 500)
    # The two that were accepted and never marked went out again. With two processes a kill may hit both.
    assert processes.kills == 4
    assert 2 <= doubles(relay) <= 8
    assert set(Counter(relay.accepted).values()) == {1, 2}
    assert factories.ADDRESS not in processes.said()


def test_the_test_above_would_notice_a_worker_that_marks_before_it_sends(
    processes: Processes, relay: Relay
) -> None:
    promises(40)
    relay.faults = {25: Fault(processes.kill_worker, accepts=False)}
    processes.start(app="tests.faults.careless")
    processes.until(none_pending, within=120)
    assert processes.kills == 1
    with pytest.raises(AssertionError):
        everybody_was_reminded_once(relay, 40)
    assert Delivery.objects.filter(status=DeliveryStatus.SENT).count() - len(set(relay.accepted)) >= 1


def test_a_redis_that_is_emptied_in_the_middle_takes_no_reminder_with_it(
    processes: Processes, relay: Relay, servers: Servers
) -> None:
    promises(250)
    promises(250, ahead=timedelta(hours=1))
    relay.faults = {number: Fault(lambda: empty(servers)) for number in (100, 200, 350)}
    processes.start()
    processes.until(lambda: len(set(relay.accepted)) == 250, within=120)
    # The second half falls due when Redis knows nothing any more, not even the names of its queues.
    FollowUp.objects.filter(announced_at__isnull=True).update(due_at=timezone.now())
    processes.until(none_pending, within=120)
    everybody_was_reminded_once(relay, 500)
    assert (relay.happened, doubles(relay)) == ([100, 200, 350], 0)


def empty(servers: Servers) -> None:
    from redis import Redis

    with Redis.from_url(servers.redis.url) as client:
        client.flushall()
