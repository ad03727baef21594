"""Anywhere people are held, judged or taken."""

from django.db import models
from django.db.models import Q

from cases.enums import PlaceKind
from cases.models.base import Record, code_field, only_codes
from cases.regions import CODES


class Place(Record):
    """A public institution or locality; nothing in here is about a person."""

    noun = "place"

    name = models.CharField(max_length=200)
    kind = code_field(PlaceKind, default=PlaceKind.OTHER)
    region = models.CharField(max_length=8)

    class Meta:
        ordering = ("name", "id")
        constraints = [
            *only_codes("place", kind=PlaceKind),
            models.UniqueConstraint(fields=["region", "name"], name="place_once_per_region"),
            models.CheckConstraint(condition=Q(region__in=sorted(CODES)), name="place_region_known"),
        ]

    def __str__(self) -> str:
        return self.name
