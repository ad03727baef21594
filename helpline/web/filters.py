"""The bars above lists: one select for each filter people use every day. The filters themselves are the domain's."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from cases.enums import CallOutcome, CaseStatus, Language, Topic, Urgency
from cases.filters import ME, NOBODY, RecordFilter
from cases.models import User
from cases.regions import region_choices

ANY = ("", _("any"))


def chosen_in(request: HttpRequest) -> QueryDict:
    """What the address chooses, without the empty answers that a form sends along."""
    data = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        chosen = [value for value in values if value]
        if chosen and name not in ("page", "seen"):
            data.setlist(name, chosen)
    return data


def rows_of(chosen: RecordFilter) -> Any:
    """The chosen rows; a choice that is none gives no rows, rather than all of them."""
    return chosen.qs if chosen.is_valid() else chosen.qs.none()


class Bar(forms.Form):
    """Selects named as the filters are."""

    def __init__(self, chosen: RecordFilter, people: Iterable[User] = ()) -> None:
        super().__init__(initial=dict(chosen.data.items()), label_suffix="", auto_id="filter_%s")
        self.chosen = chosen
        self.people = [(person.handle, person.handle) for person in people]
        for name, field in self.fields.items():
            field.required = False
            if name in ("region", "assignee", "counsellor"):
                field.choices = [ANY, *(region_choices() if name == "region" else self._persons(name))]

    def _persons(self, name: str) -> list[tuple[str, Any]]:
        nobody = [(NOBODY, _("nobody"))] if name == "assignee" else []
        return [(ME, _("me")), *nobody, *self.people]

    @property
    def wrong(self) -> bool:
        """Whether the address chooses something that does not exist."""
        return not self.chosen.is_valid()


class CaseBar(Bar):
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=[ANY, *((each.value, each.label) for each in Urgency)]
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=[ANY, *Topic.choices])
    region = forms.ChoiceField(label=_("Region"))
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("all open")), *CaseStatus.choices])
    assignee = forms.ChoiceField(label=_("Assigned to"))
    overdue = forms.ChoiceField(
        label=_("Due"), choices=[ANY, ("true", _("overdue")), ("false", _("not overdue"))]
    )


class CallBar(Bar):
    topic = forms.ChoiceField(label=_("Topic"), choices=[ANY, *Topic.choices])
    region = forms.ChoiceField(label=_("Region"))
    language = forms.ChoiceField(label=_("Language"), choices=[ANY, *Language.choices])
    outcome = forms.ChoiceField(label=_("Outcome"), choices=[ANY, *CallOutcome.choices])
    counsellor = forms.ChoiceField(label=_("Taken by"))
    linked = forms.ChoiceField(
        label=_("Case"), choices=[ANY, ("true", _("with a case")), ("false", _("without a case"))]
    )
