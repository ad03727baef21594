"""Random calls with what follows from them, each step through its action at its own moment, as a person's click."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from cases import actions
from cases.enums import (
    CallOutcome,
    CaseStatus,
    Channel,
    ClosingReason,
    DetentionOutcome,
    FollowUpKind,
    FollowUpOutcome,
    FollowUpStatus,
    Language,
    ReferralStatus,
    Relation,
    Ruling,
    Topic,
    Urgency,
)
from cases.models import Case, User
from tests import factories
from tests.numbers.clock import at

HELD = ("detention", "raid", "whereabouts", "holding")
REGIONS = ("RU-SPE", "RU-SPE", "RU-MOW", "RU-MOW", "RU-SVE", "unknown", "abroad")


@dataclass(frozen=True)
class Shift:
    """Who works, and the dice."""

    lead: User
    neighbour: User
    counsellors: tuple[User, ...]
    partner: User
    chance: Random

    def work(self, calls: int, first: datetime, last: datetime) -> None:
        """Take calls at random moments, one story after the other."""
        known: list[Case] = []
        for moment in sorted(first + self.chance.random() * (last - first) for _ in range(calls)):
            case = self._call(moment, known)
            if case is not None and case not in known:
                known.append(case)
                self._follow(case, moment)

    def _call(self, moment: datetime, known: list[Case]) -> Case | None:
        chance, linked = (
            self.chance,
            self.chance.choice(known) if known and self.chance.random() < 0.3 else None,
        )
        held = chance.random() < 0.5
        with at(moment):
            by = self.lead if linked and chance.random() < 0.5 else chance.choice(self.counsellors)
            taken = factories.call(
                by,
                client_uuid=UUID(int=chance.getrandbits(128), version=4),
                topic=chance.choice(HELD if held else Topic.values),
                region=chance.choice(REGIONS),
                channel=chance.choice(Channel.values),
                language=chance.choice(Language.values),
                relation=chance.choice(Relation.values),
                urgency=chance.choice(["", "", *Urgency.values]),
                outcome=chance.choice(["", *CallOutcome.values]),
                case=linked if by == self.lead else None,
                open_case=False if linked else None,
            )
            if linked and by != self.lead:
                actions.link_call(taken.call, case=linked, outcome=CallOutcome.LINKED, by=self.lead)
        return taken.case

    def _follow(self, case: Case, moment: datetime) -> None:
        for minutes, (likely, step) in enumerate(_STEPS, 1):
            case.refresh_from_db()
            if self.chance.random() < likely:
                with at(moment + timedelta(minutes=7 * minutes)):
                    step(self, case)

    def assign(self, case: Case) -> None:
        hands = (*self.counsellors, self.lead)
        actions.assign_case(case, to=self.chance.choice(hands), by=self.lead)

    def triage(self, case: Case) -> None:
        actions.triage_case(case, urgency=self.chance.choice(Urgency.values), by=self.lead)

    def promise(self, case: Case) -> None:
        """Also somebody of another region, who cannot see the case, may have promised something."""
        due = timezone.now() + timedelta(hours=self.chance.choice((1, 5, 30, 200)))
        hands = (*self.counsellors, self.lead, self.neighbour)
        kind, to = self.chance.choice(FollowUpKind.values), self.chance.choice(hands)
        actions.plan_follow_up(case, kind=kind, due_at=due, assigned_to=to, by=self.lead)

    def keep(self, case: Case) -> None:
        for promise in case.follow_ups.filter(status=FollowUpStatus.OPEN):
            if self.chance.random() < 0.5:
                outcome = self.chance.choice(FollowUpOutcome.values)
                actions.complete_follow_up(promise, outcome=outcome, by=self.lead)
            else:
                due = promise.due_at + timedelta(hours=2)
                actions.postpone_follow_up(promise, due_at=due, by=self.lead)

    def free(self, case: Case) -> None:
        for detention in case.detentions.filter(ended_at__isnull=True):
            outcome = self.chance.choice(DetentionOutcome.values)
            actions.end_detention(detention, outcome=outcome, by=self.lead)

    def rule(self, case: Case) -> None:
        """Matters before a court; one may have to wait for its ruling."""
        now, kind = timezone.now(), "administrative"
        for ruling in self.chance.sample(["", *Ruling.values], 4):
            ruled_at = now if ruling else None
            actions.record_proceeding(
                case, kind=kind, received_at=now, ruling=ruling, ruled_at=ruled_at, by=self.lead
            )

    def offer(self, case: Case) -> None:
        if case.status not in (CaseStatus.IN_PROGRESS, CaseStatus.WAITING):
            return
        assert self.partner.organisation is not None
        offered = actions.refer_case(case, to=self.partner.organisation, by=self.lead)
        answer = self.chance.choice([*ReferralStatus.values])
        if answer == ReferralStatus.ACCEPTED:
            actions.accept_referral(offered, by=self.partner)
        if answer == ReferralStatus.DECLINED:
            actions.decline_referral(offered, reason="capacity", by=self.partner)

    def close(self, case: Case) -> None:
        actions.close_case(case, reason=self.chance.choice(ClosingReason.values), by=self.lead)

    def reopen(self, case: Case) -> None:
        if case.status == CaseStatus.CLOSED:
            actions.reopen_case(case, by=self.lead)


_STEPS: tuple[tuple[float, Callable[[Shift, Case], None]], ...] = (
    (0.6, Shift.assign),
    (0.2, Shift.triage),
    (0.7, Shift.promise),
    (0.4, Shift.promise),
    (0.3, Shift.keep),
    (0.5, Shift.free),
    (0.7, Shift.rule),
    (0.3, Shift.offer),
    (0.3, Shift.close),
    (0.3, Shift.reopen),
)
