"""A hotline's own spreadsheet comes in: every row taken, found again, or refused with its number and reason."""

from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from cases.models import Call, Case, Delivery, Incident, Notice, Person, Place, TimelineEntry

pytestmark = pytest.mark.django_db

HEADER = "Id,date,region,event_type,description,ovd,place,number_of_detentions,links\n"
LIST = (
    HEADER
    + '1,12.01.2013,Москва,пикет,Пикет у метро,ОВД Тверское,"Тверская, 14",5,http://example.org/1\n'
    + '2,13.01.2013,Москва,акция,Задержание Соболева Юрия,"ОВД Тверской, ОВД Арбат\n'
    + 'Тверской районный суд",Арбат,7,http://example.org/2\n'
    + "3,14.01.2013,Москва,митинг,,ОВД Арбат - 4 ,,9,\n"
    + "4,31.02.2013,Москва,пикет,,ОВД Арбат,,3,\n"
    + "5,15.01.2013,Атлантида,пикет,,ОВД Арбат,,2,\n"
    + "6,16.01.2013,Москва,пикет,,,у дома Соболева,много,\n"
    + "6,17.01.2013,Москва,пикет,,ОВД Арбат,,4,\n"
    + "8,18.01.2013,Москва,секретное,,,,,\n"
)
CALLS = (
    "Дата;Время;Регион;Тема;Язык;Кто звонил;Телефон;О ком;Гражданство;Комментарий\n"
    "23.03.2024;02:15;Приморский край;Задержание;узбекский;Барно;+998 000 12 34 56;Қобил Ғуломов;Узбекистан;Забрали\n"
    "23.03.2024;;Москва;облава;марсианский;;;;;Видел облаву\n"
    "24.03.2024;10:00;Москва;задержание;русский;Пётр;две двойки;;;Ошибка\n"
    "25.03.2024;10:00;Москва;погода;русский;;;;;\n"
)


def sheet(folder: Path, text: str, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def run(path: Path, **options: object) -> list[str]:
    out = StringIO()
    call_command("import_calls", str(path), stdout=out, **options)
    return out.getvalue().splitlines()


def test_each_row_of_a_list_is_taken_or_refused_and_every_person_is_counted(tmp_path: Path) -> None:
    lines = run(sheet(tmp_path, LIST))
    assert lines[:2] == [
        "Rows: 8 = taken 4, already there 0, refused 4",
        "People: 30 = taken 21, already there 0, refused 9",
    ]
    assert [line.split(" (")[0] for line in lines if line.startswith("  row")] == [
        "  row 5: bad_date",
        "  row 6: unknown_region",
        "  row 7: bad_number",
        "  row 8: repeated_id",
        "  row 4: parts_differ",
        "  row 9: no_number",
        "  row 9: no_place",
    ]


def test_a_row_becomes_an_incident_of_a_whole_day_with_its_places(tmp_path: Path) -> None:
    run(sheet(tmp_path, LIST))
    incident = Incident.objects.get(reported_max=7)
    assert (incident.kind, incident.name, incident.region) == ("protest", "Direct action", "RU-MOW")
    assert incident.started_at == datetime(2013, 1, 12, 20, tzinfo=UTC)
    assert incident.ended_at == datetime(2013, 1, 13, 20, tzinfo=UTC)
    assert set(incident.places.values_list("name", "kind")) == {
        ("ОВД Тверское", "police"),
        ("ОВД Арбат", "police"),
        ("Тверской районный суд", "court"),
    }
    assert "Задержание Соболева Юрия" in incident.note


def test_free_text_stands_in_the_sealed_note_only(tmp_path: Path) -> None:
    run(sheet(tmp_path, LIST))
    assert Incident.objects.get(started_at__date=date(2013, 1, 17)).name == ""
    open_words = [
        *Place.objects.values_list("name", flat=True),
        *Incident.objects.values_list("name", flat=True),
    ]
    assert not [word for word in open_words if "Соболев" in word]


def test_a_second_run_adds_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path, LIST)
    run(path)
    before = (Incident.objects.count(), Place.objects.count(), TimelineEntry.objects.count())
    assert run(path)[0] == "Rows: 8 = taken 0, already there 4, refused 4"
    assert (Incident.objects.count(), Place.objects.count(), TimelineEntry.objects.count()) == before


def test_a_dry_run_tells_the_same_and_changes_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path, LIST)
    told = run(path, dry_run=True)
    assert (Incident.objects.count(), Place.objects.count(), TimelineEntry.objects.count()) == (0, 0, 0)
    assert told == [*run(path), "Dry run: nothing was changed."]


def test_calls_are_taken_at_their_moment_and_nobody_is_told(tmp_path: Path) -> None:
    lines = run(sheet(tmp_path, CALLS))
    assert lines[0] == "Rows: 4 = taken 2, already there 0, refused 2"
    assert [line.split(" (")[0] for line in lines if line.startswith("  row")] == [
        "  row 4: bad_phone",
        "  row 5: unknown_topic",
        "  row 3: no_time",
        "  row 3: unknown_word",
    ]
    call = Call.objects.get(region="RU-PRI")
    assert call.started_at == datetime(2024, 3, 22, 16, 15, tzinfo=UTC)
    assert (call.topic, call.language, call.note) == ("detention", "uz", "Забрали")
    assert (call.caller.name, call.caller.phone.number) == ("Барно", "+998000123456")
    assert (call.about.name, call.about.nationality) == ("Қобил Ғуломов", "UZ")
    assert (Case.objects.count(), Notice.objects.count(), Delivery.objects.count()) == (0, 0, 0)


def test_calls_without_a_number_are_known_again_by_what_they_say(tmp_path: Path) -> None:
    path = sheet(tmp_path, CALLS)
    run(path)
    people = Person.objects.count()
    assert run(path)[0] == "Rows: 4 = taken 0, already there 2, refused 2"
    assert (Call.objects.count(), Person.objects.count()) == (2, people)


def test_a_row_that_changed_under_its_number_is_told_and_not_overwritten(tmp_path: Path) -> None:
    run(sheet(tmp_path, "id,date,time,topic,note\n7,23.03.2024,10:00,detention,first\n"))
    lines = run(sheet(tmp_path, "id,date,time,topic,note\n7,23.03.2024,10:00,detention,second\n"))
    assert lines[0] == "Rows: 1 = taken 0, already there 1, refused 0"
    assert lines[-1].startswith("  row 2: changed")
    assert Call.objects.get().note == "first"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_encodings_and_separators_of_office_programs_are_read(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    rows = [["дата", "тема", "комментарий"], ["23.03.2024", "облава", "Видел автобусы у рынка"]]
    text = "\r\n".join(separator.join(row) for row in rows)
    assert run(sheet(tmp_path, text, encoding))[0] == "Rows: 1 = taken 1, already there 0, refused 0"
    assert Call.objects.get().note == "Видел автобусы у рынка"


def test_a_workbook_is_read_with_its_typed_cells(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Id", "date", "region", "ovd", "number_of_detentions"])
    book.active.append([1, datetime(2013, 1, 12), "Москва", "ОВД Арбат", 5.0])
    book.save(tmp_path / "list.xlsx")
    assert run(tmp_path / "list.xlsx")[1] == "People: 5 = taken 5, already there 0, refused 0"
    assert Incident.objects.get().started_at == datetime(2013, 1, 11, 20, tzinfo=UTC)


def test_empty_and_overlong_rows_are_refused_and_repeated_rows_are_counted_once(tmp_path: Path) -> None:
    text = "date,topic\n23.03.2024,raid\n,\n23.03.2024,raid\n23.03.2024,raid,more\n,\n\n"
    lines = run(sheet(tmp_path, text))
    assert lines[0] == "Rows: 4 = taken 1, already there 0, refused 3"
    assert [line.split(" (")[0] for line in lines if line.startswith("  row")][:3] == [
        "  row 3: empty_row",
        "  row 4: repeated_row",
        "  row 5: too_many_cells",
    ]


def test_a_day_in_the_future_and_a_text_of_a_megabyte_are_refused(tmp_path: Path) -> None:
    text = f"date,topic,note\n23.03.2099,raid,\n23.03.2024,raid,{'я' * 1_000_000}\n"
    lines = run(sheet(tmp_path, text))
    assert lines[0] == "Rows: 2 = taken 0, already there 0, refused 2"
    assert [line.split(" (")[0] for line in lines[2:4]] == ["  row 2: future", "  row 3: too_long"]


def test_ones_own_map_names_columns_and_words(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'record = "call"\nsource = "own"\n[columns]\ndate = "Когда"\ntopic = "Что"\n'
        '[words.topic]\n"повязали" = "detention"\n',
        encoding="utf-8",
    )
    path = sheet(tmp_path, "Когда,Что\n23.03.2024 10:00,Повязали\n")
    assert run(path, map=str(own))[0] == "Rows: 1 = taken 1, already there 0, refused 0"
    assert Call.objects.get().topic == "detention"


def test_a_map_may_be_json(tmp_path: Path) -> None:
    own = tmp_path / "own.json"
    own.write_text(
        '{"record": "call", "source": "own", "columns": {"date": "d", "topic": "t"}}', encoding="utf-8"
    )
    assert run(sheet(tmp_path, "d,t\n23.03.2024,raid\n"), map=str(own))[0].startswith("Rows: 1 = taken 1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "record = ",
        'record = "person"',
        'record = "call"\nsource = "x"',
        'record = "call"\nsource = "x"\n[columns]\nfoo = "bar"',
    ],
)
def test_a_map_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError):
        run(sheet(tmp_path, CALLS), map=str(own))


@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02", b"PK\x03\x04 no workbook", b"\n\n", b"colour,shape\nred,round\n"]
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(CommandError):
        run(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "none.csv")


def test_no_message_quotes_a_cell(tmp_path: Path) -> None:
    lines = "\n".join([*run(sheet(tmp_path, LIST)), *run(sheet(tmp_path, CALLS, name="calls.csv"))])
    for words in ("Соболев", "двойки", "Атлантида", "погода", "много", "марсианский", "Барно"):
        assert words not in lines
