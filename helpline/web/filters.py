"""The bars above lists: one select for each filter people use every day. The filters themselves are the domain's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.enums import CallOutcome, CaseStatus, Language, Topic, Urgency
from cases.filters import ME, NOBODY, RecordFilter
from cases.models import User
from cases.regions import MOSCOW, region_choices
from helpline.web.words import absolute

ANY = ("", _("any"))


def chosen_in(request: HttpRequest) -> QueryDict:
    """What the address chooses, without the empty answers that a form sends along.

    Several codes may stand in one value, joined by commas: a select has one value.
    """
    data = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        chosen = [part for value in values for part in value.split(",") if part]
        if chosen and name not in ("page", "seen"):
            data.setlist(name, chosen)
    return data


def rows_of(chosen: RecordFilter) -> Any:
    """The chosen rows; a choice that is none gives no rows, rather than all of them."""
    return chosen.qs if chosen.is_valid() else chosen.qs.none()


class Bar(forms.Form):
    """Selects named as the filters are."""

    def __init__(self, chosen: RecordFilter, people: Iterable[User] = ()) -> None:
        initial = {name: ",".join(values) for name, values in chosen.data.lists()}
        super().__init__(initial=initial, label_suffix="", auto_id="filter_%s")
        self.chosen = chosen
        self.people = [(person.handle, person.handle) for person in people]
        for name, field in self.fields.items():
            field.required = False
            if name in ("region", "assignee", "counsellor"):
                field.choices = [ANY, *(region_choices() if name == "region" else self._persons(name))]
            self._offer_several(field, initial.get(name, ""))

    def _offer_several(self, field: forms.Field, chosen: str) -> None:
        """Several codes in the address, one choice more: the select says what the rows are."""
        words = dict(field.choices)
        if "," in chosen:
            label = ", ".join(str(words.get(code, code)) for code in chosen.split(","))
            field.choices = [*field.choices, (chosen, label)]

    def _persons(self, name: str) -> list[tuple[str, Any]]:
        nobody = [(NOBODY, _("nobody"))] if name == "assignee" else []
        return [(ME, _("me")), *nobody, *self.people]

    @property
    def beyond(self) -> list[tuple[str, str, str]]:
        """What the address chooses and no select shows: name, value and words. Kept when a select changes."""
        names = set(self.chosen.data) - set(self.fields) - {"open"}
        return [(name, self.chosen.data[name], self._words(name)) for name in sorted(names)]

    def _words(self, name: str) -> str:
        value = self.chosen.form.cleaned_data.get(name) if self.chosen.is_valid() else None
        if isinstance(value, datetime):
            moment = absolute(value, MOSCOW)
            if name.endswith("_after"):
                return f"{moment} –"
            return moment if name.replace("_before", "_after") in self.chosen.data else f"– {moment}"
        return gettext("held now") if name == "held" and value else self.chosen.data[name]

    @property
    def count(self) -> int:
        """How many filters are on; on a phone the selects themselves are folded away."""
        return len(set(self.chosen.data) - {"open"})

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
