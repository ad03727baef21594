"""The whole table, step by step: what may move where, and nothing else."""

import pytest

from cases.enums import CaseStatus, Flag, FollowUpStatus, ReferralStatus, Topic, Urgency
from cases.errors import WrongStatus
from cases.lifecycle import CASE, FOLLOW_UP, REFERRAL, status_after, urgency_of, verbs_from

CASE_MOVES = {
    ("assign", "new"): "in_progress",
    ("assign", "in_progress"): "in_progress",
    ("assign", "waiting"): "in_progress",
    ("assign", "referred"): "in_progress",
    ("refer", "in_progress"): "referred",
    ("refer", "waiting"): "referred",
    ("decline_referral", "referred"): "in_progress",
    ("close", "new"): "closed",
    ("close", "in_progress"): "closed",
    ("close", "waiting"): "closed",
    ("close", "referred"): "closed",
    ("reopen", "closed"): "in_progress",
}


@pytest.mark.parametrize("verb", CASE)
@pytest.mark.parametrize("status", CaseStatus.values)
def test_a_case_moves_only_as_the_table_says(verb: str, status: str) -> None:
    target = CASE_MOVES.get((verb, status))
    if target is not None:
        assert status_after(verb, status) == target
        return
    with pytest.raises(WrongStatus) as refusal:
        status_after(verb, status)
    assert (refusal.value.verb, refusal.value.status) == (verb, status)


def test_what_is_over_stays_over() -> None:
    assert verbs_from(CaseStatus.MERGED) == frozenset()
    assert [verbs_from(status, FOLLOW_UP) for status in (FollowUpStatus.DONE, FollowUpStatus.CANCELLED)] == [
        frozenset(),
        frozenset(),
    ]
    answered = (ReferralStatus.ACCEPTED, ReferralStatus.DECLINED, ReferralStatus.WITHDRAWN)
    assert {verbs_from(status, REFERRAL) for status in answered} == {frozenset()}


@pytest.mark.parametrize(
    ("topic", "flags", "urgency"),
    [
        (Topic.DETENTION, set(), Urgency.U1),
        (Topic.DETENTION, {Flag.BEATEN}, Urgency.U0),
        (Topic.WAGES, set(), Urgency.U3),
        (Topic.WAGES, {Flag.COURT_TODAY}, Urgency.U1),
        (Topic.INFORMATION, {Flag.ARMY_CONTRACT}, Urgency.U0),
        (Topic.ARMY, set(), Urgency.U0),
        (Topic.ARMY, {Flag.CONTACT_LOST}, Urgency.U0),
        (Topic.EXPULSION, set(), Urgency.U2),
        (Topic.JUNK, set(), Urgency.U4),
    ],
)
def test_what_is_heard_sets_the_urgency(topic: str, flags: set[str], urgency: str) -> None:
    assert urgency_of(topic, flags) == urgency
