"""What happens in a story, as plain values: the generator writes them, the player turns each into one action.

Codes are those of `cases.enums`, written as strings, so that the generator needs no Django. Keys are names
inside the scenario; the player makes identifiers of them that are the same in every run.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A person as somebody named them in a call."""

    key: str
    name: str
    script: str = "cyrillic"
    nationality: str = ""
    birth_year: int | None = None
    languages: tuple[str, ...] = ()
    phone: str = ""
    vulnerabilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the first caller knows of a detention: when freedom ended, when a station was reached."""

    restricted_at: datetime
    restricted_certainty: str
    delivered_at: datetime | None
    delivered_certainty: str
    place: str
    agency: str
    article: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something done at a moment, by a counsellor or coordinator (handle) or by `system`."""

    at: datetime
    key: str
    by: str


@dataclass(frozen=True, slots=True)
class CallTaken(Event):
    """A call as its counsellor wrote it down: `opens` names the case it opens, `case` the one it is added to.

    `about` names the person in trouble; with `opens`, `held` says what is known of the detention.
    """

    channel: str
    seconds: int
    language: str
    topic: str
    region: str
    relation: str = "unknown"
    caller: Told | None = None
    about: Told | None = None
    flags: frozenset[str] = frozenset()
    safety: str = "may_call"
    outcome: str = ""
    note: str = ""
    opens: str | None = None
    case: str | None = None
    held: Held | None = None
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class CallLinked(Event):
    """A coordinator sees that another counsellor's caller speaks of the same person."""

    call: str
    case: str


@dataclass(frozen=True, slots=True)
class CaseAssigned(Event):
    case: str
    to: str


@dataclass(frozen=True, slots=True)
class CaseTriaged(Event):
    case: str
    urgency: str


@dataclass(frozen=True, slots=True)
class DetentionEnded(Event):
    case: str
    ended_at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class ProceedingTold(Event):
    """A matter before a court, as far as the helpline heard of it; `ruling` is empty while it is pending."""

    case: str
    court: str
    article: str
    received_at: datetime
    ruled_at: datetime | None
    ruling: str


@dataclass(frozen=True, slots=True)
class FollowUpPlanned(Event):
    case: str
    kind: str
    due_at: datetime
    to: str


@dataclass(frozen=True, slots=True)
class FollowUpPostponed(Event):
    follow_up: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpCompleted(Event):
    follow_up: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CaseReferred(Event):
    case: str
    to: str


@dataclass(frozen=True, slots=True)
class ReferralAnswered(Event):
    """A partner's answer: an empty `reason` accepts."""

    referral: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseClosed(Event):
    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that happened around one call or one case, in order of time."""

    key: str
    events: tuple[Event, ...]

    @property
    def calls(self) -> tuple[CallTaken, ...]:
        return tuple(event for event in self.events if isinstance(event, CallTaken))


@dataclass(frozen=True, slots=True)
class IncidentTold:
    """A raid or attack many people speak of, with the number that was reported, not counted."""

    key: str
    kind: str
    name: str
    region: str
    at: datetime
    people: int | None
    places: tuple[str, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number somebody else published; several that contradict each other may stand side by side."""

    kind: str
    value: int
    region: str
    period_from: date
    period_to: date
    source: str
    published_on: date


@dataclass(frozen=True, slots=True)
class PlaceTold:
    """A public institution or a kind of place where people are held, judged or taken."""

    key: str
    name: str
    kind: str
    region: str
