"""What answers hold. The rows of lists and of steps carry no name, no number, no note; single records do, for those
who may see an identity, and each such reading is written down. `source` is the path of a column.
"""

from rest_framework import serializers

from api.serializers.fields import code, codes, country_code, region_code
from cases import enums


class PartnerCase(serializers.Serializer):
    """All a partner sees of a case until consent exists as data."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    topic = code(enums.Topic)
    region = region_code()
    country = country_code(allow_blank=True)
    language = code(enums.Language)
    urgency = code(enums.Urgency)
    next_due_at = serializers.DateTimeField(allow_null=True)


class CaseRow(PartnerCase):
    """A case in a list; a partner gets the fields up to `next_due_at` alone."""

    status = code(enums.CaseStatus)
    assignee = serializers.CharField(source="assignee.handle", allow_null=True)
    opened_at = serializers.DateTimeField()
    opened_by = serializers.CharField(source="opened_by.handle")
    closed_at = serializers.DateTimeField(allow_null=True)
    closing_reason = code(enums.ClosingReason, allow_blank=True)
    version = serializers.IntegerField()


class PhoneNumber(serializers.Serializer):
    number = serializers.CharField()
    safety = code(enums.ContactSafety)


class PersonInFull(serializers.Serializer):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField())
    phones = PhoneNumber(many=True)
    nationality = country_code(allow_blank=True)
    birth_year = serializers.IntegerField(allow_null=True)
    languages = codes(enums.Language)
    vulnerabilities = codes(enums.Vulnerability)


class CaseInFull(CaseRow):
    """One case; `person` and `summary` only for those who may see an identity, partners get `PartnerCase`."""

    person = PersonInFull(allow_null=True, required=False)
    summary = serializers.CharField(required=False, allow_blank=True)


class CallRow(serializers.Serializer):
    id = serializers.UUIDField()
    reference = serializers.CharField()
    client_uuid = serializers.UUIDField()
    started_at = serializers.DateTimeField()
    duration = serializers.IntegerField(allow_null=True, help_text="seconds")
    direction = code(enums.Direction)
    channel = code(enums.Channel)
    counsellor = serializers.CharField(source="counsellor.handle")
    language = code(enums.Language)
    topic = code(enums.Topic)
    region = region_code()
    country = country_code(allow_blank=True)
    urgency = code(enums.Urgency)
    flags = codes(enums.Flag)
    relation = code(enums.Relation)
    contact_safety = code(enums.ContactSafety)
    outcome = code(enums.CallOutcome)
    case = serializers.UUIDField(source="case_id", allow_null=True)
    case_reference = serializers.CharField(source="case.reference", allow_null=True)
    logged_at = serializers.DateTimeField()
    version = serializers.IntegerField()


class CallInFull(CallRow):
    """One call; `caller`, `about` and `note` only for those who may see an identity."""

    caller = PersonInFull(allow_null=True, required=False)
    about = PersonInFull(allow_null=True, required=False)
    note = serializers.CharField(required=False, allow_blank=True)


class OfCase(serializers.Serializer):
    id = serializers.UUIDField()
    case = serializers.UUIDField(source="case_id")
    case_reference = serializers.CharField(source="case.reference")


class DetentionRow(OfCase):
    place = serializers.UUIDField(source="place_id", allow_null=True)
    place_name = serializers.CharField(source="place.name", allow_null=True)
    restricted_from_at = serializers.DateTimeField(allow_null=True)
    restricted_until_at = serializers.DateTimeField(allow_null=True)
    restricted_certainty = code(enums.Certainty)
    delivered_from_at = serializers.DateTimeField(allow_null=True)
    delivered_until_at = serializers.DateTimeField(allow_null=True)
    delivered_certainty = code(enums.Certainty)
    agency = code(enums.Agency)
    article = code(enums.Article)
    outcome = code(enums.DetentionOutcome, allow_blank=True)
    recorded_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class DetentionInFull(DetentionRow):
    """One detention; `place_note` only for those who may see an identity."""

    place_note = serializers.CharField(required=False, allow_blank=True)


class FollowUpRow(OfCase):
    kind = code(enums.FollowUpKind)
    due_at = serializers.DateTimeField()
    status = code(enums.FollowUpStatus)
    assigned_to = serializers.CharField(source="assigned_to.handle")
    planned_by = serializers.CharField(source="planned_by.handle")
    planned_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)
    outcome = code(enums.FollowUpOutcome, allow_blank=True)
    version = serializers.IntegerField()


class FollowUpInFull(FollowUpRow):
    """One promise; `note` only for those who may see an identity."""

    note = serializers.CharField(required=False, allow_blank=True)


class ReferralRow(OfCase):
    """A referral, the same for both sides, with what a partner needs to answer it."""

    to = serializers.UUIDField(source="to_id")
    to_name = serializers.CharField(source="to.name")
    topic = code(enums.Topic, source="case.topic")
    region = region_code(source="case.region")
    language = code(enums.Language, source="case.language")
    urgency = code(enums.Urgency, source="case.urgency")
    next_due_at = serializers.DateTimeField(source="case.next_due_at", allow_null=True)
    status = code(enums.ReferralStatus)
    decline_reason = code(enums.DeclineReason, allow_blank=True)
    offered_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


class PlaceRow(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = code(enums.PlaceKind)
    region = region_code()


class OrganisationRow(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    is_partner = serializers.BooleanField()
    is_active = serializers.BooleanField()


class Found(serializers.Serializer):
    """What a search came upon, each within your reach."""

    cases = CaseRow(many=True)
    calls = CallRow(many=True)


class Cell(serializers.Serializer):
    key = serializers.CharField(help_text="the start of an interval, or a code")
    count = serializers.IntegerField(allow_null=True, help_text="null where it is held back")


class Table(serializers.Serializer):
    by = serializers.CharField()
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    total = serializers.IntegerField(allow_null=True, help_text="null where it is held back")
    rows = Cell(many=True)


class Headline(serializers.Serializer):
    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    calls = serializers.IntegerField()
    raids_and_detentions = serializers.IntegerField()
    cases_opened = serializers.IntegerField()
    held_now = serializers.IntegerField()
    unassigned_now = serializers.IntegerField()
    follow_ups_overdue = serializers.IntegerField()


class PublishedFigureRow(serializers.Serializer):
    """What others published: never our own count."""

    id = serializers.UUIDField()
    kind = code(enums.FigureKind)
    value = serializers.IntegerField()
    region = region_code()
    period_from_on = serializers.DateField()
    period_until_on = serializers.DateField()
    source = serializers.CharField()  # type: ignore[assignment]
    published_on = serializers.DateField()
