"""What somebody was told has been read."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cases.models import Notice, User


@transaction.atomic
def read_notices(notices: Iterable[Notice], *, by: User) -> int:
    """Mark notices of one's own as read; those of others, and those read before, stay as they are."""
    unread = Notice.objects.visible_to(by).filter(
        pk__in=[notice.pk for notice in notices], read_at__isnull=True
    )
    return int(unread.update(read_at=timezone.now()))
