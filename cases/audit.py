"""The record of what was read: written in the reader's transaction, so that a read that cannot be noted is refused."""

from collections.abc import Iterable
from uuid import UUID

from django.db import models

from cases.models import AuditEntry, User


def note_read(
    by: User, record: models.Model, fields: Iterable[str], *, request_id: UUID | None = None
) -> None:
    """Write down that `by` was shown these sealed fields of a record. Ids and field names only."""
    AuditEntry.objects.create(
        by=by,
        subject_type=record._meta.model_name or "",
        subject_id=record.pk,
        fields=",".join(fields),
        request_id=request_id,
    )


def note_reads(by: User, records: Iterable[models.Model], fields: Iterable[str]) -> None:
    """Write down that `by` was shown these sealed fields of every record of a list, in one statement."""
    names = ",".join(fields)
    AuditEntry.objects.bulk_create(
        AuditEntry(by=by, subject_type=record._meta.model_name or "", subject_id=record.pk, fields=names)
        for record in records
    )
