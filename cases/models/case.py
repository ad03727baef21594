"""The legal aid case: the file about one person, or family, in trouble."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.enums import CaseStatus, ClosingReason, Language, Topic, Urgency
from cases.lifecycle import OPEN_CASE
from cases.models.base import (
    RootRecord,
    Versioned,
    VisibleQuerySet,
    code_field,
    in_order,
    only_codes,
    together,
)
from cases.models.incident import Incident
from cases.models.people import User
from cases.models.person import Person
from cases.regions import CODES
from cases.vault import SealedTextField

IS_OPEN = Q(status__in=sorted(OPEN_CASE))


class CaseQuerySet(VisibleQuerySet):
    def open(self) -> "CaseQuerySet":
        return self.filter(IS_OPEN)

    def in_queue_order(self) -> "CaseQuerySet":
        """The most urgent first; among equals those nobody has touched, then those due soonest, then the oldest."""
        untouched_first = models.Case(models.When(status=CaseStatus.NEW, then=0), default=1)
        return self.order_by(
            "urgency", untouched_first, F("next_due_at").asc(nulls_last=True), "opened_at", "id"
        )

    def with_people(self) -> "CaseQuerySet":
        """Everything a list of cases shows, in a number of queries that does not grow with the rows."""
        return self.select_related("assignee", "person__data_key").prefetch_related("person__names")


class Case(RootRecord, Versioned):
    """One person's trouble, from the first call to the closing reason."""

    noun = "case"

    client_uuid = models.UUIDField(null=True, blank=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    topic = code_field(Topic)
    status = code_field(CaseStatus, default=CaseStatus.NEW)
    urgency = code_field(Urgency)
    region = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True, help_text="where the region is abroad")
    language = code_field(Language, default=Language.UNKNOWN)
    assignee = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="assigned_cases"
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="opened_cases")
    opened_at = models.DateTimeField(default=timezone.now)
    next_due_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closing_reason = code_field(ClosingReason, blank=True)
    summary = SealedTextField(pad=256, max_length=20000, null=True, blank=True)

    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "id")
        indexes = [
            models.Index(fields=["urgency", "next_due_at"], name="case_queue", condition=IS_OPEN),
            models.Index(fields=["region", "status"], name="case_region_status"),
            models.Index(fields=["opened_at", "id"], name="case_opened"),
        ]
        constraints = [
            *only_codes("case", topic=Topic, status=CaseStatus, urgency=Urgency, language=Language),
            *only_codes("case", or_none=True, closing_reason=ClosingReason),
            together("case", "closed_at", "closed_by"),
            in_order("case", "opened_at", "closed_at"),
            models.CheckConstraint(
                condition=Q(status=CaseStatus.CLOSED, closed_at__isnull=False) & ~Q(closing_reason="")
                | ~Q(status=CaseStatus.CLOSED) & Q(closed_at__isnull=True, closing_reason=""),
                name="case_closed_with_reason",
            ),
            models.CheckConstraint(condition=Q(region__in=sorted(CODES)), name="case_region_known"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"), name="case_country_is_iso"
            ),
            models.UniqueConstraint(fields=["opened_by", "client_uuid"], name="case_once_per_client_uuid"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_CASE
