"""What the clock starts. Beat only wakes; what is due stands in PostgreSQL."""

from celery import shared_task
from django.db import transaction
from django.db.models.functions import Now

from cases import outbox
from cases.enums import FollowUpStatus, NoticeKind
from cases.models import FollowUp

BATCH = 500


@shared_task
def tick() -> None:
    """Announce the promises that have fallen due, then send whatever waits."""
    while announce_due() == BATCH:
        pass
    outbox.deliver()


@transaction.atomic
def announce_due() -> int:
    """Tell people of up to 500 promises that have fallen due, each moment once; answers how many there were.

    The case is locked with its promise and both are left out while an action works on them: an action locks the
    case first, so waiting here for a case with its promise in hand could end in a deadlock. Promises of people who
    are switched off stay as they are, and are announced when somebody takes them over or comes back.
    """
    due = FollowUp.objects.filter(
        status=FollowUpStatus.OPEN, announced_at__isnull=True, due_at__lte=Now(), assigned_to__is_active=True
    )
    due = due.select_for_update(of=("self", "case"), skip_locked=True, no_key=True).select_related("case")
    due = due.only("case__version", "assigned_to_id", "revision").order_by("due_at", "id")
    promises = list(due[:BATCH])
    if promises:
        outbox.tell_each(
            outbox.Telling(promise, NoticeKind.FOLLOW_UP_DUE, promise.assigned_to_id, str(promise.revision))
            for promise in promises
        )
        FollowUp.objects.filter(pk__in=[promise.pk for promise in promises]).update(announced_at=Now())
    return len(promises)
