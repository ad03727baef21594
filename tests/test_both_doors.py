"""Every step written once and proved twice: through the pages and through the API.

A door answers in one word: done, not_found, not_allowed, wrong_status, stale, bad_input.
"""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Call, Case, Detention, FollowUp, Referral, User
from tests import factories
from tests.api.door import ApiDoor
from tests.web.door import PageDoor

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[PageDoor, ApiDoor], ids=["page", "api"])
def door(request: pytest.FixtureRequest) -> Any:
    return request.param()


@pytest.fixture
def lola() -> User:
    """A counsellor."""
    return factories.counsellor("lola")


@pytest.fixture
def kate() -> User:
    """A coordinator of Moscow."""
    return factories.coordinator("kate", regions=("RU-MOW",))


@pytest.fixture
def stranger() -> User:
    """A counsellor who has nothing to do with it."""
    return factories.counsellor("stranger")


@pytest.fixture
def case(lola: User) -> Case:
    return factories.case(by=lola, assignee=lola)


@pytest.fixture
def promise(case: Case, lola: User) -> FollowUp:
    return factories.follow_up(case, by=lola)


@pytest.fixture
def partner() -> User:
    return factories.user("partner", "partner")


@pytest.fixture
def referral(case: Case, lola: User, partner: User) -> Referral:
    from cases.actions import refer_case

    return refer_case(case, to=partner.organisation, by=lola)


def soon(**more: int) -> Any:
    return (timezone.now() + timedelta(**(more or {"hours": 3}))).replace(second=0, microsecond=0)


def now(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


class TestLoggingACall:
    typed = {
        "topic": "detention",
        "region": "RU-MOW",
        "relation": "sibling",
        "caller_name": "Фарход",
        "caller_phone": "+992 000 11 22 33",
        "about_name": "Каримов Джамшед",
        "note": "Забрали у метро",
    }

    def test_it_is_kept_with_the_case_that_follows(self, door: Any, lola: User) -> None:
        assert door.log_call(lola, client_uuid=uuid.uuid4(), **self.typed) == "done"
        call = Call.objects.get()
        assert (call.note, call.caller.phone.number) == ("Забрали у метро", "+992000112233")
        assert (call.case.topic, call.case.region, call.case.urgency) == ("detention", "RU-MOW", "U1")
        assert call.case.detentions.count() == 1

    def test_sent_twice_it_is_one_call(self, door: Any, lola: User) -> None:
        one = uuid.uuid4()
        assert door.log_call(lola, client_uuid=one, **self.typed) == "done"
        assert door.log_call(lola, client_uuid=one, **self.typed) == "done"
        assert (Call.objects.count(), Case.objects.count(), Detention.objects.count()) == (1, 1, 1)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"caller_phone": "пять"},
            {"caller_phone": "+1 2"},
            {"region": "RU-XXX"},
            {"topic": "weather"},
            {"note": "ы" * 1_000_000},
        ],
        ids=["letters as phone", "short phone", "no such region", "no such topic", "a megabyte"],
    )
    def test_what_cannot_be_true_is_told_and_nothing_is_kept(self, door: Any, lola: User, wrong: Any) -> None:
        assert door.log_call(lola, client_uuid=uuid.uuid4(), **{**self.typed, **wrong}) == "bad_input"
        assert (Call.objects.count(), Case.objects.count()) == (0, 0)

    def test_an_auditor_logs_none(self, door: Any) -> None:
        auditor = factories.user("auditor")
        assert door.log_call(auditor, client_uuid=uuid.uuid4(), **self.typed) == "not_allowed"
        assert Call.objects.count() == 0


class TestLinking:
    def test_a_call_goes_to_its_case(self, door: Any, lola: User, case: Case) -> None:
        call = factories.call(by=lola, open_case=False).call
        assert door.link(lola, call, case) == "done"
        assert now(call).case == case

    def test_a_strangers_call_does_not_exist(self, door: Any, stranger: User, lola: User, case: Case) -> None:
        call = factories.call(by=lola, open_case=False).call
        assert door.link(stranger, call, case) == "not_found"
        assert now(call).case is None


class TestSeeing:
    def test_own_regions_and_nobody_elses(
        self, door: Any, lola: User, kate: User, stranger: User, case: Case
    ) -> None:
        petersburg = factories.coordinator("peter", regions=("RU-SPE",))
        words = [door.see(who, case) for who in (lola, kate, stranger, petersburg)]
        assert words == ["done", "done", "not_found", "not_found"]


class TestTriage:
    def test_the_urgency_changes(self, door: Any, lola: User, case: Case) -> None:
        assert door.triage(lola, case, "U0", version=case.version) == "done"
        assert (now(case).urgency, now(case).version) == ("U0", case.version + 1)

    def test_a_stale_version_changes_nothing(self, door: Any, lola: User, case: Case) -> None:
        assert door.triage(lola, case, "U0", version=case.version - 1) == "stale"
        assert now(case).urgency == "U1"

    def test_no_such_urgency(self, door: Any, lola: User, case: Case) -> None:
        assert door.triage(lola, case, "U9", version=case.version) == "bad_input"

    def test_not_a_strangers(self, door: Any, stranger: User, case: Case) -> None:
        assert door.triage(stranger, case, "U0", version=case.version) == "not_found"

    def test_not_once_closed(self, door: Any, lola: User, case: Case) -> None:
        from cases.actions import close_case

        close_case(case, reason="resolved", by=lola)
        assert door.triage(lola, case, "U0", version=now(case).version) == "wrong_status"


class TestAssigning:
    def test_it_is_in_their_hands(self, door: Any, kate: User, stranger: User, case: Case) -> None:
        assert door.assign(kate, case, to=stranger, version=case.version) == "done"
        assert (now(case).assignee, now(case).status) == (stranger, "in_progress")

    def test_a_counsellor_assigns_nothing(self, door: Any, lola: User, stranger: User, case: Case) -> None:
        assert door.assign(lola, case, to=stranger, version=case.version) == "not_allowed"
        assert now(case).assignee == lola

    def test_a_counsellor_takes_the_case_they_have_opened(self, door: Any, lola: User) -> None:
        opened = factories.case(by=lola)
        assert door.assign(lola, opened, to=lola, version=opened.version) == "done"
        assert (now(opened).assignee, now(opened).status) == (lola, "in_progress")

    def test_not_to_an_auditor(self, door: Any, kate: User, case: Case) -> None:
        assert door.assign(kate, case, to=factories.user("auditor"), version=case.version) == "bad_input"

    def test_a_stale_version_changes_nothing(self, door: Any, kate: User, stranger: User, case: Case) -> None:
        assert door.assign(kate, case, to=stranger, version=case.version - 1) == "stale"

    def test_not_once_closed(self, door: Any, kate: User, lola: User, stranger: User, case: Case) -> None:
        from cases.actions import close_case

        close_case(case, reason="resolved", by=lola)
        assert door.assign(kate, case, to=stranger, version=now(case).version) == "wrong_status"

    def test_not_in_another_region(self, door: Any, stranger: User, case: Case) -> None:
        petersburg = factories.coordinator("peter", regions=("RU-SPE",))
        assert door.assign(petersburg, case, to=stranger, version=case.version) == "not_found"


class TestClosingAndReopening:
    def test_closed_with_its_reason_and_open_again(self, door: Any, lola: User, case: Case) -> None:
        assert door.close(lola, case, "released", version=case.version) == "done"
        assert (now(case).status, now(case).closing_reason) == ("closed", "released")
        assert door.reopen(lola, case, version=now(case).version) == "done"
        assert (now(case).status, now(case).closing_reason) == ("in_progress", "")

    def test_not_twice(self, door: Any, lola: User, case: Case) -> None:
        assert door.reopen(lola, case, version=case.version) == "wrong_status"
        assert door.close(lola, case, "released", version=case.version) == "done"
        assert door.close(lola, case, "resolved", version=now(case).version) == "wrong_status"
        assert now(case).closing_reason == "released"

    def test_a_stale_version_changes_nothing(self, door: Any, lola: User, case: Case) -> None:
        assert door.close(lola, case, "released", version=case.version - 1) == "stale"
        assert now(case).status == "in_progress"

    def test_never_without_a_reason(self, door: Any, lola: User, case: Case) -> None:
        assert door.close(lola, case, "", version=case.version) == "bad_input"

    def test_not_a_strangers(self, door: Any, stranger: User, case: Case) -> None:
        assert door.close(stranger, case, "released", version=case.version) == "not_found"


class TestFollowUps:
    def test_a_promise_is_made(self, door: Any, lola: User, case: Case) -> None:
        due = soon()
        assert door.plan(lola, case, kind="call_back", due_at=due, note="Спросить про суд") == "done"
        promise = FollowUp.objects.get()
        assert (promise.assigned_to, promise.due_at, promise.note) == (lola, due, "Спросить про суд")

    def test_not_for_yesterday(self, door: Any, lola: User, case: Case) -> None:
        assert door.plan(lola, case, kind="call_back", due_at=soon(days=-1)) == "bad_input"
        assert FollowUp.objects.count() == 0

    def test_not_on_a_strangers_case(self, door: Any, stranger: User, case: Case) -> None:
        assert door.plan(stranger, case, kind="call_back", due_at=soon()) in ("not_found", "bad_input")
        assert FollowUp.objects.count() == 0

    def test_kept_once(self, door: Any, lola: User, promise: FollowUp) -> None:
        assert door.complete(lola, promise, "reached", version=promise.version) == "done"
        assert (now(promise).status, now(promise).outcome) == ("done", "reached")
        assert door.complete(lola, promise, "failed", version=now(promise).version) == "wrong_status"

    def test_moved(self, door: Any, lola: User, promise: FollowUp) -> None:
        due = soon(days=2)
        assert door.postpone(lola, promise, due, version=promise.version) == "done"
        assert (now(promise).due_at, now(promise).revision) == (due, 2)

    def test_a_stale_version_changes_nothing(self, door: Any, lola: User, promise: FollowUp) -> None:
        assert door.complete(lola, promise, "reached", version=promise.version + 1) == "stale"
        assert door.postpone(lola, promise, soon(days=2), version=promise.version + 1) == "stale"
        assert now(promise).status == "open"

    def test_not_by_a_colleague_who_only_sees_it(self, door: Any, lola: User) -> None:
        colleague = factories.counsellor("colleague")
        promise = factories.follow_up(factories.case(by=colleague, assignee=lola), by=lola)
        assert door.complete(colleague, promise, "reached", version=promise.version) == "not_allowed"

    def test_not_a_strangers(self, door: Any, stranger: User, promise: FollowUp) -> None:
        assert door.complete(stranger, promise, "reached", version=promise.version) == "not_found"


class TestDetentions:
    def test_recorded_and_ended(self, door: Any, lola: User, case: Case) -> None:
        since = soon(hours=-2)
        assert door.detain(lola, case, restricted_from_at=since, agency="police", place_note="ОВД") == "done"
        held = Detention.objects.get()
        assert (held.restricted_from_at, held.agency, held.place_note) == (since, "police", "ОВД")
        assert door.end_detention(lola, held, "fine", version=held.version) == "done"
        assert now(held).outcome == "fine"
        assert door.end_detention(lola, held, "died", version=now(held).version) == "wrong_status"

    def test_one_at_a_time(self, door: Any, lola: User, case: Case) -> None:
        assert door.detain(lola, case, agency="police") == "done"
        assert door.detain(lola, case, agency="fsb") == "wrong_status"
        assert Detention.objects.count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"restricted_from_at": soon(hours=2)},
            {"restricted_from_at": soon(hours=-2), "restricted_until_at": soon(hours=-3)},
            {"agency": "firemen"},
        ],
        ids=["in the future", "end before start", "no such agency"],
    )
    def test_what_cannot_be_true_is_told(self, door: Any, lola: User, case: Case, wrong: Any) -> None:
        assert door.detain(lola, case, **wrong) == "bad_input"
        assert Detention.objects.count() == 0

    def test_a_stale_version_changes_nothing(self, door: Any, lola: User, case: Case) -> None:
        door.detain(lola, case, agency="police")
        held = Detention.objects.get()
        assert door.end_detention(lola, held, "fine", version=held.version + 1) == "stale"
        assert now(held).ended_at is None


class TestReferrals:
    def test_offered_and_accepted(self, door: Any, lola: User, case: Case, partner: User) -> None:
        assert door.refer(lola, case, partner.organisation, version=case.version, note="для нас") == "done"
        offered = Referral.objects.get()
        assert (now(case).status, offered.note) == ("referred", "для нас")
        assert door.accept(partner, offered, version=offered.version) == "done"
        assert now(offered).status == "accepted"
        assert door.decline(partner, offered, "capacity", version=now(offered).version) == "wrong_status"

    def test_declined_it_is_ours_again(
        self, door: Any, case: Case, referral: Referral, partner: User
    ) -> None:
        assert door.decline(partner, referral, "capacity", version=referral.version) == "done"
        assert (now(referral).status, now(referral).decline_reason) == ("declined", "capacity")
        assert now(case).status == "in_progress"
        assert door.see(partner, case) == "not_found"

    def test_not_to_ourselves(self, door: Any, lola: User, kate: User, case: Case) -> None:
        from cases.models import Organisation

        ours = Organisation.objects.create(name="Helpline", is_partner=False)
        assert door.refer(kate, case, ours, version=case.version) == "bad_input"
        assert now(case).status == "in_progress"

    def test_not_while_new(self, door: Any, lola: User, partner: User) -> None:
        new = factories.case(by=lola)
        assert door.refer(lola, new, partner.organisation, version=new.version) in (
            "wrong_status",
            "bad_input",
        )
        assert Referral.objects.count() == 0

    def test_another_partner_sees_nothing(self, door: Any, referral: Referral) -> None:
        other = factories.user("partner", "other")
        assert door.accept(other, referral, version=referral.version) == "not_found"
        assert door.see(other, referral.case) == "not_found"

    def test_staff_does_not_answer_for_the_partner(self, door: Any, lola: User, referral: Referral) -> None:
        assert door.accept(lola, referral, version=referral.version) == "not_allowed"

    def test_a_stale_version_changes_nothing(self, door: Any, case: Case, lola: User, partner: User) -> None:
        assert door.refer(lola, case, partner.organisation, version=case.version - 1) == "stale"
        assert Referral.objects.count() == 0
