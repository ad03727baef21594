"""Who may do what: verb x role -> reach. Every reach is one Q of string paths, so it needs no model.

A verb names a record and a step: `see case`, `assign case`. What a role may not even see is 404 at the doors;
what it may see but not do is NotAllowed; an absent line means "none".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from cases.enums import ReferralStatus, Role
from cases.regions import ABROAD, EVERYWHERE, UNKNOWN

if TYPE_CHECKING:
    from cases.models import User

Reach = Callable[["User"], Q]


def nothing(user: User) -> Q:
    return Q(pk__in=[])


def anything(user: User) -> Q:
    """Every row. An empty Q would vanish when joined by OR, so this one says something that always holds."""
    return ~Q(pk__in=[])


def _in_regions(path: str) -> Reach:
    """Records of the user's regions. Those of no region (unknown, abroad) are everybody's, so that none is nobody's."""

    def reach(user: User) -> Q:
        if EVERYWHERE in user.regions:
            return anything(user)
        return Q(**{f"{path}__in": [*user.regions, UNKNOWN, ABROAD]})

    return reach


def _any_of(*paths: str) -> Reach:
    """Records in which one of the paths leads to the user."""

    def reach(user: User) -> Q:
        found = Q()
        for path in paths:
            found |= Q(**{path: user.pk})
        return found

    return reach


def _either(*reaches: Reach) -> Reach:
    def reach(user: User) -> Q:
        found = reaches[0](user)
        for other in reaches[1:]:
            found |= other(user)
        return found

    return reach


def _referred(path: str) -> Reach:
    """Records a referral carries to the user's organisation while it is offered or accepted, or the referral itself:
    it shows what the case is about and when it falls due, as it is now.
    """

    def reach(user: User) -> Q:
        live = {f"{path}status__in": [ReferralStatus.OFFERED, ReferralStatus.ACCEPTED]}
        return Q(**{f"{path}to": user.organisation_id}, **live)

    return reach


def _own_organisation(path: str) -> Reach:
    def reach(user: User) -> Q:
        return Q(**{path: user.organisation_id})

    return reach


_CASE_OWN = ("assignee", "opened_by", "calls__counsellor")
_OWN_CASE = _any_of(*_CASE_OWN)
_OWN_THROUGH_CASE = _any_of(*(f"case__{path}" for path in _CASE_OWN))
_OWN_PERSON = _any_of(
    *(f"cases__{path}" for path in _CASE_OWN), "calls_made__counsellor", "calls_about__counsellor"
)
_REGION_PERSON = _either(
    _in_regions("cases__region"), _in_regions("calls_made__region"), _in_regions("calls_about__region")
)
_REGION_CASE = _in_regions("region")
_REGION_THROUGH_CASE = _in_regions("case__region")

C, K, S, P = Role.COUNSELLOR, Role.COORDINATOR, Role.SYSTEM, Role.PARTNER
A, I = Role.ADMINISTRATOR, Role.INTEGRATION  # noqa: E741 - one letter a role keeps the table readable

_STAFF_CASE: Mapping[str, Reach] = {C: _OWN_CASE, K: _REGION_CASE, S: anything}
_STAFF_CHILD: Mapping[str, Reach] = {C: _OWN_THROUGH_CASE, K: _REGION_THROUGH_CASE, S: anything}
# Counts hold no person: who steers the whole line counts the whole line.
_COUNTS_ALL: Mapping[str, Reach] = {A: anything, I: anything, S: anything}

RULES: Mapping[str, Mapping[str, Reach]] = {
    "see case": {**_STAFF_CASE, P: _referred("referrals__"), I: _OWN_CASE},
    "see identity": _STAFF_CASE,
    "open case": {C: anything, K: anything, I: anything, S: anything},
    "triage case": _STAFF_CASE,
    # Into whose hands a case may be put; also who has a queue and a day of promises.
    "hold case": {C: anything, K: _REGION_CASE},
    "assign case": {K: _REGION_CASE, S: anything},
    "take case": _STAFF_CASE,
    "refer case": {C: _OWN_CASE, K: _REGION_CASE, S: anything},
    "close case": _STAFF_CASE,
    "reopen case": _STAFF_CASE,
    "see call": {
        C: _either(_any_of("counsellor"), _OWN_THROUGH_CASE),
        K: _in_regions("region"),
        I: _any_of("counsellor"),
        S: anything,
    },
    "log call": {C: anything, K: anything, I: anything, S: anything},
    "link call": {C: _any_of("counsellor"), K: _in_regions("region"), I: _any_of("counsellor"), S: anything},
    "see person": {C: _OWN_PERSON, K: _REGION_PERSON, I: _any_of("calls_made__counsellor"), S: anything},
    "see detention": _STAFF_CHILD,
    "record detention": {**_STAFF_CASE, I: _OWN_CASE},
    "end detention": _STAFF_CHILD,
    "see proceeding": _STAFF_CHILD,
    "record proceeding": _STAFF_CASE,
    "see follow_up": {
        C: _either(_any_of("assigned_to"), _OWN_THROUGH_CASE),
        K: _either(_any_of("assigned_to"), _REGION_THROUGH_CASE),
        I: _any_of("planned_by"),
        S: anything,
    },
    "plan follow_up": {**_STAFF_CASE, I: _OWN_CASE},
    "complete follow_up": {C: _any_of("assigned_to"), K: _REGION_THROUGH_CASE, S: anything},
    "postpone follow_up": {C: _any_of("assigned_to"), K: _REGION_THROUGH_CASE, S: anything},
    "see referral": {**_STAFF_CHILD, P: _referred("")},
    "accept referral": {P: _own_organisation("to"), S: anything},
    "decline referral": {P: _own_organisation("to"), S: anything},
    "see incident": {C: anything, K: anything, S: anything},
    "record incident": {K: anything, S: anything},
    "see place": {C: anything, K: anything, I: anything, S: anything, A: anything},
    "see organisation": {C: anything, K: anything, A: anything, S: anything, P: _own_organisation("pk")},
    "see notice": {role: _any_of("to") for role in Role},
    "see audit": {Role.AUDITOR: anything, S: anything},
    "see published_figure": {C: anything, K: anything, A: anything, S: anything, Role.AUDITOR: anything},
    "see statistics": {K: anything, **_COUNTS_ALL},
    "see closed statistics": {K: anything, P: anything, **_COUNTS_ALL},
    "count call": {K: _in_regions("region"), **_COUNTS_ALL},
    "count case": {K: _in_regions("region"), **_COUNTS_ALL},
    "count detention": {K: _REGION_THROUGH_CASE, **_COUNTS_ALL},
    "count follow_up": {K: _either(_any_of("assigned_to"), _REGION_THROUGH_CASE), **_COUNTS_ALL},
    "count proceeding": {K: _REGION_THROUGH_CASE, **_COUNTS_ALL},
}


def reach(user: User, verb: str) -> Q:
    """The rows of the verb's record that a user reaches. A switched-off user reaches nothing."""
    if not user.is_active:
        return nothing(user)
    return RULES[verb].get(user.role, nothing)(user)


def may(user: User, verb: str) -> bool:
    """Whether the role has the verb at all, for verbs that have no row yet and for what a page offers."""
    return user.is_active and user.role in RULES[verb]


def allows(user: User, verb: str, record: Any) -> bool:
    """Whether the user's reach for the verb holds this very row."""
    if not may(user, verb):
        return False
    return type(record)._base_manager.filter(reach(user, verb), pk=record.pk).exists()
