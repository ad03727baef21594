"""People who do not exist: given and family names of the region, kept apart and joined at random.

The pools hold common names only. Family names of heads of state, of ministers and of the people accused of
the attack of March 2024 are left out altogether; the pairs in `PUBLIC_PEOPLE` are never joined.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Pool:
    """The names of one people, in the spelling of its own Cyrillic alphabet."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    patronymic: str


@dataclass(frozen=True, slots=True)
class FullName:
    """A composed name. `family` already carries the ending of the person's sex."""

    given: str
    family: str
    father: str
    sex: str
    people: str
    patronymic_style: str

    @property
    def patronymic(self) -> str:
        """The father's name as this people writes it behind the person's own."""
        return _PATRONYMICS[self.patronymic_style](self.father, self.sex)

    @property
    def full(self) -> str:
        """Family name, given name, patronymic: the order of a Russian form."""
        return " ".join(part for part in (self.family, self.given, self.patronymic) if part)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _russian_patronymic(father: str, sex: str) -> str:
    ending = ("ович", "овна") if father[-1] not in "аеийюяӣь" else ("евич", "евна")
    stem = father if father[-1] not in "аеийюяӣь" else father[:-1]
    return stem + (ending[0] if sex == "m" else ending[1])


_PATRONYMICS: dict[str, Callable[[str, str], str]] = {
    "tajik": lambda father, sex: father + "зода",
    "uzbek": lambda father, sex: f"{father} {'ўғли' if sex == 'm' else 'қизи'}",
    "kyrgyz": lambda father, sex: f"{father} {'уулу' if sex == 'm' else 'кызы'}",
    "kazakh": lambda father, sex: father + ("ұлы" if sex == "m" else "қызы"),
    "russian": _russian_patronymic,
    "none": lambda father, sex: "",
}

POOLS = {
    "TJ": Pool(
        men=_words(
            "Абдуҷаббор Азиз Баҳром Бахтиёр Далер Додоҷон Ёқуб Зафар Исмоил Ҷамшед Ҷовид Комрон "
            "Маҳмадалӣ Муҳаммадҷон Нозим Олим Парвиз Раҷабалӣ Рустам Саид Сафарбек Сӯҳроб Тоҳир Умед "
            "Фарҳод Фирӯз Хуршед Шамсулло Шерзод Эраҷ"
        ),
        women=_words(
            "Адолат Гулнора Гулрухсор Дилбар Зайнаб Зебо Зулфия Ҷамила Мавҷуда Манзура Меҳрангез "
            "Муҳайё Мутриба Нигина Парвина Рухшона Садбарг Ситора Фарангис Шаҳло Шоира"
        ),
        families=_words(
            "Абдуллоев Азимов Ашуров Бобоев Ғафуров Давлатов Ёров Зоиров Иброҳимов Исмоилов Қодиров "
            "Қурбонов Маҳмадов Муродов Назаров Нуров Одинаев Раҳимов Раҷабов Сафаров Саидов Сатторов "
            "Тағоев Тоҷиев Ҳакимов Ҳасанов Хоҷаев Холов Шарипов Юсупов"
        ),
        patronymic="tajik",
    ),
    "UZ": Pool(
        men=_words(
            "Абдулла Акмал Алишер Анвар Асқар Баҳодир Ботир Дилшод Достон Зафар Жавлон Жамшид Жасур "
            "Иброҳим Илҳом Камол Қобил Мансур Мирзо Нодир Ойбек Отабек Равшан Санжар Сардор Тоҳир "
            "Ўткир Улуғбек Фарҳод Хуршид Шуҳрат Элдор Ҳикмат"
        ),
        women=_words(
            "Барно Гулнора Дилноза Дилфуза Зилола Зулфия Ирода Камола Лола Малика Мафтуна Моҳира "
            "Муқаддас Нафиса Нигора Нилуфар Озода Ойгул Саодат Севара Феруза Шаҳноза Шоҳида Юлдуз"
        ),
        families=_words(
            "Абдураҳмонов Абдуллаев Азизов Алиев Аҳмедов Бозоров Ғаниев Ғуломов Ёқубов Жўраев Зокиров "
            "Исмоилов Қаҳҳоров Қосимов Қўчқоров Маҳмудов Мўминов Назаров Норматов Олимов Рўзиев "
            "Раҳматов Собиров Султонов Тошматов Турсунов Тўхтаев Умаров Файзиев Холматов Худойбердиев "
            "Эргашев Юнусов Йўлдошев Ҳамидов"
        ),
        patronymic="uzbek",
    ),
    "KG": Pool(
        men=_words(
            "Азамат Айбек Акылбек Алмаз Бакыт Бекболот Болот Дастан Жаныбек Жеңиш Жоомарт Замир "
            "Кубанычбек Кылыч Марат Мирлан Нурбек Нурлан Өмүрбек Руслан Самат Таалай Талант Тилек "
            "Төлөгөн Улан Чыңгыз Эрмек Эрлан"
        ),
        women=_words(
            "Айгүл Айнура Айпери Асель Бактыгүл Бурул Гүлзат Жаңыл Жылдыз Кайыргүл Канышай Мээрим "
            "Назгүл Нурзат Өмүркан Сайкал Салтанат Төлгөнай Чолпон Ырыскан Элнура"
        ),
        families=_words(
            "Абдыкеримов Айтматов Асанов Байгазиев Бекмуратов Бейшеналиев Дүйшеев Жолдошов Жумабаев "
            "Исаков Кадыров Калыков Мамытов Молдобаев Мусаев Назаралиев Осмонов Өмүралиев Сапаров "
            "Сатыбалдиев Сыдыков Таштанов Токтогулов Төлөбаев Турдубаев Үсөнов Чороев Шаршенов "
            "Эсенкулов Эшимов"
        ),
        patronymic="kyrgyz",
    ),
    "KZ": Pool(
        men=_words("Айдар Арман Асхат Бауыржан Дәулет Ерлан Қайрат Марат Мұрат Нұржан Серік Талғат Тимур"),
        women=_words("Айгерім Айжан Алия Гүлмира Динара Жанар Қарлығаш Мадина Сәуле Шолпан"),
        families=_words(
            "Абдрахманов Ахметов Бекенов Дүйсенов Ерғалиев Жақсыбеков Кенжебаев Қасенов Омаров "
            "Сейітов Тілеуов"
        ),
        patronymic="kazakh",
    ),
    "RU": Pool(
        men=_words("Алексей Андрей Дмитрий Евгений Игорь Константин Максим Николай Павел Роман Сергей Юрий"),
        women=_words("Алла Вера Екатерина Елена Ирина Людмила Марина Надежда Оксана Светлана Татьяна Юлия"),
        families=_words(
            "Белов Борисов Васильев Воробьёв Гаврилов Ершов Жуков Зайцев Карпов Комаров Логинов Панов Соболев"
        ),
        patronymic="russian",
    ),
    "AZ": Pool(
        men=_words("Араз Вагиф Джавид Натиг Расим Сабир Тогрул Фарид Эльчин Эмин"),
        women=_words("Айтен Гюнель Лейла Наргиз Севда Улькер Фатима"),
        families=_words("Агаев Аббасов Велиев Гасанов Джафаров Исмаилов Керимов Насиров Оруджев Садыгов"),
        patronymic="russian",
    ),
    "AM": Pool(
        men=_words("Арам Ашот Гагик Давид Карен Левон Нарек Рубен Самвел Тигран"),
        women=_words("Анаит Гаяне Лилит Мариам Нарине Рузанна Шушан"),
        families=_words("Арутюнян Геворгян Григорян Давтян Енокян Мартиросян Мкртчян Погосян Сафарян"),
        patronymic="russian",
    ),
}

PUBLIC_PEOPLE = frozenset(
    {
        ("Рустам", "Азимов"),
        ("Абдулла", "Олимов"),
        ("Равшан", "Алиев"),
        ("Чыңгыз", "Айтматов"),
        ("Азамат", "Мусаев"),
        ("Алмаз", "Сапаров"),
        ("Алишер", "Назаров"),
        ("Тимур", "Ахметов"),
        ("Нурлан", "Осмонов"),
        ("Бахтиёр", "Худойбердиев"),
        ("Асқар", "Маҳмудов"),
        ("Улуғбек", "Қосимов"),
        ("Отабек", "Умаров"),
        ("Абдулла", "Азизов"),
        ("Саид", "Раҷабов"),
        ("Анвар", "Исмоилов"),
    }
)


def female(family: str) -> str:
    """The same family name for a woman: -ов and -ев take -а, others do not change."""
    return family + "а" if family.endswith(("ов", "ев", "ёв", "ин")) else family


def compose(
    rng: Random, people: str, sex: str, family: str | None = None, father: str | None = None
) -> FullName:
    """A name of one people (ISO country code); relatives pass the family or father they share."""
    pool = POOLS[people]
    given = rng.choice(pool.men if sex == "m" else pool.women)
    family = family or rng.choice(pool.families)
    while (given, family) in PUBLIC_PEOPLE:
        given = rng.choice(pool.men if sex == "m" else pool.women)
    return FullName(
        given=given,
        family=female(family) if sex == "f" else family,
        father=father or rng.choice(pool.men),
        sex=sex,
        people=people,
        patronymic_style=_patronymic_style(rng, pool),
    )


def _patronymic_style(rng: Random, pool: Pool) -> str:
    """Older documents carry Russian patronymics, newer ones the national form, some none at all."""
    return rng.choices((pool.patronymic, "russian", "none"), weights=(45, 40, 15))[0]
