"""One line in a person's inbox, and the attempts to reach other channels."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.enums import DeliveryChannel, DeliveryStatus, NoticeKind
from cases.models.base import Record, code_field, only_codes
from cases.models.case import Case
from cases.models.follow_up import FollowUp
from cases.models.people import User
from cases.models.referral import Referral


class Notice(Record):
    """One thing a person should know. `key` makes it one: a second telling of the same thing finds the first."""

    noun = "notice"

    key = models.CharField(max_length=200, unique=True)
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notices")
    kind = code_field(NoticeKind)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    follow_up = models.ForeignKey(
        FollowUp, on_delete=models.CASCADE, null=True, blank=True, related_name="notices"
    )
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=5, help_text="random, named in messages instead of any record: 4-7-2")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        indexes = [models.Index(fields=["to"], name="notice_unread", condition=Q(read_at__isnull=True))]
        constraints = only_codes("notice", kind=NoticeKind)

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class Delivery(Record):
    """An attempt to bring a notice to a channel. A worker leases it, sends, then marks it sent: a worker that dies
    in between leaves a lease that ends, and the message goes out again under the same key.
    """

    noun = "delivery"

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = code_field(DeliveryChannel)
    status = code_field(DeliveryStatus, default=DeliveryStatus.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=60, blank=True, help_text="the kind of error, never its text")

    class Meta:
        ordering = ("next_attempt_at", "id")
        indexes = [
            models.Index(
                F("next_attempt_at"), name="delivery_pending", condition=Q(status=DeliveryStatus.PENDING)
            )
        ]
        constraints = [
            *only_codes("delivery", channel=DeliveryChannel, status=DeliveryStatus),
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(status=DeliveryStatus.SENT, sent_at__isnull=False)
                | ~Q(status=DeliveryStatus.SENT) & Q(sent_at__isnull=True),
                name="delivery_sent_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.status}"
