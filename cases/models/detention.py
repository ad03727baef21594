"""An episode of being held."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import Agency, Article, Certainty, DetentionOutcome
from cases.models.base import Record, Versioned, VisibleQuerySet, code_field, in_order, only_codes, together
from cases.models.case import Case
from cases.models.people import User
from cases.models.person import Person
from cases.models.place import Place
from cases.vault import DataKey, SealedTextField


class DetentionQuerySet(VisibleQuerySet):
    def open(self) -> "DetentionQuerySet":
        """Those of people who are held now."""
        return self.filter(ended_at__isnull=True)


class Detention(Record, Versioned):
    """Two moments count in law: when freedom was restricted (Police Act art. 14) and when the person was delivered
    to a station (KoAP art. 27.5(4)). Relatives know them roughly, so each is an interval with a certainty.
    """

    noun = "detention"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="detentions")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="detentions"
    )
    restricted_from_at = models.DateTimeField(null=True, blank=True)
    restricted_until_at = models.DateTimeField(null=True, blank=True)
    restricted_certainty = code_field(Certainty, default=Certainty.UNKNOWN)
    delivered_from_at = models.DateTimeField(null=True, blank=True)
    delivered_until_at = models.DateTimeField(null=True, blank=True)
    delivered_certainty = code_field(Certainty, default=Certainty.UNKNOWN)
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="detentions"
    )
    place_note = SealedTextField(pad=64, max_length=300, null=True, blank=True)
    agency = code_field(Agency, default=Agency.UNKNOWN)
    article = code_field(Article, default=Article.UNKNOWN)
    outcome = code_field(DetentionOutcome, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = DetentionQuerySet.as_manager()

    class Meta:
        ordering = ("-recorded_at", "id")
        constraints = [
            *only_codes("detention", restricted_certainty=Certainty, delivered_certainty=Certainty),
            *only_codes("detention", agency=Agency, article=Article),
            *only_codes("detention", or_none=True, outcome=DetentionOutcome),
            in_order("detention", "restricted_from_at", "restricted_until_at"),
            in_order("detention", "delivered_from_at", "delivered_until_at"),
            in_order("detention", "restricted_from_at", "ended_at"),
            together("detention", "ended_at", "ended_by"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, outcome="") | Q(ended_at__isnull=False) & ~Q(outcome=""),
                name="detention_ended_with_outcome",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="detention_one_open_per_case"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def sealing_key(self) -> DataKey:
        return self.case.data_key
