"""The filters that pages and API share. They take coded values only: free text never stands in a URL."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from cases import enums
from cases.models import IS_OPEN, Call, Case, Detention, FollowUp, Incident, User
from cases.regions import region_choices

ME = "me"
NOBODY = "none"


class RecordFilter(filters.FilterSet):
    """A filter set that knows who asks, so that `assignee=me` means something."""

    def __init__(self, data: Any, queryset: QuerySet[Any], *, user: User) -> None:
        self.user = user
        super().__init__(data, queryset=queryset)

    @property
    def unknown(self) -> list[str]:
        """Parameters that are none of this set's filters, for doors that refuse them."""
        names = set(self.form.fields) | {"cursor", "page", "limit"}
        return sorted(set(self.data or {}) - names)

    def of_person(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows of one person by handle; `me` is who asks, `none` is nobody."""
        if value == NOBODY:
            return queryset.filter(**{f"{name}__isnull": True})
        return queryset.filter(**{f"{name}__handle": self.user.handle if value == ME else value.lower()})


class RegionFilter(filters.MultipleChoiceFilter):
    """Rows of any of the regions named."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=region_choices, distinct=False, **options)


class CodesFilter(filters.MultipleChoiceFilter):
    """Rows with any of the codes named."""

    def __init__(self, vocabulary: type[Any], **options: Any) -> None:
        super().__init__(choices=vocabulary.choices, distinct=False, **options)


class SwitchField(forms.NullBooleanField):
    """`true` and `false`, and nothing else that might be taken for one of them."""

    widget = forms.TextInput  # the usual one takes any other word for nothing chosen

    def to_python(self, value: Any) -> bool | None:  # type: ignore[override]
        if value in (None, "", True, False):
            return value or (False if value is False else None)
        if str(value).lower() not in ("true", "false"):
            raise forms.ValidationError("true, false", code="invalid")
        return str(value).lower() == "true"


class SwitchFilter(filters.Filter):
    """Rows for which a condition holds (`true`) or does not (`false`)."""

    field_class = SwitchField

    def __init__(self, condition: Any, **options: Any) -> None:
        self.condition = condition
        super().__init__(**options)

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        if value is None:
            return qs
        condition = self.condition()
        return qs.filter(condition if value else ~condition)


def is_overdue() -> Q:
    return Q(next_due_at__lt=timezone.now())


def is_held() -> Q:
    """Cases of somebody who is held, also where the case is closed."""
    return Q(pk__in=Detention.objects.open().order_by().values("case"))


def is_late() -> Q:
    return Q(status=enums.FollowUpStatus.OPEN, due_at__lt=timezone.now())


class CaseFilter(RecordFilter):
    status = CodesFilter(enums.CaseStatus)
    urgency = CodesFilter(enums.Urgency)
    topic = CodesFilter(enums.Topic)
    language = CodesFilter(enums.Language)
    region = RegionFilter()
    assignee = filters.CharFilter(method="of_person", max_length=40)
    incident = filters.ModelChoiceFilter(
        field_name="incident", to_field_name="reference", queryset=Incident.objects.all()
    )
    reference = filters.CharFilter(max_length=9)
    open = SwitchFilter(lambda: IS_OPEN)
    overdue = SwitchFilter(is_overdue)
    held = SwitchFilter(is_held)
    opened_after = filters.IsoDateTimeFilter(field_name="opened_at", lookup_expr="gte")
    opened_before = filters.IsoDateTimeFilter(field_name="opened_at", lookup_expr="lt")

    class Meta:
        model = Case
        fields: list[str] = []


class CallFilter(RecordFilter):
    topic = CodesFilter(enums.Topic)
    urgency = CodesFilter(enums.Urgency)
    outcome = CodesFilter(enums.CallOutcome)
    language = CodesFilter(enums.Language)
    channel = CodesFilter(enums.Channel)
    direction = CodesFilter(enums.Direction)
    region = RegionFilter()
    counsellor = filters.CharFilter(method="of_person", max_length=40)
    reference = filters.CharFilter(max_length=9)
    linked = SwitchFilter(lambda: Q(case__isnull=False))
    started_after = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="gte")
    started_before = filters.IsoDateTimeFilter(field_name="started_at", lookup_expr="lt")

    class Meta:
        model = Call
        fields: list[str] = []


class DetentionFilter(RecordFilter):
    region = RegionFilter(field_name="case__region")
    agency = CodesFilter(enums.Agency)
    article = CodesFilter(enums.Article)
    outcome = CodesFilter(enums.DetentionOutcome)
    case = filters.CharFilter(field_name="case__reference", max_length=9)
    open = SwitchFilter(lambda: Q(ended_at__isnull=True))

    class Meta:
        model = Detention
        fields: list[str] = []


class FollowUpFilter(RecordFilter):
    status = CodesFilter(enums.FollowUpStatus)
    kind = CodesFilter(enums.FollowUpKind)
    region = RegionFilter(field_name="case__region")
    assigned_to = filters.CharFilter(method="of_person", max_length=40)
    case = filters.CharFilter(field_name="case__reference", max_length=9)
    overdue = SwitchFilter(is_late)
    due_after = filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="gte")
    due_before = filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lt")

    class Meta:
        model = FollowUp
        fields: list[str] = []
