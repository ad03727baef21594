"""The record of what was done: one append-only line per act."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from cases.models import Case, TimelineEntry, User


def record(
    subject: models.Model,
    verb: str,
    by: User,
    *,
    at: datetime | None = None,
    case: Case | None = None,
    **data: Any,
) -> TimelineEntry:
    """Write down that `by` did `verb` to `subject`.

    `data` holds ids and codes only: text typed by people stays in the sealed fields of its record, so that
    this line can be kept when the record's key is destroyed. `case` names the case whose page shows the line.
    """
    return TimelineEntry.objects.create(
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        case=case if case is not None else (subject if isinstance(subject, Case) else None),
        verb=verb,
        by=by,
        at=at or timezone.now(),
        data={name: _plain(value) for name, value in data.items() if value is not None},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return sorted(_plain(item) for item in value)
    return value
