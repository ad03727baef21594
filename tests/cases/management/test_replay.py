"""The scenario played through the real actions, on the real database."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases.enums import CaseStatus, FollowUpStatus
from cases.management.scenario import crocus_2024
from cases.management.scenario.facts_2024 import FIGURES, INCIDENTS
from cases.management.scenario.stage import identifier
from cases.models import (
    Call,
    Case,
    Delivery,
    Detention,
    FollowUp,
    Incident,
    Notice,
    Person,
    PublishedFigure,
    TimelineEntry,
    User,
)

CALLS = 60
pytestmark = pytest.mark.django_db


def replay(calls: int = CALLS) -> str:
    out = StringIO()
    call_command("replay_surge", "crocus-2024", calls=calls, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    models = (Call, Case, Detention, FollowUp, Incident, Person, PublishedFigure, TimelineEntry, User)
    return {model.__name__: model._default_manager.count() for model in models}


def test_a_replay_adds_its_calls_and_sends_nothing() -> None:
    assert f"{CALLS} calls added." in replay()
    assert Call.objects.count() == CALLS
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)


def test_a_second_replay_adds_nothing() -> None:
    replay()
    before = counts()
    assert "0 calls added." in replay()
    assert counts() == before


def test_a_replay_leaves_every_story_finished() -> None:
    replay()
    assert set(Case.objects.values_list("status", flat=True)) == {CaseStatus.CLOSED}
    assert set(FollowUp.objects.values_list("status", flat=True)) <= {FollowUpStatus.DONE}
    assert not Detention.objects.filter(ended_at__isnull=True).exists()


def test_every_moment_is_the_moment_of_the_story() -> None:
    replay()
    told = {identifier(call.key): call for story in crocus_2024.stories(CALLS) for call in story.calls}
    for call in Call.objects.select_related("counsellor"):
        event = told[call.client_uuid]
        assert (call.started_at, call.topic, call.region) == (event.at, event.topic, event.region)
        assert call.counsellor.handle == event.by
    assert max(TimelineEntry.objects.values_list("at", flat=True)).year == 2024


def test_figures_and_incidents_are_made_once() -> None:
    replay(10)
    replay(20)
    assert PublishedFigure.objects.count() == len(FIGURES)
    assert Incident.objects.count() == len(INCIDENTS)


def test_names_are_kept_in_several_scripts() -> None:
    replay()
    scripts = set(Person.objects.filter(names__isnull=False).values_list("names__script", flat=True))
    assert scripts == {"cyrillic", "latin"}


def test_nobody_of_the_cast_can_sign_in() -> None:
    replay(10)
    cast = User.objects.filter(handle__startswith="crocus-")
    assert cast.count() == 30
    assert not any(user.has_usable_password() for user in cast)


@pytest.mark.parametrize("calls", [0, -3])
def test_a_number_of_calls_below_one_is_refused(calls: int) -> None:
    with pytest.raises(CommandError):
        call_command("replay_surge", "crocus-2024", calls=calls)


@pytest.mark.django_db(transaction=True)
def test_two_processes_play_what_one_would() -> None:
    out = StringIO()
    call_command("replay_surge", "crocus-2024", calls=CALLS, processes=2, stdout=out)
    assert f"{CALLS} calls added." in out.getvalue()
    told = {identifier(call.key) for story in crocus_2024.stories(CALLS) for call in story.calls}
    assert set(Call.objects.values_list("client_uuid", flat=True)) == told
