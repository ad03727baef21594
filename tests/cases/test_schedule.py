"""What the clock starts."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from cases.actions import complete_follow_up, postpone_follow_up
from cases.enums import NoticeKind
from cases.models import Case, Delivery, FollowUp, Notice
from cases.schedule import announce_due, tick
from tests import factories
from tests.clock import due, reader, together

pytestmark = pytest.mark.django_db


def promises(count: int) -> list[FollowUp]:
    case = factories.case()
    return [due(factories.follow_up(case, assigned_to=reader())) for _ in range(count)]


def test_a_promise_that_falls_due_reaches_the_inbox_and_the_mail_of_whoever_made_it() -> None:
    (promise,) = promises(1)
    tick()
    notice = Notice.objects.get()
    assert (notice.kind, notice.to, notice.follow_up, notice.case) == (
        NoticeKind.FOLLOW_UP_DUE,
        promise.assigned_to,
        promise,
        promise.case,
    )
    assert [message.to for message in mail.outbox] == [[factories.ADDRESS]]


def test_one_is_reminded_of_what_one_promised_oneself() -> None:
    lola = reader()
    due(factories.follow_up(factories.case(by=lola), by=lola))
    tick()
    assert Notice.objects.get().to == lola


def test_a_promise_is_announced_once_and_not_before_its_time() -> None:
    factories.follow_up(factories.case(), assigned_to=reader())
    promises(2)
    assert [announce_due(), announce_due()] == [2, 0]
    assert Notice.objects.count() == 2


def test_a_moved_promise_is_announced_again_under_another_key() -> None:
    (promise,) = promises(1)
    tick()
    due(postpone_follow_up(promise, due_at=timezone.now() + timedelta(hours=1), by=promise.assigned_to))
    tick()
    tick()
    keys = set(Notice.objects.values_list("key", flat=True))
    start = f"follow_up.due:{promise.pk}"
    assert keys == {f"{start}:{revision}:{promise.assigned_to_id}" for revision in (1, 2)}
    assert len(mail.outbox) == 2


def test_announcing_is_not_an_edit() -> None:
    (promise,) = promises(1)
    tick()
    complete_follow_up(promise, outcome="done", by=promise.assigned_to, version=promise.version)


def test_a_promise_that_is_kept_is_not_announced() -> None:
    (promise,) = promises(1)
    complete_follow_up(promise, outcome="done", by=promise.assigned_to)
    tick()
    assert not Notice.objects.exists()


def test_whoever_is_switched_off_gets_nothing_until_they_are_back() -> None:
    (promise,) = promises(1)
    person = promise.assigned_to
    person.is_active = False
    person.save()
    tick()
    assert not Notice.objects.exists()
    person.is_active = True
    person.save()
    tick()
    assert Notice.objects.get().to == person


@pytest.mark.parametrize("count", [1, 30])
def test_announcing_takes_five_statements_however_many_fall_due(
    count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    promises(count)
    # Claim, notices, who has an address, deliveries, announced; and a savepoint.
    with django_assert_num_queries(7):
        assert announce_due() == count
    assert Delivery.objects.count() == count


def test_an_empty_tick_asks_twice(django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(6):
        tick()


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_never_double() -> None:
    promises(60)
    together(tick, tick, tick)
    tick()  # what the three took out of each other's hands
    assert (Notice.objects.count(), Delivery.objects.filter(status="sent").count(), len(mail.outbox)) == (
        60,
        60,
        60,
    )


@pytest.mark.django_db(transaction=True)
def test_the_clock_neither_waits_for_nor_blocks_an_action_on_the_same_case() -> None:
    promise, other = promises(1)[0], promises(1)[0]
    holds, ticked = threading.Event(), threading.Event()

    def act() -> None:
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=promise.case_id)
            holds.set()
            assert ticked.wait(10)
            complete_follow_up(promise, outcome="done", by=promise.assigned_to)

    def clock() -> None:
        assert holds.wait(10)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        tick()
        ticked.set()

    together(act, clock)
    assert [notice.follow_up for notice in Notice.objects.all()] == [other]
