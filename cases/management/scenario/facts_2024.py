"""What is known of March 2024: hours and numbers of calls, figures of others, attacks that must be told.

Nothing is thinned: the 48 hours have more than 2,500 calls, the week after them about 1,200 a day.
"""

from datetime import date, datetime, timedelta, timezone

from cases.management.scenario.events import Figure, IncidentTold
from cases.management.scenario.hours import CALM_DAY, Stretch
from cases.management.scenario.mixes import CALM, SURGE, WEEK

MOSCOW = timezone(timedelta(hours=3), "MSK")


def _msk(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 3, day, hour, minute, tzinfo=MOSCOW)


BEGINS = datetime(2024, 3, 18, tzinfo=MOSCOW)
ATTACK = _msk(22, 20)
SURGE_ENDS = ATTACK + timedelta(hours=48)
ENDS = datetime(2024, 4, 1, tzinfo=MOSCOW)

_TREES = (
    "alder aspen birch cedar cherry elm fir hazel juniper larch linden maple "
    "mulberry oak pine plane poplar quince rowan saxaul spruce tamarisk walnut willow"
)
COUNSELLORS = tuple(f"crocus-{tree}" for tree in _TREES.split())
COORDINATORS = ("crocus-heron", "crocus-lark", "crocus-swift")
PARTNERS = ("Юристы на дежурстве", "Дом у дороги", "Комитет помощи приезжим")

_WEEK_DAYS = (1246, 1181, 1228, 1174, 1232, 1219, 1120)
STRETCHES = (
    Stretch(CALM, BEGINS, 116, 290, CALM_DAY),
    Stretch(SURGE, ATTACK, 4, 70),
    Stretch(SURGE, ATTACK + timedelta(hours=4), 24, 1330),
    Stretch(SURGE, ATTACK + timedelta(hours=28), 20, 1200),
    Stretch(WEEK, SURGE_ENDS, 4, 210),
    *(Stretch(WEEK, SURGE_ENDS + timedelta(hours=4, days=day), 24, n) for day, n in enumerate(_WEEK_DAYS)),
)
DEFAULT_CALLS = sum(stretch.calls for stretch in STRETCHES)

# Petersburg, last week of March: our own 60 proceedings in the proportions of the 584 that were published.
COURT_WEEK = (date(2024, 3, 25), date(2024, 3, 29))
OWN_RULINGS = (
    ("forced_expulsion",) * 43 + ("self_departure",) * 5 + ("fine",) * 3 + ("returned",) * 2 + ("",) * 7
)

# Attacks that must be heard of, whatever the dice say: (moment, topic, region, incident, how many calls).
TOLD_ATTACKS = (
    (_msk(23, 4, 40), "hate_attack", "RU-AMU", "arson-blagoveshchensk", 3),
    (_msk(23, 21, 10), "hate_attack", "RU-KLU", "assault-kaluga", 2),
    (_msk(24, 1, 30), "medical", "RU-KLU", "assault-kaluga", 1),
)

_IWPR = "iwpr.net, 3 April 2024"
_ZEROHEDGE = "zerohedge.com, 2 April 2024"
_COURT_PRESS = "pledgetimes.com; doxa.team; anhor.uz"
_PUBLISHED = date(2024, 4, 2)


def _court(kind: str, value: int) -> Figure:
    return Figure(kind, value, "RU-SPE", *COURT_WEEK, _COURT_PRESS, _PUBLISHED)


def _told(
    kind: str, value: int, start: date, end: date, source: str, on: date, region: str = "unknown"
) -> Figure:
    return Figure(kind, value, region, start, end, source, on)


def _killed(value: int, where: str) -> Figure:
    """Three claims that contradict each other; none of them is made the truth."""
    return _told("killed", value, _DAY, _DAY, f"{_ZEROHEDGE}, {where}", _PUBLISHED, "RU-MOS")


_DAY = ATTACK.date()
FIGURES: tuple[Figure, ...] = (
    _court("court_received", 584),
    _court("court_examined", 515),
    _court("court_forced_expulsion", 418),
    _court("court_self_departure", 48),
    _court("court_other", 49),
    _court("court_pending", 69),
    _killed(140, "text"),
    _killed(144, "later claim"),
    _killed(137, "caption"),
    _told("injured", 382, _DAY, _DAY, _ZEROHEDGE, _PUBLISHED, "RU-MOS"),
    _told("arrested", 11, _DAY, date(2024, 3, 28), _IWPR, date(2024, 4, 3)),
    _told("hotline_calls", 2500, _DAY, date(2024, 3, 24), f"{_IWPR}, after Mediazona", date(2024, 4, 3)),
    _told("hotline_calls", 1018, date(2024, 3, 23), date(2024, 3, 24), "Azattyk 32875327", date(2024, 3, 25)),
)

INCIDENTS: tuple[IncidentTold, ...] = (
    IncidentTold(
        "arson-blagoveshchensk",
        "arson",
        "Market set on fire in Blagoveshchensk",
        "RU-AMU",
        _msk(23, 2),
        None,
        ("market:RU-AMU:0",),
        "A market where Tajiks trade was set on fire; said to be on ethnic grounds. Nobody named.",
        _IWPR,
    ),
    IncidentTold(
        "assault-kaluga",
        "assault",
        "Three people attacked in Kaluga",
        "RU-KLU",
        _msk(23, 20),
        3,
        ("street:RU-KLU:0", "hospital:RU-KLU:0"),
        "Three migrants attacked by a group, one taken to hospital.",
        _IWPR,
    ),
    IncidentTold(
        "raid-moscow-hostel",
        "raid",
        "Hostel raid in Moscow, Lyublino",
        "RU-MOW",
        _msk(23, 6),
        120,
        ("hostel:RU-MOW:0", "police:RU-MOW:4"),
        "Hostel searched at dawn by police and National Guard.",
        "callers",
    ),
    IncidentTold(
        "raid-moscow-market",
        "raid",
        "Market raid in Moscow, Lyublino",
        "RU-MOW",
        _msk(24, 11),
        200,
        ("market:RU-MOW:0", "police:RU-MOW:4"),
        "Market closed off, papers checked, buses filled.",
        "callers",
    ),
    IncidentTold(
        "raid-yekaterinburg-market",
        "raid",
        "Market raid in Yekaterinburg",
        "RU-SVE",
        _msk(24, 9),
        80,
        ("market:RU-SVE:0", "police:RU-SVE:0"),
        "Market and hostel searched.",
        "callers",
    ),
    IncidentTold(
        "anti-migrant-petersburg",
        "raid",
        "Raids on hostels and flats in Petersburg",
        "RU-SPE",
        _msk(25, 7),
        None,
        ("hostel:RU-SPE:0", "holding_facility:RU-SPE:0"),
        "Hostels and flats raided over the week; bailiffs call it Operation Anti-Migrant. "
        "Buses to the airport stand at the full holding facility.",
        _ZEROHEDGE,
    ),
)
