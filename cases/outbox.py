"""The sixth beat, tell: a Notice in each inbox and a Delivery for each further channel, in the action's transaction.

What leaves the house is sent later, outside any transaction: a delivery is leased, sent, marked sent. Whoever dies
in between leaves a lease that ends, and the message goes out again under the same Message-ID: at least once, never
none. This is the one place beside the actions that moves a status, that of its own deliveries.
"""

import logging
import random
import secrets
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from cases.bell import nudge
from cases.enums import DeliveryChannel, DeliveryStatus
from cases.models import Case, Delivery, FollowUp, Notice, Organisation, Referral, User
from cases.notices import email_of, notice_key, people_of, still_applies

__all__ = ["Telling", "deliver", "nudge", "tell", "tell_each"]

logger = logging.getLogger(__name__)

Subject = Case | FollowUp | Referral

# Few, so that a worker that dies takes few leases with it, and what was read is still true when it is sent.
BATCH = 20
# With the pauses below about nine hours.
ATTEMPTS = 24
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


class Telling(NamedTuple):
    """One thing one person is told. `key` tells apart the times they are told of the same subject."""

    subject: Subject
    kind: str
    to: UUID
    key: str = ""


def tell(
    subject: Subject,
    kind: str,
    *,
    to: User | Organisation | Iterable[User],
    by: User,
    key: str = "",
    at: datetime | None = None,
) -> None:
    """Tell people, or those of an organisation, once; a second telling under the same key finds the first.

    Nobody is told what they did themselves. With `at` the act is told as history (a replay, an import): silent.
    """
    if at is not None:
        return
    people = [person for person in people_of(to) if person.pk != by.pk]
    if people:
        tell_each([Telling(subject, kind, person.pk, key) for person in people])
        transaction.on_commit(nudge)


@transaction.atomic(savepoint=False)
def tell_each(tellings: Iterable[Telling]) -> None:
    """Write the notices that are new and their deliveries: three statements, however many there are."""
    notices = [_notice(telling) for telling in tellings]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    written = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    with_address = written.filter(to__email_address__isnull=False).values_list("pk", flat=True)
    Delivery.objects.bulk_create(
        [Delivery(notice_id=pk, channel=DeliveryChannel.EMAIL) for pk in with_address.order_by("pk")]
    )


def _notice(telling: Telling) -> Notice:
    subject = telling.subject
    return Notice(
        key=notice_key(telling.kind, subject.pk, telling.key, telling.to),
        to_id=telling.to,
        kind=telling.kind,
        code=_code(),
        case_id=subject.pk if isinstance(subject, Case) else subject.case_id,
        follow_up_id=subject.pk if isinstance(subject, FollowUp) else None,
        referral_id=subject.pk if isinstance(subject, Referral) else None,
    )


def _code() -> str:
    return "-".join(secrets.choice("123456789") for _ in range(3))


def deliver(*, for_seconds: float = 45) -> None:
    """Send what is due, until nothing is left, the channel is away or the time is up; the clock goes on from there."""
    started = time.monotonic()
    while time.monotonic() - started < for_seconds:
        batch = _claim()
        if not batch or not _send(batch):
            return


@transaction.atomic
def _lease() -> list[UUID]:
    """Take what is due and in nobody's hands. The database's clock decides, so that machines cannot disagree."""
    free = Q(leased_until__isnull=True) | Q(leased_until__lt=Now())
    due = Delivery.objects.filter(free, status=DeliveryStatus.PENDING, next_attempt_at__lte=Now())
    due = due.select_for_update(skip_locked=True).order_by("next_attempt_at", "id")
    leased = list(due.values_list("pk", flat=True)[:BATCH])
    until = Now() + timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    Delivery.objects.filter(pk__in=leased).update(leased_until=until, attempts=F("attempts") + 1)
    return leased


def _claim() -> Sequence[Delivery]:
    """The leased deliveries with all that decides whether they still apply, as it is after the lease."""
    rows = Delivery.objects.filter(pk__in=_lease()).order_by("next_attempt_at", "id")
    about = ("notice__follow_up", "notice__case", "notice__referral")
    return list(rows.select_related("notice__to__data_key", *about))


def _send(batch: Sequence[Delivery]) -> bool:
    """Send a batch over one connection; False when the channel is away, and all of it was put off."""
    connection = get_connection()
    finish_by = time.monotonic() + settings.DELIVERY_LEASE_SECONDS / 2
    try:
        connection.open()
    except Exception as error:
        for delivery in batch:
            _put_off(delivery, error)
        return False
    for delivery in batch:
        if time.monotonic() > finish_by:
            # The channel is slow: better handed back than sent after the lease has ended.
            _settle(delivery, attempts=F("attempts") - 1)
        else:
            _attempt(delivery, connection)
    _close(connection)
    return True


def _attempt(delivery: Delivery, connection: BaseEmailBackend) -> None:
    try:
        applies = still_applies(delivery.notice)
        if applies:
            email_of(delivery, connection).send()
    except Exception as error:
        _close(connection)  # the next message opens a new one
        _put_off(delivery, error)
        return
    if applies:
        _settle(delivery, status=DeliveryStatus.SENT, sent_at=Now(), last_error="")
    else:
        _settle(delivery, status=DeliveryStatus.CANCELLED)


def _close(connection: BaseEmailBackend) -> None:
    connection.fail_silently = True
    connection.close()
    connection.fail_silently = False


def _put_off(delivery: Delivery, error: Exception) -> None:
    """Try again after a pause that grows and is random, so that a channel that comes back is not overrun."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (delivery.attempts - 1))
    status = DeliveryStatus.DEAD if delivery.attempts >= ATTEMPTS else DeliveryStatus.PENDING
    # The class alone: the words of the error may quote the address.
    kind = type(error).__name__[:60]
    logger.warning("a message was not sent and is %s", status.value, extra={"kind": kind})
    _settle(delivery, status=status, last_error=kind, next_attempt_at=Now() + longest * random.random())  # noqa: S311


def _settle(delivery: Delivery, **fields: Any) -> None:
    """Give the lease back with the outcome. Whoever lost it meanwhile changes nothing, unless the message is out."""
    mine = Q(pk=delivery.pk, status=DeliveryStatus.PENDING)
    if fields.get("status") != DeliveryStatus.SENT:
        mine &= Q(leased_until=delivery.leased_until)
    Delivery.objects.filter(mine).update(leased_until=None, **fields)
