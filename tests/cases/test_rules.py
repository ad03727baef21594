"""Which rows exist for whom: the matrix, over every model a door can show."""

import itertools

import pytest
from django.db import IntegrityError, connection, transaction

from cases.actions import assign_case, record_detention, refer_case
from cases.enums import Role
from cases.models import Call, Case, Detention, FollowUp, Person, Referral, TimelineEntry, User
from cases.rules import RULES, allows, may
from cases.search import find
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> dict[str, User]:
    """Two regions, a counsellor and a coordinator each, two partners of whom one was offered Moscow's case."""
    people = {"offered": factories.user("partner"), "other": factories.user("partner")}
    for city in ("RU-MOW", "RU-SPE"):
        people[f"counsellor {city}"] = lola = factories.counsellor()
        people[f"coordinator {city}"] = kate = factories.coordinator(regions=(city,))
        case = factories.call(lola, region=city).case
        assert case is not None
        assign_case(case, to=lola, by=kate)
        factories.follow_up(case, by=lola)
        if city == "RU-MOW":
            office = people["offered"].organisation
            assert office is not None
            refer_case(case, to=office, by=kate)
    for role in ("administrator", "auditor", "integration"):
        people[role] = factories.user(role)
    people["system"] = User.objects.system()
    people["gone"] = factories.coordinator(is_active=False)
    return people


SEEN = {
    Case: {"offered": 1, "counsellor": 1, "coordinator": 1, "system": 2},
    Call: {"counsellor": 1, "coordinator": 1, "system": 2},
    Person: {"counsellor": 2, "coordinator": 2, "system": 4},
    Detention: {"counsellor": 1, "coordinator": 1, "system": 2},
    FollowUp: {"counsellor": 1, "coordinator": 1, "system": 2},
    Referral: {"offered": 1},
}


@pytest.mark.parametrize("model", SEEN)
def test_each_role_sees_its_rows_and_list_equals_detail(model: type, world: dict[str, User]) -> None:
    for name, person in world.items():
        seen = set(model.objects.visible_to(person))
        if model is Referral:
            expected = 1 if name in ("offered", "counsellor RU-MOW", "coordinator RU-MOW", "system") else 0
        else:
            expected = SEEN[model].get(name.split()[0], 0)
        assert len(seen) == expected == model.objects.visible_to(person).count(), (name, model)
        verb = f"see {model.noun}"
        assert seen == {row for row in model.objects.all() if allows(person, verb, row)}, (name, model)


def test_search_finds_exactly_what_the_list_holds(world: dict[str, User]) -> None:
    for person in world.values():
        by_reference = {case for row in Case.objects.all() for case in find(person, row.reference).cases}
        assert by_reference == set(Case.objects.visible_to(person))
        people = {human for row in Person.objects.all() for human in find(person, row.reference).people}
        assert people == set(Person.objects.visible_to(person))
        by_number = set(find(person, "+992 000-11-22-33").people)
        assert by_number == {each for each in Person.objects.visible_to(person) if each.phones.exists()}


def test_neighbours_see_nothing_of_each_other(world: dict[str, User]) -> None:
    for model in (Case, Call, Person, Detention, FollowUp):
        sets = [set(model.objects.visible_to(world[f"counsellor {city}"])) for city in ("RU-MOW", "RU-SPE")]
        assert sets[0].isdisjoint(sets[1])


def test_a_case_of_no_region_is_every_coordinators() -> None:
    case = factories.case(region="unknown")
    assert Case.objects.visible_to(factories.coordinator(regions=("RU-SPE",))).get() == case


def test_a_rule_that_crosses_rows_makes_no_doubles() -> None:
    lola = factories.counsellor()
    case = factories.call(lola).case
    for name in ("Зарина", "Рустам"):
        factories.call(lola, case=case, caller_name=name, about_name="")
    assert Case.objects.visible_to(lola).count() == len(Case.objects.visible_to(lola)) == 1


def test_an_absent_line_means_nobody_and_an_inactive_user_does_nothing() -> None:
    gone = factories.coordinator(is_active=False)
    for verb, role in itertools.product(RULES, Role):
        assert (role in RULES[verb]) == may(User(role=role, is_active=True), verb)
    assert not any(may(gone, verb) for verb in RULES)


def test_administrators_and_auditors_see_no_case_content() -> None:
    content = [
        verb for verb in RULES if verb.split()[1] in ("case", "call", "person", "detention", "identity")
    ]
    readers = {role for verb in content if not verb.startswith("count ") for role in RULES[verb]}
    assert readers.isdisjoint({Role.ADMINISTRATOR, Role.AUDITOR})


@pytest.mark.parametrize(
    "sql", ["UPDATE cases_timelineentry SET verb = 'x'", "DELETE FROM cases_timelineentry"]
)
def test_history_cannot_be_changed_by_anybody_with_a_connection(sql: str) -> None:
    factories.case()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert TimelineEntry.objects.count() == 1


def test_the_queue_puts_the_untouched_before_the_touched_and_the_urgent_before_all() -> None:
    lola, kate = factories.counsellor(), factories.coordinator()
    routine = factories.case(topic="wages")
    touched = factories.case(assignee=lola)
    record_detention(touched, by=kate)
    untouched = factories.case()
    critical = factories.case(topic="army", assignee=lola)
    assert list(Case.objects.visible_to(kate).open().in_queue_order()) == [
        critical,
        untouched,
        touched,
        routine,
    ]
