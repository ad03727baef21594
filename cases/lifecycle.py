"""Where things may move: verb -> (from statuses, to status). Only actions apply these tables."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple

from cases.enums import CaseStatus, Flag, FollowUpStatus, ReferralStatus, Topic, Urgency
from cases.errors import WrongStatus


class Move(NamedTuple):
    """A step: the statuses it may start from and the one it ends in."""

    sources: frozenset[str]
    target: str


Table = Mapping[str, Move]

OPEN_CASE = frozenset({CaseStatus.NEW, CaseStatus.IN_PROGRESS, CaseStatus.WAITING, CaseStatus.REFERRED})

CASE: Table = {
    "assign": Move(OPEN_CASE, CaseStatus.IN_PROGRESS),
    "refer": Move(frozenset({CaseStatus.IN_PROGRESS, CaseStatus.WAITING}), CaseStatus.REFERRED),
    "decline_referral": Move(frozenset({CaseStatus.REFERRED}), CaseStatus.IN_PROGRESS),
    "close": Move(OPEN_CASE, CaseStatus.CLOSED),
    "reopen": Move(frozenset({CaseStatus.CLOSED}), CaseStatus.IN_PROGRESS),
}

FOLLOW_UP: Table = {
    "complete": Move(frozenset({FollowUpStatus.OPEN}), FollowUpStatus.DONE),
    "postpone": Move(frozenset({FollowUpStatus.OPEN}), FollowUpStatus.OPEN),
    "cancel": Move(frozenset({FollowUpStatus.OPEN}), FollowUpStatus.CANCELLED),
}

REFERRAL: Table = {
    "accept": Move(frozenset({ReferralStatus.OFFERED}), ReferralStatus.ACCEPTED),
    "decline": Move(frozenset({ReferralStatus.OFFERED}), ReferralStatus.DECLINED),
    "withdraw": Move(frozenset({ReferralStatus.OFFERED}), ReferralStatus.WITHDRAWN),
}

FIRST_ACTION_WITHIN: Mapping[str, timedelta | None] = {
    Urgency.U0: timedelta(minutes=5),
    Urgency.U1: timedelta(minutes=15),
    Urgency.U2: timedelta(hours=8),
    Urgency.U3: timedelta(days=3),
    Urgency.U4: None,
}

_CRITICAL_FLAGS = frozenset({Flag.CHILD, Flag.BEATEN, Flag.BEING_REMOVED, Flag.ARMY_CONTRACT})
_HIGH_FLAGS = frozenset({Flag.SIGNING, Flag.COURT_TODAY, Flag.CONTACT_LOST})
_BY_TOPIC: Mapping[str, str] = {
    Topic.ARMY: Urgency.U0,
    Topic.VIOLENCE: Urgency.U0,
    Topic.DETENTION: Urgency.U1,
    Topic.RAID: Urgency.U1,
    Topic.WHEREABOUTS: Urgency.U1,
    Topic.EXPULSION: Urgency.U2,
    Topic.HOLDING: Urgency.U2,
    Topic.BORDER: Urgency.U2,
    Topic.HATE_ATTACK: Urgency.U2,
    Topic.MEDICAL: Urgency.U2,
    Topic.INFORMATION: Urgency.U4,
    Topic.JUNK: Urgency.U4,
}


def status_after(verb: str, status: str, table: Table = CASE) -> str:
    """The status a step leads to; WrongStatus where the step is not possible from here."""
    move = table[verb]
    if status not in move.sources:
        raise WrongStatus(verb, status)
    return move.target


def verbs_from(status: str, table: Table = CASE) -> frozenset[str]:
    """The steps that are possible from a status, for doors that offer them."""
    return frozenset(verb for verb, move in table.items() if status in move.sources)


def urgency_of(topic: str, flags: frozenset[str] | set[str]) -> str:
    """The urgency a call starts with, from its topic and from what was heard; a person may change it."""
    by_topic = _BY_TOPIC.get(topic, Urgency.U3)
    if flags & _CRITICAL_FLAGS:
        return Urgency.U0
    return min(by_topic, Urgency.U1) if flags & _HIGH_FLAGS else by_topic
