"""The timeline in sentences. Entries hold codes and ids only; the words are made here, in the reader's language."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cases import enums
from cases.models import Call, Case, Organisation, TimelineEntry, User
from helpline.web.words import absolute

SHOWN = 200

ACTS: dict[tuple[str, str], str | Promise] = {
    ("call", "log"): _("Call taken"),
    ("call", "link"): _("Call put to this case"),
    ("call", "unlink"): _("Call put to another case"),
    ("case", "open"): _("Case opened"),
    ("case", "triage"): _("Urgency set"),
    ("case", "assign"): _("Assigned"),
    ("case", "close"): _("Case closed"),
    ("case", "reopen"): _("Case reopened"),
    ("detention", "record"): _("Detention recorded"),
    ("detention", "end"): _("End of detention recorded"),
    ("followup", "plan"): _("Follow-up planned"),
    ("followup", "complete"): _("Follow-up done"),
    ("followup", "postpone"): _("Follow-up postponed"),
    ("referral", "refer"): _("Offered to a partner"),
    ("referral", "accept"): _("Accepted by the partner"),
    ("referral", "decline"): _("Declined by the partner"),
    ("proceeding", "record"): _("Court matter recorded"),
    ("incident", "record"): _("Incident recorded"),
}
# Which vocabulary a code of an entry's data belongs to.
WORDS: dict[tuple[str, str], Any] = {
    ("case", "urgency"): enums.Urgency,
    ("call", "urgency"): enums.Urgency,
    ("call", "topic"): enums.Topic,
    ("case", "topic"): enums.Topic,
    ("case", "reason"): enums.ClosingReason,
    ("detention", "outcome"): enums.DetentionOutcome,
    ("detention", "certainty"): enums.Certainty,
    ("followup", "kind"): enums.FollowUpKind,
    ("followup", "outcome"): enums.FollowUpOutcome,
    ("referral", "reason"): enums.DeclineReason,
    ("proceeding", "kind"): enums.ProceedingKind,
    ("proceeding", "ruling"): enums.Ruling,
}


class Line(NamedTuple):
    """One act as people read it."""

    act: str | Promise
    details: list[Any]
    by: str
    at: datetime


def of_case(case: Case) -> list[Line]:
    """What was done to a case and to everything in it, the latest first."""
    return _lines(TimelineEntry.objects.filter(case=case))


def of_call(call: Call) -> list[Line]:
    """What was done to one call."""
    return _lines(TimelineEntry.objects.filter(subject_type="call", subject_id=call.pk))


def _lines(rows: QuerySet[TimelineEntry]) -> list[Line]:
    entries = list(rows.select_related("by")[:SHOWN])
    names = _names(entries)
    return [
        Line(
            ACTS.get((entry.subject_type, entry.verb), entry.verb),
            [word for word in (_word(entry, key, names) for key in sorted(entry.data)) if word],
            entry.by.handle,
            entry.at,
        )
        for entry in entries
    ]


def _word(entry: TimelineEntry, key: str, names: dict[str, str]) -> Any:
    value = entry.data[key]
    if key == "to":
        return names.get(value)
    if key == "due_at":
        moment = parse_datetime(value)
        return absolute(moment) if moment else None
    vocabulary = WORDS.get((entry.subject_type, key))
    if vocabulary is None or value not in vocabulary.values:
        return None
    label = vocabulary(value).label
    return format_lazy("{} {}", value, label) if key == "urgency" else label


def _names(entries: Iterable[TimelineEntry]) -> dict[str, str]:
    """Handles and organisations behind the ids that assignments and referrals name."""
    users = [entry.data["to"] for entry in entries if entry.verb == "assign"]
    partners = [entry.data["to"] for entry in entries if entry.verb == "refer"]
    handles = User.objects.filter(pk__in=users).values_list("pk", "handle") if users else []
    titles = Organisation.objects.filter(pk__in=partners).values_list("pk", "name") if partners else []
    return {str(pk): name for pk, name in [*handles, *titles]}
