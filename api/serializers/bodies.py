"""What may be sent. Plain serializers: they say what a field can be, the actions say what can be true."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from api.serializers.fields import Handle, Moment, Visible, code, codes, country_code, region_code, text
from cases import enums
from cases.actions import Intake
from cases.models import Case, Incident, Organisation, Person, Place
from cases.phones import clean_phone


class Body(serializers.Serializer):
    """A body that refuses fields it does not know: a misspelt one must not be lost in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                lines = [ErrorDetail(str(_("There is no such field.")), code="unknown_field")]
                raise serializers.ValidationError({name[:80]: lines for name in unknown})
        return super().to_internal_value(data)


class Nothing(Body):
    """A step that needs no words."""


class Holding(Body):
    """What is known about a person being held: two moments in law, each an interval with a certainty."""

    place = Visible(Place, required=False, allow_null=True)
    place_note = text(300)
    restricted_from_at = Moment(required=False, allow_null=True)
    restricted_until_at = Moment(required=False, allow_null=True)
    restricted_certainty = code(enums.Certainty, required=False)
    delivered_from_at = Moment(required=False, allow_null=True)
    delivered_until_at = Moment(required=False, allow_null=True)
    delivered_certainty = code(enums.Certainty, required=False)
    agency = code(enums.Agency, required=False)
    article = code(enums.Article, required=False)


class NewCall(Holding):
    """A call as it was taken; `caller`, `about` and `case` name what is known already."""

    client_uuid = serializers.UUIDField(required=False)
    topic = code(enums.Topic)
    region = region_code(required=False)
    country = country_code(required=False, allow_blank=True)
    direction = code(enums.Direction, required=False)
    channel = code(enums.Channel, required=False)
    started_at = Moment(required=False, allow_null=True)
    duration = serializers.IntegerField(required=False, allow_null=True, min_value=0, max_value=86_400)
    language = code(enums.Language, required=False)
    urgency = code(enums.Urgency, required=False, allow_blank=True)
    flags = codes(enums.Flag, required=False)
    contact_safety = code(enums.ContactSafety, required=False)
    relation = code(enums.Relation, required=False)
    caller = Visible(Person, required=False, allow_null=True)
    caller_name = text(200)
    caller_phone = text(40)
    about = Visible(Person, required=False, allow_null=True)
    about_name = text(200)
    nationality = country_code(required=False, allow_blank=True)
    birth_year = serializers.IntegerField(required=False, allow_null=True, min_value=1900, max_value=2100)
    vulnerabilities = codes(enums.Vulnerability, required=False)
    note = text(20_000)
    outcome = code(enums.CallOutcome, required=False, allow_blank=True)
    case = Visible(Case, required=False, allow_null=True)
    incident = Visible(Incident, required=False, allow_null=True)
    open_case = serializers.BooleanField(required=False, allow_null=True)

    def validate_caller_phone(self, value: str) -> str:
        return clean_phone(value, "caller_phone")

    def intake(self) -> Intake:
        """The call as both doors hand it over."""
        given = dict(self.validated_data)
        given["flags"] = frozenset(given.get("flags", ()))
        given["vulnerabilities"] = tuple(given.get("vulnerabilities", ()))
        return Intake(**given)


class Link(Body):
    case = Visible(Case)
    outcome = code(enums.CallOutcome, required=False, allow_blank=True)


class NewCase(Body):
    topic = code(enums.Topic)
    urgency = code(enums.Urgency, required=False, allow_blank=True)
    region = region_code(required=False)
    country = country_code(required=False, allow_blank=True)
    language = code(enums.Language, required=False)
    person = Visible(Person, required=False, allow_null=True)
    incident = Visible(Incident, required=False, allow_null=True)
    summary = text(20_000)


class Triage(Body):
    urgency = code(enums.Urgency)


class Assign(Body):
    to = Handle(help_text="the handle of a counsellor or coordinator")


class Close(Body):
    reason = code(enums.ClosingReason)


class Refer(Body):
    to = Visible(Organisation)
    note = text(2_000, help_text="for ourselves: the partner does not see it")


class NewDetention(Holding):
    case = Visible(Case)


class EndDetention(Body):
    outcome = code(enums.DetentionOutcome)
    ended_at = Moment(required=False, allow_null=True)


class NewFollowUp(Body):
    case = Visible(Case)
    kind = code(enums.FollowUpKind)
    due_at = Moment()
    assigned_to = Handle(required=False, allow_null=True, help_text="a handle; else the case's assignee")
    note = text(2_000)


class CompleteFollowUp(Body):
    outcome = code(enums.FollowUpOutcome)


class PostponeFollowUp(Body):
    due_at = Moment()


class Decline(Body):
    reason = code(enums.DeclineReason)


class Search(Body):
    text = serializers.CharField(max_length=80, help_text="a reference, or a complete phone number")
