"""Plays stories through the actions a person's clicks go through, each at its own moment and without a message."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import singledispatchmethod
from itertools import islice
from typing import Any

from django.db import connection, transaction

from cases import actions
from cases.enums import Relation
from cases.management.scenario import events
from cases.management.scenario.stage import Stage, identifier
from cases.models import Call, Case, FollowUp, Referral, User

STORIES_A_TRANSACTION = 150


def play(
    stories: Iterable[events.Story], stage: Stage, tell: Callable[[int], None] = lambda calls: None
) -> int:
    """Play the stories that are not there yet; returns the number of calls added.

    A story is played as a whole within one transaction, so that the clock never sees a promise of March 2024
    open. After each transaction `tell` hears how many calls there are.
    """
    there = set(Call.objects.values_list("client_uuid", flat=True))
    fresh = (story for story in stories if identifier(story.calls[0].key) not in there)
    added = 0
    while batch := list(islice(fresh, STORIES_A_TRANSACTION)):
        with transaction.atomic(), _whole_or_nothing():
            _commit_lazily()
            for story in batch:
                _Telling(stage).play(story)
        added += sum(len(story.calls) for story in batch)
        tell(added)
    return added


@contextmanager
def _whole_or_nothing() -> Iterator[None]:
    """An act that fails ends the replay, so no act needs a savepoint of its own: a third of all statements."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        connection.features.uses_savepoints = True


def _commit_lazily() -> None:
    """A replay lost in a power cut is simply run again, so nobody waits for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


class _Telling:
    """One story while it is told: what its events have made so far, by key."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.calls: dict[str, Call] = {}
        self.cases: dict[str, Case] = {}
        self.follow_ups: dict[str, FollowUp] = {}
        self.referrals: dict[str, Referral] = {}

    def play(self, story: events.Story) -> None:
        for event in story.events:
            self.do(event, self.stage.users[event.by])

    @singledispatchmethod
    def do(self, event: events.Event, by: User) -> None:
        raise TypeError(type(event).__name__)

    @do.register
    def _call(self, event: events.CallTaken, by: User) -> None:
        intake = actions.Intake(
            client_uuid=identifier(event.key),
            topic=event.topic,
            region=event.region,
            channel=event.channel,
            started_at=event.at,
            duration=event.seconds,
            language=event.language,
            flags=event.flags,
            contact_safety=event.safety,
            relation=event.relation,
            note=event.note,
            outcome=event.outcome,
            case=self.cases[event.case] if event.case else None,
            open_case=event.opens is not None,
            incident=self.stage.incidents[event.incident] if event.incident else None,
            **_people(event),
            **(self._held(event.held) if event.held else {}),
        )
        call, case, _ = actions.take_call(intake, by=by, at=event.at)
        self.calls[event.key] = call
        if event.opens and case:
            self.cases[event.opens] = case

    def _held(self, held: events.Held) -> dict[str, Any]:
        return {
            "place": self.stage.places.get(held.place),
            "restricted_from_at": held.restricted_at,
            "restricted_until_at": held.restricted_at,
            "restricted_certainty": held.restricted_certainty,
            "delivered_from_at": held.delivered_at,
            "delivered_until_at": held.delivered_at,
            "delivered_certainty": held.delivered_certainty,
            "agency": held.agency,
            "article": held.article,
        }

    @do.register
    def _link(self, event: events.CallLinked, by: User) -> None:
        actions.link_call(
            self.calls[event.call], case=self.cases[event.case], outcome="linked", by=by, at=event.at
        )

    @do.register
    def _assign(self, event: events.CaseAssigned, by: User) -> None:
        actions.assign_case(self.cases[event.case], to=self.stage.users[event.to], by=by, at=event.at)

    @do.register
    def _triage(self, event: events.CaseTriaged, by: User) -> None:
        actions.triage_case(self.cases[event.case], urgency=event.urgency, by=by, at=event.at)

    @do.register
    def _end(self, event: events.DetentionEnded, by: User) -> None:
        detention = self.cases[event.case].detentions.get()
        actions.end_detention(detention, outcome=event.outcome, ended_at=event.ended_at, by=by, at=event.at)

    @do.register
    def _proceeding(self, event: events.ProceedingTold, by: User) -> None:
        actions.record_proceeding(
            self.cases[event.case],
            kind="administrative",
            court=self.stage.places.get(event.court),
            article=event.article,
            received_at=event.received_at,
            ruled_at=event.ruled_at,
            ruling=event.ruling,
            by=by,
            at=event.at,
        )

    @do.register
    def _plan(self, event: events.FollowUpPlanned, by: User) -> None:
        self.follow_ups[event.key] = actions.plan_follow_up(
            self.cases[event.case],
            kind=event.kind,
            due_at=event.due_at,
            assigned_to=self.stage.users[event.to],
            client_uuid=identifier(event.key),
            by=by,
            at=event.at,
        )

    @do.register
    def _postpone(self, event: events.FollowUpPostponed, by: User) -> None:
        actions.postpone_follow_up(self.follow_ups[event.follow_up], due_at=event.due_at, by=by, at=event.at)

    @do.register
    def _complete(self, event: events.FollowUpCompleted, by: User) -> None:
        actions.complete_follow_up(
            self.follow_ups[event.follow_up], outcome=event.outcome, by=by, at=event.at
        )

    @do.register
    def _refer(self, event: events.CaseReferred, by: User) -> None:
        partner = self.stage.organisations[event.to]
        self.referrals[event.key] = actions.refer_case(self.cases[event.case], to=partner, by=by, at=event.at)

    @do.register
    def _answer(self, event: events.ReferralAnswered, by: User) -> None:
        referral = self.referrals[event.referral]
        if event.reason:
            actions.decline_referral(referral, reason=event.reason, by=by, at=event.at)
        else:
            actions.accept_referral(referral, by=by, at=event.at)

    @do.register
    def _close(self, event: events.CaseClosed, by: User) -> None:
        actions.close_case(self.cases[event.case], reason=event.reason, by=by, at=event.at)


def _people(event: events.CallTaken) -> dict[str, Any]:
    """The caller and the person in trouble, as fields of the intake."""
    caller, about = event.caller, event.about
    himself = event.relation == Relation.SELF
    told = caller if himself else about
    fields: dict[str, Any] = {}
    if caller:
        fields |= {"caller_name": caller.name, "caller_phone": caller.phone}
    if about and not himself and not event.case:
        fields |= {"about_name": about.name}
    if told and not event.case:
        fields |= {
            "nationality": told.nationality,
            "birth_year": told.birth_year,
            "vulnerabilities": told.vulnerabilities,
        }
    return fields
