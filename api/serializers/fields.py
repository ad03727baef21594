"""Fields that several shapes share."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.timezone import is_naive
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cases.models import User
from cases.regions import CODES, COUNTRIES

REGION_CODES = sorted(CODES)
COUNTRY_CODES = sorted(COUNTRIES)


class Moment(serializers.DateTimeField):
    """A time with its zone: without one nobody knows when a person was taken."""

    default_error_messages = {"no_zone": _("A time needs its zone, as in 2024-03-22T20:00:00+03:00.")}

    def enforce_timezone(self, value: datetime) -> datetime:
        if is_naive(value):
            self.fail("no_zone")
        return super().enforce_timezone(value)


class Visible(serializers.PrimaryKeyRelatedField):
    """A record by id, among those that exist for whoever asks."""

    def __init__(self, model: type[Any], **options: Any) -> None:
        self.model = model
        super().__init__(pk_field=serializers.UUIDField(), queryset=model.objects.none(), **options)

    def get_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.visible_to(self.context["user"])
        return rows


class Handle(serializers.SlugRelatedField):
    """Somebody of the staff by handle."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="handle", queryset=User.objects.filter(is_active=True), **options)


def code(vocabulary: type[TextChoices], **options: Any) -> serializers.ChoiceField:
    """One code of a vocabulary."""
    return serializers.ChoiceField(choices=vocabulary.choices, **options)


def codes(vocabulary: type[TextChoices], **options: Any) -> serializers.ListField:
    """Several codes of a vocabulary."""
    return serializers.ListField(
        child=serializers.ChoiceField(choices=vocabulary.choices),
        max_length=len(vocabulary.choices),
        **options,
    )


def region_code(**options: Any) -> serializers.ChoiceField:
    """ISO 3166-2, `abroad` or `unknown`."""
    return serializers.ChoiceField(choices=REGION_CODES, help_text="ISO 3166-2, abroad, unknown", **options)


def country_code(**options: Any) -> serializers.ChoiceField:
    """ISO 3166-1 alpha-2."""
    return serializers.ChoiceField(choices=COUNTRY_CODES, help_text="ISO 3166-1 alpha-2", **options)


def text(most: int, **options: Any) -> serializers.CharField:
    """Something typed; sealed where it is stored."""
    return serializers.CharField(max_length=most, required=False, allow_blank=True, **options)
