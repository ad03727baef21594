"""The story of March 2024: the same in every run, with the figures that were published."""

from collections import Counter
from datetime import timedelta
from functools import cache

import pytest

from cases.management.scenario import crocus_2024
from cases.management.scenario.events import (
    CallTaken,
    CaseClosed,
    DetentionEnded,
    Event,
    FollowUpCompleted,
    FollowUpPlanned,
    ProceedingTold,
    Story,
)
from cases.management.scenario.facts_2024 import (
    ATTACK,
    BEGINS,
    DEFAULT_CALLS,
    ENDS,
    FIGURES,
    INCIDENTS,
    MOSCOW,
)
from cases.management.scenario.places import PLACES

RAIDS_AND_DETENTIONS = {"detention", "raid"}
TWO_DAYS = timedelta(hours=48)


@cache
def told() -> tuple[Story, ...]:
    return tuple(crocus_2024.stories())


@cache
def calls() -> tuple[CallTaken, ...]:
    return tuple(sorted((call for story in told() for call in story.calls), key=lambda call: call.at))


def of_kind(kind: type[Event]) -> list[Event]:
    return [event for story in told() for event in story.events if isinstance(event, kind)]


def test_the_same_seed_tells_the_same_events() -> None:
    assert crocus_2024.events(400) == crocus_2024.events(400)


def test_another_seed_tells_other_events() -> None:
    assert crocus_2024.events(400) != crocus_2024.events(400, seed="another")


def test_events_come_in_order_of_time() -> None:
    moments = [event.at for event in crocus_2024.events(400)]
    assert moments == sorted(moments)


def test_events_of_a_story_come_in_order_of_time() -> None:
    for story in told():
        moments = [event.at for event in story.events]
        assert moments == sorted(moments)


@pytest.mark.parametrize("hours", range(13))
def test_any_48_hours_from_the_evening_of_the_attack_have_more_than_2500_calls_most_about_raids_and_detentions(
    hours: int,
) -> None:
    start = ATTACK + timedelta(hours=hours)
    window = [call for call in calls() if start <= call.at < start + TWO_DAYS]
    about = sum(call.topic in RAIDS_AND_DETENTIONS for call in window)
    assert len(window) > 2500
    assert about * 2 > len(window)


def test_the_following_week_has_about_1200_calls_a_day_never_below_1000_most_about_raids_and_detentions() -> (
    None
):
    days: dict[int, list[CallTaken]] = {day: [] for day in range(25, 32)}
    for call in calls():
        local = call.at.astimezone(MOSCOW)
        if local.month == 3 and local.day in days:
            days[local.day].append(call)
    assert sum(len(day) for day in days.values()) == 8400
    for day in days.values():
        assert 1000 < len(day) < 1300
        assert sum(call.topic in RAIDS_AND_DETENTIONS for call in day) * 2 > len(day)


def test_calm_days_are_calm() -> None:
    assert len([call for call in calls() if call.at < ATTACK]) == 290


def test_no_call_lies_outside_the_window() -> None:
    assert min(call.at for call in calls()) >= BEGINS
    assert max(call.at for call in calls()) < ENDS
    assert len(calls()) == DEFAULT_CALLS


def test_at_least_thirty_people_tell_of_torture_in_the_48_hours() -> None:
    tortured = {
        call.about.key
        for call in calls()
        if call.about and ATTACK <= call.at < ATTACK + TWO_DAYS and "beaten" in call.flags
    }
    assert len(tortured) >= 30


def test_uzbeks_and_kyrgyz_come_before_tajiks() -> None:
    nationalities = Counter(call.about.nationality for call in calls() if call.about)
    assert [country for country, _ in nationalities.most_common(3)] == ["UZ", "KG", "TJ"]


def test_petersburgs_own_proceedings_have_the_proportions_of_the_published_ones() -> None:
    own = [each for each in of_kind(ProceedingTold) if "RU-SPE" in each.court]
    assert Counter(each.ruling for each in own) == {
        "forced_expulsion": 43,
        "self_departure": 5,
        "fine": 3,
        "returned": 2,
        "": 7,
    }
    days = Counter(each.received_at.astimezone(MOSCOW).day for each in own)
    assert min(days) == 25 and max(days) in (28, 29)


def test_published_figures_add_up_and_contradicting_claims_stand_side_by_side() -> None:
    court = {figure.kind: figure.value for figure in FIGURES if figure.region == "RU-SPE"}
    assert court["court_received"] == 584
    assert court["court_examined"] + court["court_pending"] == court["court_received"]
    parts = ("court_forced_expulsion", "court_self_departure", "court_other")
    assert sum(court[part] for part in parts) == court["court_examined"]
    assert sorted(figure.value for figure in FIGURES if figure.kind == "killed") == [137, 140, 144]
    assert all(figure.source and figure.published_on for figure in FIGURES)


def test_the_arson_and_the_assault_are_told_and_rung_about() -> None:
    kinds = {(each.kind, each.region) for each in INCIDENTS}
    assert {("arson", "RU-AMU"), ("assault", "RU-KLU")} < kinds
    rung_about = Counter(call.incident for call in calls() if call.incident)
    assert rung_about == {"arson-blagoveshchensk": 3, "assault-kaluga": 3}


def test_every_incident_names_places_that_exist() -> None:
    keys = {place.key for place in PLACES}
    assert {key for each in INCIDENTS for key in each.places} <= keys
    assert len(keys) == len({(place.region, place.name) for place in PLACES})


def test_every_story_is_finished() -> None:
    assert len(of_kind(FollowUpPlanned)) == len(of_kind(FollowUpCompleted))
    opened = {call.opens for call in calls() if call.opens}
    assert {event.case for event in of_kind(CaseClosed)} == opened
    held = {call.opens for call in calls() if call.held}
    assert {event.case for event in of_kind(DetentionEnded)} == held


def test_up_to_five_relatives_ring_about_one_man_and_spell_him_differently() -> None:
    five = [story.calls for story in told() if len(story.calls) == 5]
    assert len(five) > 50
    spellings = [len({call.about.name for call in group if call.about}) for group in five]
    assert sum(spellings) / len(spellings) > 2.5


def test_some_callers_share_a_telephone() -> None:
    shared = 0
    for story in told():
        phones = Counter(call.caller.phone for call in story.calls if call.caller and call.caller.phone)
        shared += any(count > 1 for count in phones.values())
    assert shared > 100


@pytest.mark.parametrize("wanted", [1, 57, 3000, 5000, DEFAULT_CALLS, 12000])
def test_a_wanted_number_of_calls_is_met_exactly(wanted: int) -> None:
    assert sum(len(story.calls) for story in crocus_2024.stories(wanted)) == wanted


def test_a_smaller_replay_keeps_the_48_hours_whole_as_long_as_it_can() -> None:
    smaller = [call for story in crocus_2024.stories(3500) for call in story.calls]
    assert sum(ATTACK <= call.at < ATTACK + TWO_DAYS for call in smaller) == 2600
