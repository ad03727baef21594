"""What single cells say: days, times, head counts, regions, stations."""

from datetime import UTC, datetime

import pytest

from cases.management.importing import values
from cases.management.importing.institutions import institutions, same_names
from cases.management.importing.values import BadCell, HeadCount


@pytest.mark.parametrize(
    "text",
    ["12.01.2013", "12/01/2013", "12-1-2013", "12.01.13", "2013-01-12", "12 января 2013", "12 Jan 2013"],
)
def test_a_day_is_read_day_first(text: str) -> None:
    assert values.moment(text, "", "RU-MOW") == (datetime(2013, 1, 11, 20, tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("day", "clock"), [("23.03.2024", "02:15"), ("23.03.2024 02:15", ""), ("2024-03-23T02:15:00", "")]
)
def test_a_time_is_that_of_the_region(day: str, clock: str) -> None:
    assert values.moment(day, clock, "RU-PRI") == (datetime(2024, 3, 22, 16, 15, tzinfo=UTC), True)


@pytest.mark.parametrize(
    ("day", "clock", "reason"),
    [
        ("", "", "no_date"),
        ("31.02.2013", "", "bad_date"),
        ("13.13.2013", "", "bad_date"),
        ("вчера", "", "bad_date"),
        ("12 мартобря 2013", "", "bad_date"),
        ("01.01.0001", "", "bad_date"),
        ("12.01.2013", "25:00", "bad_time"),
        ("12.01.2013", "вечером", "bad_time"),
    ],
)
def test_a_day_or_time_that_is_none_is_refused(day: str, clock: str, reason: str) -> None:
    with pytest.raises(BadCell) as refusal:
        values.moment(day, clock, "RU-MOW")
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("5", HeadCount(5, 5)),
        ("5 чел.", HeadCount(5, 5)),
        ("около 30", HeadCount(30, 30)),
        ("21+8", HeadCount(29, 29)),
        ("10-15", HeadCount(10, 15)),
        ("0", HeadCount(0, 0)),
        ("", None),
    ],
)
def test_a_head_count_is_read(text: str, count: HeadCount | None) -> None:
    assert values.head_count(text) == count


@pytest.mark.parametrize("text", ["много", "5 женщин", "1.5", "1, 2, 3", "99999999", "-"])
def test_a_head_count_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadCell):
        values.head_count(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Москва", "RU-MOW"),
        ("г. Москва", "RU-MOW"),
        ("Moscow", "RU-MOW"),
        ("Московская область", "RU-MOS"),
        ("Московская", "RU-MOS"),
        ("санкт-петербург", "RU-SPE"),
        ("СПб", "RU-SPE"),
        ("Свердловская обл.", "RU-SVE"),
        ("Татарстан", "RU-TA"),
        ("RU-AMU", "RU-AMU"),
        ("Атлантида", None),
    ],
)
def test_a_region_is_known_by_its_names(text: str, code: str | None) -> None:
    assert values.region(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("Таджикистан", "TJ"), ("Uzbekistan", "UZ"), ("Киргизия", "KG"), ("Марс", None)]
)
def test_a_country_is_known_by_its_names(text: str, code: str | None) -> None:
    assert values.country(text) == code


def test_a_duration_is_minutes_or_minutes_and_seconds() -> None:
    assert (values.seconds("4"), values.seconds("4:30"), values.seconds("4 мин")) == (240, 270, 240)
    with pytest.raises(BadCell):
        values.seconds("долго")


def test_several_stations_in_one_cell_are_several_places() -> None:
    found = institutions("ОВД Тверское, ОВД Арбат\nТверской районный суд; автозак??")
    assert [(each.name, each.kind) for each in found] == [
        ("ОВД Тверское", "police"),
        ("ОВД Арбат", "police"),
        ("Тверской районный суд", "court"),
        ("Автозак", "police_van"),
    ]


def test_numbers_by_station_are_read_and_leave_the_name() -> None:
    found = institutions("ОВД Пресненский - 21+8, ОВД Арбат - 19")
    assert [(each.name, each.people) for each in found] == [("ОВД Пресненский", 29), ("ОВД Арбат", 19)]


def test_somebodys_name_before_a_station_stays_out_of_the_place() -> None:
    (found,) = institutions("Соболев - ОВД Тверской")
    assert (found.name, found.has_rest) == ("ОВД Тверской", True)
    (found,) = institutions("Соболев — отдел полиции Селятино")
    assert (found.name, found.has_rest) == (
        "отдел полиции Селятино".capitalize().replace("селятино", "Селятино"),
        True,
    )


@pytest.mark.parametrize("text", ["Тверская, 14", "у дома Соболева", "", "  ", "Красная площадь"])
def test_streets_and_homes_are_no_places(text: str) -> None:
    assert institutions(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ЛОВД на ст.м. Цветной бульвар", "transport_police"),
        ("Линейный отдел полиции", "transport_police"),
        ("ЦВСИГ Сахарово", "holding_facility"),
        ("Спецприёмник №1", "arrest_facility"),
        ("ИВС Мытищи", "temporary_facility"),
        ("СИЗО-1", "prison"),
    ],
)
def test_kinds_of_institution_are_told_apart(text: str, kind: str) -> None:
    assert [each.kind for each in institutions(text)] == [kind]


def test_spellings_of_one_station_are_brought_together() -> None:
    kept = same_names(
        ["ОВД Тверское", "ОВД Тверское", "ОВД Тверской", "ОВД Тверсокй", "ОВД Тверкое", "ОВД «Арбат»"]
    )
    assert {kept[name] for name in kept if "Твер" in name} == {"ОВД Тверское"}


def test_different_stations_stay_different() -> None:
    names = [
        "ОВД Пресненское",
        "ОВД Краснопресненское",
        "ОВД Северное Тушино",
        "ОВД Южное Тушино",
        "Отдел №12",
        "Отдел №13",
    ]
    assert same_names(names) == {name: name for name in names}


def test_a_place_that_is_known_keeps_its_name() -> None:
    assert same_names(["ОВД Китай-Город"], known=["ОВД Китай-город"]) == {
        "ОВД Китай-Город": "ОВД Китай-город"
    }
