"""Numbers of others: courts, ministries, the press."""

from django.db import models
from django.db.models import Q

from cases.enums import FigureKind
from cases.models.base import Record, code_field, in_order, only_codes
from cases.regions import CODES


class PublishedFigure(Record):
    """A claim with its source and date, shown beside our own counts and never as one of them. Claims may differ."""

    noun = "published_figure"

    kind = code_field(FigureKind)
    value = models.PositiveIntegerField()
    region = models.CharField(max_length=8)
    period_from_on = models.DateField()
    period_until_on = models.DateField()
    source = models.CharField(max_length=200)
    published_on = models.DateField()

    class Meta:
        ordering = ("period_from_on", "kind", "source", "id")
        constraints = [
            *only_codes("published_figure", kind=FigureKind),
            in_order("published_figure", "period_from_on", "period_until_on"),
            models.CheckConstraint(
                condition=Q(region__in=sorted(CODES)), name="published_figure_region_known"
            ),
            models.UniqueConstraint(
                fields=["kind", "region", "period_from_on", "period_until_on", "source"],
                name="published_figure_once_per_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
