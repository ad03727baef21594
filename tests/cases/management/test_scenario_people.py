"""Composed people: names from separate lists, in many spellings, with telephones nobody can have."""

from random import Random

import phonenumbers
import pytest

from cases.management.scenario.names import POOLS, PUBLIC_PEOPLE, FullName, compose, female
from cases.management.scenario.phones import unassignable
from cases.management.scenario.spelling import (
    SPELLINGS,
    latin,
    passport,
    russified,
    script,
    swapped,
    uzbek_latin,
    without_patronymic,
)


def rng() -> Random:
    return Random("people")


def uzbek() -> FullName:
    return FullName("Ўткир", "Ғуломов", "Қобил", "m", "UZ", "uzbek")


@pytest.mark.parametrize("people", sorted(POOLS))
def test_a_name_is_composed_of_its_peoples_pools(people: str) -> None:
    dice = rng()
    for _ in range(200):
        name = compose(dice, people, dice.choice("mf"))
        assert name.given in (POOLS[people].men if name.sex == "m" else POOLS[people].women)
        assert name.family.removesuffix("а") in {
            family.removesuffix("а") for family in POOLS[people].families
        }


def test_no_name_of_a_public_person_is_joined() -> None:
    dice = rng()
    names = [compose(dice, people, "m") for people in POOLS for _ in range(3000)]
    assert not {(name.given, name.family) for name in names} & PUBLIC_PEOPLE


def test_relatives_share_the_family_name_in_the_form_of_their_sex() -> None:
    assert compose(rng(), "TJ", "f", family="Шарипов").family == "Шарипова"
    assert female("Авазбек") == "Авазбек"


def test_one_name_is_written_in_the_ways_of_passports_neighbours_and_police() -> None:
    name = uzbek()
    assert name.full == "Ғуломов Ўткир Қобил ўғли"
    assert russified(name) == "Гуломов Уткир Кобил угли"
    assert passport(name) == "GHULOMOV UTKIR"
    assert latin(name) == "Utkir Ghulomov"
    assert uzbek_latin(name) == "Gʻulomov Oʻtkir Qobil oʻgʻli"
    assert without_patronymic(name) == "Ғуломов Ўткир"
    assert swapped(name) == "Уткир Гуломов"


def test_a_tajik_patronymic_becomes_russian_in_older_papers() -> None:
    name = FullName("Далер", "Шарипов", "Саид", "m", "TJ", "russian")
    assert name.patronymic == "Саидович"
    assert FullName("Зебо", "Шарипова", "Исмоил", "f", "TJ", "tajik").patronymic == "Исмоилзода"
    assert FullName("Тилек", "Асанов", "Нурлан", "m", "KG", "kyrgyz").patronymic == "Нурлан уулу"


def test_the_script_of_a_spelling_is_known() -> None:
    assert script(passport(uzbek())) == "latin"
    assert script(uzbek().full) == "cyrillic"


def test_every_spelling_of_every_people_is_readable() -> None:
    dice = rng()
    for people in POOLS:
        for spelling in SPELLINGS:
            text = spelling(compose(dice, people, "f"))
            assert 3 < len(text) <= 200 and "  " not in text


@pytest.mark.parametrize("country", ["TJ", "UZ", "KG", "KZ", "RU", "AZ", "AM"])
def test_no_network_can_connect_these_numbers(country: str) -> None:
    dice = rng()
    for _ in range(50):
        number = unassignable(dice, country)
        assert 7 <= len(number) - 1 <= 15
        assert not phonenumbers.is_valid_number(phonenumbers.parse(number))
