"""A case offered to a partner organisation."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import DeclineReason, ReferralStatus
from cases.models.base import Record, Versioned, code_field, only_codes, together
from cases.models.case import Case
from cases.models.people import Organisation, User
from cases.vault import DataKey, SealedTextField


class Referral(Record, Versioned):
    """An offer; until consent exists as data the partner sees no identity and no note, `note` is ours alone."""

    noun = "referral"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="referrals")
    status = code_field(ReferralStatus, default=ReferralStatus.OFFERED)
    decline_reason = code_field(DeclineReason, blank=True)
    note = SealedTextField(pad=256, max_length=2000, null=True, blank=True)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-offered_at", "id")
        constraints = [
            *only_codes("referral", status=ReferralStatus),
            *only_codes("referral", or_none=True, decline_reason=DeclineReason),
            together("referral", "answered_at", "answered_by"),
            models.CheckConstraint(
                condition=Q(status=ReferralStatus.DECLINED) & ~Q(decline_reason="")
                | ~Q(status=ReferralStatus.DECLINED) & Q(decline_reason=""),
                name="referral_declined_with_reason",
            ),
            models.UniqueConstraint(
                fields=["case", "to"],
                condition=Q(status__in=[ReferralStatus.OFFERED, ReferralStatus.ACCEPTED]),
                name="referral_one_live_per_partner",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def sealing_key(self) -> DataKey:
        return self.case.data_key
