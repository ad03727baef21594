"""One matter before a court or decision-maker."""

from django.db import models
from django.utils import timezone

from cases.enums import Article, ProceedingKind, Ruling
from cases.models.base import Record, Versioned, code_field, in_order, only_codes
from cases.models.case import Case
from cases.models.people import User
from cases.models.place import Place


class Proceeding(Record, Versioned):
    """A court case about somebody of ours, with its ruling once there is one."""

    noun = "proceeding"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="proceedings")
    kind = code_field(ProceedingKind)
    court = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="proceedings"
    )
    article = code_field(Article, default=Article.UNKNOWN)
    received_at = models.DateTimeField()
    ruled_at = models.DateTimeField(null=True, blank=True)
    ruling = code_field(Ruling, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-received_at", "id")
        constraints = [
            *only_codes("proceeding", kind=ProceedingKind, article=Article),
            *only_codes("proceeding", or_none=True, ruling=Ruling),
            in_order("proceeding", "received_at", "ruled_at"),
            models.CheckConstraint(
                condition=models.Q(ruled_at__isnull=True, ruling="")
                | models.Q(ruled_at__isnull=False) & ~models.Q(ruling=""),
                name="proceeding_ruled_with_ruling",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
