"""A thing a person promised to do, with a time."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import FollowUpKind, FollowUpOutcome, FollowUpStatus
from cases.models.base import Record, Versioned, code_field, only_codes, together
from cases.models.case import Case
from cases.models.people import User
from cases.vault import DataKey, SealedTextField


class FollowUp(Record, Versioned):
    """`revision` counts the times it was moved: each moment it falls due is announced once, under a key of its own."""

    noun = "follow_up"

    client_uuid = models.UUIDField(null=True, blank=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="follow_ups")
    kind = code_field(FollowUpKind)
    note = SealedTextField(pad=256, max_length=2000, null=True, blank=True)
    due_at = models.DateTimeField()
    assigned_to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="follow_ups")
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    status = code_field(FollowUpStatus, default=FollowUpStatus.OPEN)
    revision = models.PositiveIntegerField(default=1)
    announced_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = code_field(FollowUpOutcome, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = [
            models.Index(
                fields=["due_at"],
                name="follow_up_to_announce",
                condition=Q(status=FollowUpStatus.OPEN, announced_at__isnull=True),
            ),
            models.Index(
                fields=["assigned_to", "due_at"], name="follow_up_my_day", condition=Q(status="open")
            ),
        ]
        constraints = [
            *only_codes("follow_up", kind=FollowUpKind, status=FollowUpStatus),
            *only_codes("follow_up", or_none=True, outcome=FollowUpOutcome),
            together("follow_up", "done_at", "done_by"),
            models.CheckConstraint(
                condition=~Q(status=FollowUpStatus.DONE) | Q(done_at__isnull=False) & ~Q(outcome=""),
                name="follow_up_done_with_outcome",
            ),
            models.UniqueConstraint(
                fields=["planned_by", "client_uuid"], name="follow_up_once_per_client_uuid"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def sealing_key(self) -> DataKey:
        return self.case.data_key
