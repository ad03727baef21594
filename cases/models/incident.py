"""Raids, arsons, assaults: what happens to many people at once."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import IncidentKind
from cases.models.base import RootRecord, Versioned, code_field, in_order, only_codes
from cases.models.people import User
from cases.models.place import Place
from cases.regions import CODES
from cases.vault import SealedTextField


class Incident(RootRecord, Versioned):
    """One event with a head count as reported, from `reported_min` to `reported_max` people; none where nobody said."""

    noun = "incident"

    client_uuid = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    kind = code_field(IncidentKind)
    name = models.CharField(max_length=120, blank=True, help_text="a short label without names of people")
    region = models.CharField(max_length=8)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reported_min = models.PositiveIntegerField(null=True, blank=True)
    reported_max = models.PositiveIntegerField(null=True, blank=True)
    places = models.ManyToManyField(Place, related_name="incidents", blank=True)
    source = models.CharField(max_length=300, blank=True, help_text="who reported it")
    note = SealedTextField(pad=256, max_length=20000, null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-started_at", "id")
        constraints = [
            *only_codes("incident", kind=IncidentKind),
            in_order("incident", "started_at", "ended_at"),
            in_order("incident", "reported_min", "reported_max"),
            models.CheckConstraint(condition=Q(region__in=sorted(CODES)), name="incident_region_known"),
        ]

    def __str__(self) -> str:
        return self.reference
