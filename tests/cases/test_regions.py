from django.utils import translation

from cases.regions import CODES, REGIONS, country_choices, country_name, region_choices, region_name


def test_there_are_83_subjects_six_occupied_regions_abroad_and_unknown() -> None:
    russian = [code for code in REGIONS if code.startswith("RU-")]
    occupied = [code for code in REGIONS if code.startswith("UA-")]
    assert (len(russian), len(occupied), len(CODES)) == (83, 6, 91)


def test_occupied_territories_are_called_so_in_both_languages() -> None:
    for code in ("UA-09", "UA-14", "UA-23", "UA-40", "UA-43", "UA-65"):
        assert "occupied territory of Ukraine" in REGIONS[code].name_en
        assert "оккупированная территория Украины" in REGIONS[code].name_ru


def test_every_tile_is_taken_once() -> None:
    tiles = [region.tile for region in REGIONS.values() if region.tile]
    assert len(tiles) == len(set(tiles)) == 85


def test_the_zones_are_the_eleven_of_russia() -> None:
    from datetime import datetime

    moment = datetime(2026, 1, 1)
    offsets = {region.zone.utcoffset(moment) for code, region in REGIONS.items() if code.startswith("RU-")}
    assert sorted(int(offset.total_seconds() // 3600) for offset in offsets if offset) == list(range(2, 13))


def test_names_follow_the_reader() -> None:
    with translation.override("ru"):
        assert (region_name("RU-MOW"), country_name("TJ")) == ("Москва", "Таджикистан")
    with translation.override("en"):
        assert (region_name("RU-MOW"), country_name("TJ")) == ("Moscow", "Tajikistan")


def test_choices_hold_every_code_once() -> None:
    codes = [code for code, _ in region_choices()]
    assert sorted(codes) == sorted(CODES)
    countries = [code for code, _ in country_choices()]
    assert len(countries) == len(set(countries)) == 249
