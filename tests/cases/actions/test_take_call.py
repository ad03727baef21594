"""A call is taken once, whole, or not at all."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases.actions import end_detention, take_call
from cases.enums import CallOutcome, CaseStatus, Relation
from cases.errors import BadInput, KeyReused, NotAllowed
from cases.models import Call, Case, DataKey, Detention, Person, TimelineEntry
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_call_about_a_held_man_opens_his_case_and_his_detention() -> None:
    since = timezone.now() - timedelta(hours=3)
    lola = factories.counsellor("lola")
    taken = factories.call(
        lola, restricted_from_at=since, restricted_certainty="estimated", place_note="ОВД у рынка"
    )
    call, case = Call.objects.get(), Case.objects.get()
    detention = Detention.objects.get()
    assert (taken.call, taken.case, taken.is_new) == (call, case, True)
    assert (call.case, call.about, call.outcome, call.urgency) == (
        case,
        case.person,
        CallOutcome.CASE_OPENED,
        "U1",
    )
    assert (call.caller and call.caller.name, call.about and call.about.name) == ("Фарход", "Каримов Джамшед")
    assert (case.status, case.next_due_at) == (CaseStatus.NEW, case.opened_at + timedelta(minutes=15))
    assert (detention.restricted_from_at, detention.place_note) == (since, "ОВД у рынка")
    assert sorted(TimelineEntry.objects.values_list("subject_type", "verb")) == [
        ("call", "log"),
        ("case", "open"),
        ("detention", "record"),
    ]


@pytest.mark.parametrize(
    ("topic", "cases"), [("junk", 0), ("information", 0), ("wages", 0), ("expulsion", 1)]
)
def test_what_is_not_urgent_opens_no_case_by_itself(topic: str, cases: int) -> None:
    factories.call(topic=topic)
    assert Case.objects.count() == cases


def test_a_second_relative_joins_the_case_and_its_detention_stays_one() -> None:
    lola = factories.counsellor()
    case = factories.call(lola).case
    again = factories.call(lola, case=case, about_name="", caller_name="Зарина", relation=Relation.SIBLING)
    assert (again.case, again.call.about, again.call.outcome) == (
        case,
        case and case.person,
        CallOutcome.LINKED,
    )
    assert (Case.objects.count(), Detention.objects.count(), Person.objects.count()) == (1, 1, 3)


def test_a_question_after_a_release_does_not_lock_the_man_up_again() -> None:
    lola = factories.counsellor()
    case = factories.call(lola).case
    end_detention(Detention.objects.get(), outcome="released_protocol", by=lola)
    factories.call(lola, case=case, about_name="")
    assert Detention.objects.count() == 1
    factories.call(lola, case=case, about_name="", place_note="снова в отделе")
    assert Detention.objects.filter(ended_at__isnull=True).count() == 1


def test_a_man_who_calls_for_himself_is_one_person() -> None:
    taken = factories.call(relation=Relation.SELF, caller_name="", about_name="Каримов Джамшед")
    assert Person.objects.count() == 1
    assert taken.call.caller == taken.call.about == (taken.case and taken.case.person)


def test_the_same_call_sent_again_is_the_first_call() -> None:
    lola, typed = factories.counsellor(), factories.intake()
    first, second = take_call(typed, by=lola), take_call(typed, by=lola)
    assert (second.call, second.case, second.is_new) == (first.call, first.case, False)
    assert (Call.objects.count(), Case.objects.count(), TimelineEntry.objects.count()) == (1, 1, 3)


def test_the_same_uuid_with_other_words_is_refused_and_changes_nothing() -> None:
    lola, key = factories.counsellor(), uuid.uuid4()
    factories.call(lola, client_uuid=key, note="first")
    with pytest.raises(KeyReused):
        factories.call(lola, client_uuid=key, note="second")
    assert [call.note for call in Call.objects.all()] == ["first"]


def test_two_counsellors_may_come_upon_the_same_uuid() -> None:
    key = uuid.uuid4()
    factories.call(client_uuid=key)
    factories.call(client_uuid=key)
    assert Call.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_forty_identical_calls_at_once_are_one_row() -> None:
    lola, typed = factories.counsellor(), factories.intake()

    def post(_: int) -> tuple[uuid.UUID, bool]:
        try:
            taken = take_call(typed, by=lola)
            return taken.call.pk, taken.is_new
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(post, range(40)))
    assert len({pk for pk, _ in answers}) == 1
    assert sum(is_new for _, is_new in answers) == 1
    assert (Call.objects.count(), Case.objects.count(), Person.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("caller_phone", {"caller_phone": "call me"}),
        ("region", {"region": "RU-XXX"}),
        ("country", {"region": "RU-MOW", "country": "TJ"}),
        ("country", {"region": "abroad", "country": "XX"}),
        ("started_at", {"started_at": timezone.now() + timedelta(minutes=6)}),
        ("restricted_from_at", {"restricted_from_at": timezone.now() + timedelta(hours=1)}),
        (
            "restricted_until_at",
            {
                "restricted_from_at": timezone.now() - timedelta(hours=1),
                "restricted_until_at": timezone.now() - timedelta(hours=2),
            },
        ),
        ("note", {"note": "я" * 1_000_000}),
        ("about_name", {"about_name": "a" * 201}),
        ("place_note", {"place_note": "a" * 301}),
    ],
)
def test_what_cannot_be_true_is_said_at_its_field_and_nothing_is_kept(
    field: str, typed: dict[str, object]
) -> None:
    with pytest.raises(BadInput) as refusal:
        factories.call(**typed)
    assert list(refusal.value.errors) == [field]
    assert (Call.objects.count(), Person.objects.count(), Case.objects.count()) == (0, 0, 0)
    assert DataKey.objects.count() == 1  # the counsellor's own


def test_a_clock_may_err_by_a_few_minutes() -> None:
    factories.call(started_at=timezone.now() + timedelta(minutes=4))
    assert Call.objects.count() == 1


@pytest.mark.parametrize("role", ["administrator", "auditor", "partner"])
def test_who_takes_no_calls_cannot(role: str) -> None:
    with pytest.raises(NotAllowed):
        factories.call(factories.user(role))


def test_a_case_one_cannot_see_cannot_be_joined() -> None:
    case = factories.case(factories.counsellor())
    with pytest.raises(NotAllowed):
        factories.call(factories.counsellor(), case=case)
    assert Call.objects.count() == 0


def test_names_numbers_and_notes_are_sealed_in_the_database() -> None:
    factories.call(note="бьют в отделе", place_note="за рынком")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(t::text, '') FROM (SELECT n::text AS t FROM cases_personname n UNION ALL "
            "SELECT p::text FROM cases_phone p UNION ALL SELECT c::text FROM cases_call c "
            "UNION ALL SELECT d::text FROM cases_detention d UNION ALL SELECT e::text FROM cases_timelineentry e) x"
        )
        stored = cursor.fetchone()[0]
    for canary in ("Фарход", "Каримов", "992000112233", "бьют", "рынком"):
        for form in (canary, canary.encode().hex(), canary.lower(), canary.encode("unicode_escape").decode()):
            assert form not in stored
    assert "RU-MOW" in stored  # the search reads what is there
