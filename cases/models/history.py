"""What was done to a record, and who read what. Both are append-only, by trigger."""

from django.db import models
from django.utils import timezone

from cases.models.base import Record
from cases.models.case import Case
from cases.models.people import User


class TimelineEntry(Record):
    """One act: who did which verb to what, with ids and codes only."""

    noun = "case"

    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="timeline")
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-recorded_at", "id")
        indexes = [models.Index(fields=["subject_type", "subject_id", "-at"], name="timeline_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}"


class AuditEntry(Record):
    """One read of somebody's identity: who, what, which fields, when. Ids only."""

    noun = "audit"

    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    fields = models.CharField(max_length=200)
    request_id = models.UUIDField(null=True)

    class Meta:
        ordering = ("-at", "id")
        indexes = [models.Index(fields=["by", "-at"], name="audit_by")]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}"
