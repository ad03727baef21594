"""The intake: what a counsellor types during one call. Thirteen fields, two of them required."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions import Intake
from cases.enums import CallOutcome, ContactSafety, Flag, Language, Relation, Topic
from cases.errors import BadInput
from cases.models import Case, Person, Place, User
from cases.phones import clean_phone
from cases.regions import ABROAD, UNKNOWN, country_choices, region_choices, region_zone
from helpline.web.forms.moments import MomentField, When, told
from helpline.web.widgets import Chips, ManyChips

OTHER_TOPIC = "other"
TOPICS = [
    Topic.DETENTION,
    Topic.RAID,
    Topic.WHEREABOUTS,
    Topic.EXPULSION,
    Topic.HOLDING,
    Topic.BORDER,
    Topic.DOCUMENTS,
    Topic.WAGES,
    Topic.ARMY,
]
RELATIONS = [
    Relation.SPOUSE,
    Relation.PARENT,
    Relation.SIBLING,
    Relation.FRIEND,
    Relation.SELF,
    Relation.CHILD,
    Relation.RELATIVE,
    Relation.LAWYER,
    Relation.OTHER,
    Relation.UNKNOWN,
]
JUNK = [
    CallOutcome.SILENT,
    CallOutcome.HUNG_UP,
    CallOutcome.ABUSE,
    CallOutcome.WRONG_NUMBER,
    CallOutcome.THANKS,
]
# Nobody needs to be named where somebody only asks.
NAMELESS = frozenset({Topic.INFORMATION, Topic.JUNK, Topic.RAID})
NOT_KNOWN = ("", _("not known"))
# What holds where somebody leaves a choice open.
USUAL = {
    "relation": Relation.UNKNOWN,
    "language": Language.UNKNOWN,
    "contact_safety": ContactSafety.MAY_CALL,
    "region": UNKNOWN,
    "when": When.UNKNOWN,
}


@dataclass(frozen=True)
class Known:
    """Who and what was recognised during the call: a caller we know, a case that is open."""

    caller: Person | None = None
    case: Case | None = None


class CallForm(forms.Form):
    """The page sends a UUID and a moment made when the empty form was drawn: sent twice, it is still one call."""

    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    started_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    caller_phone = forms.CharField(
        label=_("Phone"),
        error_messages={"required": _("Type the number, or tick “number hidden”.")},
        widget=forms.TextInput(
            attrs={
                "type": "tel",
                "inputmode": "tel",
                "autocomplete": "off",
                "data-key": "Alt+KeyP",
                "autofocus": True,
            }
        ),
    )
    phone_hidden = forms.BooleanField(label=_("number hidden"), required=False)
    caller_name = forms.CharField(
        label=_("Caller"), required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    relation = forms.ChoiceField(
        label=_("Who is the caller?"),
        choices=[(each.value, each.label) for each in RELATIONS],
        initial=Relation.UNKNOWN,
        widget=Chips,
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, initial=Language.RU, widget=Chips
    )
    contact_safety = forms.ChoiceField(
        label=_("Call back?"), choices=ContactSafety.choices, initial=ContactSafety.MAY_CALL, widget=Chips
    )
    topic = forms.ChoiceField(
        label=_("Topic"),
        choices=[*((each.value, each.label) for each in TOPICS), (OTHER_TOPIC, _("another topic"))],
        initial=Topic.DETENTION,
        widget=Chips,
    )
    other_topic = forms.ChoiceField(
        label=_("Another topic"),
        required=False,
        choices=[
            ("", "—"),
            *((each.value, each.label) for each in Topic if each not in {*TOPICS, Topic.JUNK}),
        ],
    )
    about_name = forms.CharField(
        label=_("Who is held or in trouble?"),
        error_messages={"required": _("Type the name, or tick “name not known”.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name_unknown = forms.BooleanField(label=_("name not known"), required=False)
    nationality = forms.ChoiceField(label=_("Citizenship"), required=False)
    region = forms.ChoiceField(label=_("Region"))
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("Only where the region is “abroad”.")
    )
    place_note = forms.CharField(
        label=_("Where is the person held?"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    when = forms.ChoiceField(
        label=_("Since when?"), choices=When.choices, initial=When.UNKNOWN, widget=Chips, required=False
    )
    exactly_at = MomentField(
        label=_("Exact time"), required=False, help_text=_("By the clock of the region.")
    )
    flags = forms.MultipleChoiceField(
        label=_("What do you hear?"), choices=Flag.choices, required=False, widget=ManyChips
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 4, "data-key": "Alt+KeyN"})
    )

    def __init__(self, *args: Any, known: Known | None = None, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.known = known or Known()
        self.fields["nationality"].choices = [NOT_KNOWN, *country_choices()]
        self.fields["country"].choices = [("", "—"), *country_choices()]
        self.fields["region"].choices = region_choices()
        self.fields["caller_phone"].required = not (self.data.get("phone_hidden") or self.known.caller)
        self.fields["about_name"].required = not self._may_stay_nameless()
        for name in USUAL:
            self.fields[name].required = False

    @classmethod
    def blank(cls, by: User, known: Known) -> "CallForm":
        """An empty form: one UUID, one moment, and the region of the last call of today."""
        last = (
            by.calls.filter(logged_at__gte=timezone.now() - timedelta(hours=12))
            .order_by("-logged_at")
            .first()
        )
        initial = {
            "client_uuid": uuid4(),
            "started_at": timezone.now().isoformat(timespec="seconds"),
            "region": known.case.region if known.case else last.region if last else UNKNOWN,
            "country": known.case.country if known.case else "",
        }
        return cls(initial=initial, known=known)

    def clean_caller_phone(self) -> str:
        """As typed; what is no number is said together with everything else that is wrong."""
        try:
            clean_phone(self.cleaned_data["caller_phone"])
        except BadInput as refusal:
            raise forms.ValidationError(refusal.errors["phone"]) from refusal
        return str(self.cleaned_data["caller_phone"])

    def clean(self) -> dict[str, Any]:
        """Answers that ask for another one."""
        data = super().clean() or {}
        data.update({name: data.get(name) or usual for name, usual in USUAL.items()})
        if data.get("topic") == OTHER_TOPIC:
            if not data.get("other_topic"):
                self.add_error("other_topic", _("Choose a topic."))
            data["topic"] = data.get("other_topic")
        if data.get("region") == ABROAD and not data.get("country"):
            self.add_error("country", _("Choose the country."))
        if data.get("when") == When.EXACT and not data.get("exactly_at") and "exactly_at" not in self.errors:
            self.add_error("exactly_at", _("Type the time, or choose “not known”."))
        return data

    def _may_stay_nameless(self) -> bool:
        """Where nobody knows the name, the case names its person, the caller speaks of himself, or only asks."""
        topic = (
            self.data.get("other_topic") if self.data.get("topic") == OTHER_TOPIC else self.data.get("topic")
        )
        unknown = bool(self.data.get("name_unknown")) or self.known.case is not None
        return unknown or self.data.get("relation") == Relation.SELF or topic in NAMELESS

    def intake(self, by: User) -> Intake:
        """What was typed, as the domain takes it."""
        data = self.cleaned_data
        since = told(data["when"], data["exactly_at"], self._started_at(), region_zone(data["region"]))
        place = self._place(by)
        return Intake(
            client_uuid=data["client_uuid"],
            started_at=self._started_at(),
            topic=data["topic"],
            region=data["region"],
            country=data["country"] if data["region"] == ABROAD else "",
            language=data["language"],
            flags=frozenset(data["flags"]),
            contact_safety=data["contact_safety"],
            relation=data["relation"],
            caller=self.known.caller,
            caller_name="" if self.known.caller else data["caller_name"],
            caller_phone="" if self.known.caller else data["caller_phone"],
            about_name=data["about_name"] if self.known.case is None else "",
            nationality=data["nationality"] if self.known.case is None else "",
            note=data["note"],
            case=self.known.case,
            place=place,
            place_note="" if place else data["place_note"],
            restricted_from_at=since.from_at,
            restricted_until_at=since.until_at,
            restricted_certainty=since.certainty,
        )

    def _started_at(self) -> datetime:
        started = self.cleaned_data["started_at"]
        now = timezone.now()
        return started if started and now - timedelta(days=1) < started < now else now

    def _place(self, by: User) -> Place | None:
        """A place we know by exactly this name, so that it is counted with the others held there."""
        name, region = self.cleaned_data["place_note"], self.cleaned_data["region"]
        return Place.objects.visible_to(by).filter(region=region, name__iexact=name).first() if name else None


class JunkForm(forms.Form):
    """An empty or hostile call: its kind, and the number if one was typed."""

    client_uuid = forms.UUIDField()
    caller_phone = forms.CharField(required=False)
    junk = forms.ChoiceField(choices=[(each.value, each.label) for each in JUNK])

    def intake(self) -> Intake:
        """Counted, and nothing more is asked."""
        return Intake(
            client_uuid=self.cleaned_data["client_uuid"],
            topic=Topic.JUNK,
            outcome=self.cleaned_data["junk"],
            caller_phone=self.cleaned_data["caller_phone"],
        )


class LinkForm(forms.Form):
    """The case a call belongs to, by its reference."""

    reference = forms.CharField(
        label=_("Reference of the case"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "placeholder": "K7M3-XA9P"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
