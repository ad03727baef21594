"""How one person was held: when freedom ended, where they were brought, and how it ended."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from cases.management.scenario import mixes
from cases.management.scenario.events import Held
from cases.management.scenario.facts_2024 import COURT_WEEK, MOSCOW
from cases.management.scenario.places import places_of
from cases.management.scenario.plots import Plot, drawn

_IN_COURT_SHARE = 0.22
_RULINGS = {"forced_expulsion": 70, "self_departure": 10, "fine": 12, "returned": 8}


@dataclass(frozen=True, slots=True)
class Custody:
    """How a detention ended, with the court matter that came of it, if one did."""

    held: Held
    ended_at: datetime
    outcome: str
    court: str = ""
    received_at: datetime | None = None
    ruled_at: datetime | None = None
    ruling: str = ""


def custody_of(plot: Plot, rng: Random) -> Custody:
    """The custody behind a plot. Petersburg's own proceedings follow their list, other regions the dice."""
    first = plot.times[0]
    ruling = plot.ruling
    if ruling is None and plot.region not in {"RU-SPE", "unknown"}:
        wanted = 1.0 if plot.topic in {"expulsion", "holding"} else _IN_COURT_SHARE
        ruling = drawn(rng, _RULINGS) if rng.random() < wanted else None
    restricted = first - timedelta(minutes=rng.randint(20, 900))
    delivered = restricted + timedelta(minutes=rng.randint(20, 240)) if rng.random() < 0.75 else None
    if delivered and delivered > first:
        delivered = None
    if ruling is None:
        return _without_court(plot, rng, restricted, delivered)
    return _with_court(plot, rng, restricted, delivered, ruling)


def _place(plot: Plot, rng: Random, kind: str) -> str:
    if plot.topic == "whereabouts":
        return ""
    found = places_of(kind, plot.region) or places_of("police", plot.region)
    return rng.choice(found).key if found and rng.random() < 0.9 else ""


def _held(plot: Plot, rng: Random, restricted: datetime, delivered: datetime | None) -> Held:
    return Held(
        restricted_at=restricted,
        restricted_certainty="confirmed" if rng.random() < 0.35 else "estimated",
        delivered_at=delivered,
        delivered_certainty=rng.choice(("confirmed", "estimated")) if delivered else "unknown",
        place=_place(plot, rng, "holding_facility" if plot.topic == "holding" else "police"),
        agency=drawn(rng, mixes.AGENCIES),
        article=drawn(rng, mixes.ARTICLES),
    )


def _without_court(plot: Plot, rng: Random, restricted: datetime, delivered: datetime | None) -> Custody:
    shares = dict(mixes.RELEASES)
    if plot.topic == "army":
        shares |= {"handed_to_recruiters": 12, "signed_under_duress": 14}
    ended = plot.times[0] + timedelta(minutes=rng.randint(45, 44 * 60))
    return Custody(_held(plot, rng, restricted, delivered), ended, drawn(rng, shares))


def _with_court(
    plot: Plot, rng: Random, restricted: datetime, delivered: datetime | None, ruling: str
) -> Custody:
    held = _held(plot, rng, restricted, delivered)
    received = plot.times[0] + timedelta(hours=rng.uniform(0.5, 4))
    ruled = received + timedelta(hours=rng.uniform(1, 40)) if ruling else None
    if plot.ruling is not None:
        received, ruled = _within_court_week(received), _within_court_week(ruled) if ruled else None
    courts = places_of("court", plot.region)
    outcome = mixes.RULING_OUTCOMES.get(ruling, "contact_lost")
    ended = (ruled or received) + timedelta(hours=rng.uniform(0.1, 3))
    return Custody(
        held=replace(held, article="18.8"),
        ended_at=ended,
        outcome=outcome,
        court=rng.choice(courts).key if courts else "",
        received_at=received,
        ruled_at=ruled,
        ruling=ruling,
    )


def _within_court_week(moment: datetime) -> datetime:
    """The published week ends on Friday evening; what was counted in it happened before."""
    last = datetime.combine(COURT_WEEK[1], datetime.min.time(), MOSCOW) + timedelta(hours=19)
    return min(moment, last)
