"""What a counsellor types during one call."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from uuid import UUID

import orjson
from django.db import models

from cases.enums import (
    Agency,
    Article,
    CallOutcome,
    Certainty,
    Channel,
    ContactSafety,
    Direction,
    Language,
    Relation,
    Topic,
    Urgency,
)
from cases.lifecycle import urgency_of
from cases.models import Case, Incident, Person, Place
from cases.regions import UNKNOWN
from cases.vault import fingerprint

HELD_TOPICS = frozenset({Topic.DETENTION, Topic.WHEREABOUTS, Topic.HOLDING})
NO_CASE_TOPICS = frozenset({Topic.INFORMATION, Topic.JUNK})


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One call as both doors hand it over. `caller`, `about` and `case` name what is known already;
    the names and the number describe people not known yet. `open_case` None leaves it to the urgency.
    """

    client_uuid: UUID
    topic: str
    region: str = UNKNOWN
    country: str = ""
    direction: str = Direction.INCOMING
    channel: str = Channel.PHONE
    started_at: datetime | None = None
    duration: int | None = None
    language: str = Language.UNKNOWN
    urgency: str = ""
    flags: frozenset[str] = frozenset()
    contact_safety: str = ContactSafety.MAY_CALL
    relation: str = Relation.UNKNOWN
    caller: Person | None = None
    caller_name: str = ""
    caller_phone: str = ""
    about: Person | None = None
    about_name: str = ""
    nationality: str = ""
    birth_year: int | None = None
    vulnerabilities: tuple[str, ...] = ()
    note: str = field(default="", repr=False)
    outcome: str = ""
    case: Case | None = None
    incident: Incident | None = None
    open_case: bool | None = None
    place: Place | None = None
    place_note: str = ""
    restricted_from_at: datetime | None = None
    restricted_until_at: datetime | None = None
    restricted_certainty: str = Certainty.UNKNOWN
    delivered_from_at: datetime | None = None
    delivered_until_at: datetime | None = None
    delivered_certainty: str = Certainty.UNKNOWN
    agency: str = Agency.UNKNOWN
    article: str = Article.UNKNOWN

    @property
    def heard_urgency(self) -> str:
        """The urgency somebody chose, or the one that topic and flags speak for."""
        return self.urgency or urgency_of(self.topic, self.flags)

    @property
    def opens_case(self) -> bool:
        """Whether a case of its own follows from this call."""
        if self.case is not None:
            return False
        if self.open_case is not None:
            return self.open_case
        return self.topic not in NO_CASE_TOPICS and self.heard_urgency <= Urgency.U2

    @property
    def tells_detention(self) -> bool:
        """Whether the call says that somebody is held. On a known case the topic alone is no news: it takes a place
        or a time, or a question after a release would lock the man up again.
        """
        said = bool(self.place or self.place_note or self.restricted_from_at or self.delivered_from_at)
        return said or (self.case is None and self.topic in HELD_TOPICS)

    @property
    def settled_outcome(self) -> str:
        if self.outcome:
            return self.outcome
        if self.case is not None:
            return CallOutcome.LINKED
        return CallOutcome.CASE_OPENED if self.opens_case else CallOutcome.ADVISED

    def fingerprint(self) -> bytes:
        """A keyed hash of everything typed: tells a repeated POST from another call under the same UUID."""
        return fingerprint(orjson.dumps([_plain(getattr(self, each.name)) for each in fields(self)]))


def _plain(value: object) -> object:
    if isinstance(value, models.Model):
        return str(value.pk)
    return sorted(value) if isinstance(value, frozenset) else value
