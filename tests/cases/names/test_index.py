"""The index finds what comparing with everybody would find, and follows changes."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.names import NameIndex, score
from tests.cases.names.compose import committed, population

PEOPLE = [
    (1, "Каримов Салим Одинаевич"),
    (2, "Karimov Rustam Odinaevich"),
    (3, "Нур Муҳаммад Ашӯров"),
    (4, "Парвина Худойназарова"),
    (5, "Ёқубов Толиб"),
]


def test_a_name_is_found_in_another_script_and_the_brother_is_not() -> None:
    assert NameIndex(PEOPLE).search("KARIMOV SALIM") == [(1, score("KARIMOV SALIM", PEOPLE[0][1]))]


def test_two_words_are_found_as_one_and_one_as_two() -> None:
    index = NameIndex([*PEOPLE, (6, "Давлатбек Одинаев")])
    assert index.search("Nurmuhammad Ashurov")[0][0] == 3
    assert index.search("Давлат Бек Одинаев")[0][0] == 6


def test_a_single_word_finds_those_who_bear_it() -> None:
    assert [key for key, _ in NameIndex(PEOPLE).search("Салим")] == [1]


def test_no_more_than_asked_for() -> None:
    assert len(NameIndex(enumerate(["Каримов Салим"] * 30)).search("Каримов Салим", 5)) == 5


@pytest.mark.parametrize("text", ["", "123", "🙂", "Ззззз Щщщщщ"])
def test_nobody_is_found_for_what_is_no_name_here(text: str) -> None:
    assert NameIndex(PEOPLE).search(text) == []


def test_an_empty_index_finds_nobody() -> None:
    assert NameIndex[int]().search("Каримов Салим") == []


def test_any_of_several_spellings_finds_a_person_once() -> None:
    index = NameIndex(PEOPLE)
    index.add(5, "Жакыпов Талип")
    index.add(5, "Якубов Толиб")
    assert [key for key, _ in index.search("Якубов Талип")] == [5]
    assert len(index) == 5


def test_who_is_removed_is_not_found_and_may_come_back() -> None:
    index = NameIndex(PEOPLE)
    index.remove(1)
    index.remove(1)
    assert index.search("Каримов Салим") == []
    index.add(1, "Каримов Салим")
    assert index.search("Karimov Salim")[0] == (1, 1.0)


def test_a_part_that_comes_later_is_found_by_a_search_repeated() -> None:
    index = NameIndex(PEOPLE)
    assert index.search("Орзуев Манзура") == []
    index.add(9, "Орзуева Манзура")
    assert [key for key, _ in index.search("Орзуева Манзура")] == [9]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_the_best_of_everybody_is_among_the_best_found(seed: int) -> None:
    rng = random.Random(seed)
    people = population(60, seed)
    wanted = rng.choice([b for _, b, same, _ in committed() if same])
    best = max(score(wanted, name) for name in people)
    found = NameIndex(enumerate(people)).search(wanted)
    if best >= 0.7:  # below, nobody would call it a match
        assert found[0][1] == best
