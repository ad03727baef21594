"""Public institutions where people of the scenario are held, judged or taken. No private address is among them."""

from cases.management.scenario.events import PlaceTold

_POLICE = {
    "RU-MOW": "Тверской|Басманный|Перово|Кунцево|Люблино|Выхино-Жулебино|Марьина Роща|Гольяново|Текстильщики",
    "RU-MOS": "Мытищи|Люберцы|Красногорск|Балашиха|Подольск|Химки",
    "RU-SPE": "Адмиралтейский район|Калининский район|Невский район|Красносельский район|Выборгский район",
    "RU-LEN": "Всеволожский район|Гатчинский район",
    "RU-SVE": "Верх-Исетский район|Орджоникидзевский район|Чкаловский район",
    "RU-NVS": "Дзержинский район|Калининский район",
    "RU-KDA": "Прикубанский округ|Центральный район, Сочи",
    "RU-SAM": "Промышленный район|Советский район",
    "RU-TA": "Московский район|Автозаводский, Набережные Челны",
    "RU-KYA": "Советский район",
    "RU-CHE": "Калининский район",
    "RU-TYU": "Центральный округ",
    "RU-KHM": "Сургут",
    "RU-IRK": "Свердловский район",
    "RU-KHA": "Индустриальный район",
    "RU-PRI": "Первомайский район",
    "RU-AMU": "Благовещенск",
    "RU-KLU": "Калуга",
    "RU-TUL": "Центральный район",
    "RU-ROS": "Советский район",
    "RU-NIZ": "Канавинский район",
    "RU-BA": "Калининский район",
}
_COURTS = {
    "RU-MOW": "Басманный районный суд|Тверской районный суд|Перовский районный суд",
    "RU-MOS": "Мытищинский городской суд|Люберецкий городской суд",
    "RU-SPE": "Красносельский районный суд|Невский районный суд|Калининский районный суд|Выборгский районный суд",
    "RU-SVE": "Верх-Исетский районный суд|Чкаловский районный суд",
}
_HOLDING = {
    "RU-MOW": "ЦВСИГ Сахарово",
    "RU-SPE": "ЦВСИГ Красное Село",
    "RU-TA": "ЦВСИГ Набережные Челны",
    "RU-KYA": "ЦВСИГ Берёзовка",
    "RU-SVE": "ЦВСИГ Екатеринбург",
}
_AIRPORTS = {
    "RU-MOS": "Шереметьево|Домодедово|Жуковский",
    "RU-MOW": "Внуково",
    "RU-SPE": "Пулково",
    "RU-SVE": "Кольцово",
}
_OTHER = {
    "hostel": {
        "RU-MOW": "Хостел, район Люблино",
        "RU-SPE": "Общежитие, Невский район",
        "RU-SVE": "Хостел, Екатеринбург",
    },
    "market": {
        "RU-MOW": "Рынок, район Люблино",
        "RU-AMU": "Рынок, Благовещенск",
        "RU-SVE": "Рынок, Екатеринбург",
    },
    "migration_centre": {"RU-MOW": "Миграционный центр Сахарово"},
    "street": {"RU-KLU": "Улица, Калуга"},
    "hospital": {"RU-KLU": "Больница, Калуга"},
}


def _rows(kind: str, table: dict[str, str], prefix: str = "") -> list[PlaceTold]:
    return [
        PlaceTold(f"{kind}:{region}:{number}", prefix + name, kind, region)
        for region, names in table.items()
        for number, name in enumerate(names.split("|"))
    ]


PLACES: tuple[PlaceTold, ...] = (
    *_rows("police", _POLICE, "ОМВД "),
    *_rows("court", _COURTS),
    *_rows("holding_facility", _HOLDING),
    *_rows("airport", _AIRPORTS, "Аэропорт "),
    *(place for kind, table in _OTHER.items() for place in _rows(kind, table)),
)


def places_of(kind: str, region: str) -> tuple[PlaceTold, ...]:
    """The places of one kind in one region; there may be none."""
    return tuple(place for place in PLACES if place.kind == kind and place.region == region)
