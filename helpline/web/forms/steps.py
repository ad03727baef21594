"""The steps of a case as small forms. Each carries the version it was drawn from, so that no change is lost unseen."""

from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases.enums import (
    Agency,
    Article,
    Certainty,
    ClosingReason,
    DeclineReason,
    DetentionOutcome,
    FollowUpKind,
    FollowUpOutcome,
    Urgency,
)
from cases.models import Case, Organisation, User
from cases.regions import region_zone
from helpline.web.forms.moments import Due, MomentField, When, due_moment, on_clock, told
from helpline.web.widgets import Chips


class PlainForm(forms.Form):
    """A form among others on one page: its name keeps the ids apart."""

    name = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{self.name}_%s", label_suffix="", **kwargs)


class VersionedForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class TriageForm(VersionedForm):
    name = "triage"
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        choices=[(each.value, format_lazy("{} {}", each.value, each.label)) for each in Urgency],
        widget=Chips,
    )


class AssignForm(VersionedForm):
    name = "assign"
    to = forms.ModelChoiceField(label=_("Assign to"), queryset=User.objects.workers())


class TakeForm(AssignForm):
    """The same step for those who may take a case and hand it to nobody else."""

    to = forms.ModelChoiceField(queryset=User.objects.workers(), widget=forms.HiddenInput)


class ReferForm(VersionedForm):
    name = "refer"
    to = forms.ModelChoiceField(
        label=_("Partner organisation"),
        queryset=Organisation.objects.filter(is_partner=True, is_active=True),
    )
    note = forms.CharField(
        label=_("Note for ourselves"),
        required=False,
        help_text=_("The partner sees neither names nor this note."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(VersionedForm):
    name = "close"
    reason = forms.ChoiceField(label=_("How did it end?"), choices=[("", "—"), *ClosingReason.choices])


class ReopenForm(VersionedForm):
    name = "reopen"


class PlanForm(PlainForm):
    """A promise: what, when, by whom."""

    name = "plan"
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is to be done?"),
        choices=FollowUpKind.choices,
        initial=FollowUpKind.CALL_BACK,
        widget=Chips,
    )
    due = forms.ChoiceField(label=_("When?"), choices=Due.choices, initial=Due.HOUR, widget=Chips)
    due_at = MomentField(label=_("Exact time"), required=False, help_text=_("By your own clock."))
    assigned_to = forms.ModelChoiceField(
        label=_("By whom?"),
        queryset=User.objects.workers(),
        required=False,
        empty_label=_("whoever holds the case"),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"client_uuid": uuid4()})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """One moment out of the chip and the exact time."""
        return settle_due(self, super().clean() or {})


class CompleteForm(VersionedForm):
    name = "complete"
    outcome = forms.ChoiceField(label=_("What came of it?"), choices=FollowUpOutcome.choices, widget=Chips)


class PostponeForm(VersionedForm):
    name = "postpone"
    due = forms.ChoiceField(label=_("Until when?"), choices=Due.choices, initial=Due.HOUR, widget=Chips)
    due_at = MomentField(label=_("Exact time"), required=False, help_text=_("By your own clock."))

    def clean(self) -> dict[str, Any]:
        """One moment out of the chip and the exact time."""
        return settle_due(self, super().clean() or {})


def settle_due(form: forms.Form, data: dict[str, Any]) -> dict[str, Any]:
    """Put the moment a chip means into `due_at`."""
    due = data.pop("due", None)
    if due is None or "due_at" in form.errors:
        return data
    zone = ZoneInfo(str(timezone.get_current_timezone()))
    data["due_at"] = due_moment(due, data.get("due_at"), timezone.now(), zone)
    if data["due_at"] is None:
        form.add_error("due_at", _("Type the time."))
    return data


class DetentionForm(PlainForm):
    """Where somebody is held and since when, by the clock of the region."""

    name = "detention"
    place_note = forms.CharField(label=_("Where is the person held?"), required=False)
    when = forms.ChoiceField(label=_("Since when?"), choices=When.choices, initial=When.UNKNOWN, widget=Chips)
    restricted_from_at = MomentField(
        label=_("Exact time"), required=False, help_text=_("By the clock of the region.")
    )
    restricted_until_at = MomentField(
        label=_("Or until"), required=False, help_text=_("Where only a span of time is known.")
    )
    agency = forms.ChoiceField(
        label=_("Held by"), choices=Agency.choices, initial=Agency.UNKNOWN, required=False
    )
    article = forms.ChoiceField(
        label=_("Article"), choices=Article.choices, initial=Article.UNKNOWN, required=False
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean(self) -> dict[str, Any]:
        """The told moment as an interval."""
        data = super().clean() or {}
        when, zone = data.pop("when", ""), region_zone(self.case.region)
        data["agency"] = data.get("agency") or Agency.UNKNOWN
        data["article"] = data.get("article") or Article.UNKNOWN
        exactly, latest = data.get("restricted_from_at"), data.get("restricted_until_at")
        if when == When.EXACT and exactly is None and "restricted_from_at" not in self.errors:
            self.add_error("restricted_from_at", _("Type the time, or choose “not known”."))
        since = told(when, exactly, timezone.now(), zone)
        data["restricted_from_at"], data["restricted_until_at"], data["restricted_certainty"] = since
        if when == When.EXACT and latest:
            data["restricted_until_at"] = on_clock(latest, zone)
            data["restricted_certainty"] = Certainty.ESTIMATED
        return data


class EndDetentionForm(VersionedForm):
    name = "end"
    outcome = forms.ChoiceField(label=_("How did it end?"), choices=[("", "—"), *DetentionOutcome.choices])
    ended_at = MomentField(
        label=_("When?"), required=False, help_text=_("By the clock of the region. Empty means now.")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean(self) -> dict[str, Any]:
        """The end by the clock of the region."""
        data = super().clean() or {}
        if data.get("ended_at"):
            data["ended_at"] = on_clock(data["ended_at"], region_zone(self.case.region))
        return data


class DeclineForm(PlainForm):
    name = "decline"
    reason = forms.ChoiceField(label=_("Why not?"), choices=[("", "—"), *DeclineReason.choices])
