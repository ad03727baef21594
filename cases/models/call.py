"""One conversation or attempt, with who was on the line and about whom."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.enums import (
    CallOutcome,
    Channel,
    ContactSafety,
    Direction,
    Flag,
    Language,
    Relation,
    Topic,
    Urgency,
)
from cases.models.base import RootRecord, Versioned, code_field, codes_field, only_code_lists, only_codes
from cases.models.case import Case
from cases.models.incident import Incident
from cases.models.people import User
from cases.models.person import Person
from cases.regions import CODES
from cases.vault import SealedTextField


class Call(RootRecord, Versioned):
    """A call as it was logged. `client_uuid` is made where the call is typed: a second POST finds the first."""

    noun = "call"

    client_uuid = models.UUIDField(editable=False)
    fingerprint = models.BinaryField(max_length=32, editable=False, help_text="keyed hash of what was sent")
    direction = code_field(Direction, default=Direction.INCOMING)
    channel = code_field(Channel, default=Channel.PHONE)
    started_at = models.DateTimeField()
    duration = models.PositiveIntegerField(null=True, blank=True, help_text="seconds")
    counsellor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calls")
    caller = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="calls_made"
    )
    relation = code_field(Relation, default=Relation.UNKNOWN)
    about = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="calls_about"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="calls")
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    language = code_field(Language, default=Language.UNKNOWN)
    topic = code_field(Topic)
    region = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True, help_text="where the region is abroad")
    urgency = code_field(Urgency)
    flags = codes_field(Flag)
    contact_safety = code_field(ContactSafety, default=ContactSafety.MAY_CALL)
    note = SealedTextField(pad=256, max_length=20000, null=True, blank=True)
    outcome = code_field(CallOutcome, default=CallOutcome.ADVISED)
    logged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-started_at", "id")
        indexes = [
            models.Index(fields=["-started_at", "id"], name="call_started"),
            models.Index(fields=["region", "-started_at"], name="call_region_started"),
        ]
        constraints = [
            *only_codes("call", direction=Direction, channel=Channel, relation=Relation, language=Language),
            *only_codes(
                "call", topic=Topic, urgency=Urgency, contact_safety=ContactSafety, outcome=CallOutcome
            ),
            *only_code_lists("call", flags=Flag),
            models.CheckConstraint(condition=Q(region__in=sorted(CODES)), name="call_region_known"),
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"), name="call_country_is_iso"
            ),
            models.CheckConstraint(
                condition=Q(duration__isnull=True) | Q(duration__lte=86400), name="call_duration_under_a_day"
            ),
            models.UniqueConstraint(fields=["counsellor", "client_uuid"], name="call_once_per_client_uuid"),
        ]

    def __str__(self) -> str:
        return self.reference
