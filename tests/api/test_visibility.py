"""Two regions, two partners, one counsellor each: list, record, count, search and statistics never disagree."""

from typing import Any

import pytest

from cases import reports
from cases.actions import refer_case
from cases.models import Call, Case, Detention, FollowUp, Organisation, Referral, User
from cases.search import find
from tests import factories
from tests.api.door import staff
from tests.api.machine import Machine, ids

pytestmark = pytest.mark.django_db
NOUNS = {
    "calls": Call,
    "cases": Case,
    "detentions": Detention,
    "follow-ups": FollowUp,
    "referrals": Referral,
}
REGIONS = ("RU-MOW", "RU-SPE")
EVERYTHING = ("cases:read", "referrals:read", "referrals:answer", "organisations:read", "statistics:read")


class World:
    """What there is, and who may ask."""

    def __init__(self) -> None:
        self.people: dict[str, User] = {"nationwide": factories.coordinator("nationwide")}
        self.machines: dict[str, Machine] = {}
        for number, region in enumerate(REGIONS):
            self._fill(number, region)
        ours = Machine("calls:read", "calls:write", "cases:read", "follow_ups:read", "statistics:read")
        ours.send("calls/", {"topic": "detention", "region": "RU-MOW"})
        self.machines["integration"], self.people["integration"] = ours, ours.user
        for role in ("auditor", "administrator"):
            self.people[role] = factories.user(role, role)

    def _fill(self, number: int, region: str) -> None:
        counsellor = factories.counsellor(f"counsellor{number}", regions=[region])
        coordinator = factories.coordinator(f"coordinator{number}", regions=(region,))
        home = factories.partner(f"partner{number}")
        machine = Machine(*EVERYTHING, organisation=home)
        self.people |= {f"counsellor{number}": counsellor, f"coordinator{number}": coordinator}
        self.people[f"partner{number}"], self.machines[f"partner{number}"] = machine.user, machine
        for _each in range(3):
            factories.call(by=counsellor, region=region, topic="raid", open_case=False)
            case = factories.call(by=counsellor, region=region).case
            factories.assign_case(case, to=counsellor, by=coordinator)
            factories.follow_up(case, by=counsellor)
        refer_case(case, to=home, by=coordinator)

    def ask(self, name: str, path: str) -> Any:
        """As this person: by session, or by token for machines."""
        machine = self.machines.get(name)
        return machine.ask(path) if machine else staff(self.people[name]).get(f"/api/v1/{path}")


WHO = [f"{role}{number}" for role in ("counsellor", "coordinator", "partner") for number in (0, 1)]
WHO += ["nationwide", "integration", "auditor", "administrator"]
# calls, cases, detentions, follow-ups, referrals; None: the door is closed to this role.
EXPECTED: dict[str, tuple[int | None, ...]] = {
    "counsellor0": (6, 3, 3, 3, 1),
    "counsellor1": (6, 3, 3, 3, 1),
    "coordinator0": (7, 4, 4, 3, 1),
    "coordinator1": (6, 3, 3, 3, 1),
    "partner0": (None, 1, None, None, 1),
    "partner1": (None, 1, None, None, 1),
    "nationwide": (13, 7, 7, 6, 2),
    "integration": (1, 1, None, 0, None),
    "auditor": (None, None, None, None, None),
    "administrator": (None, None, None, None, None),
}


@pytest.fixture
def world(db: None) -> World:
    return World()


@pytest.mark.parametrize("who", WHO)
def test_list_record_and_search_agree(world: World, who: str) -> None:
    for (noun, model), expected in zip(NOUNS.items(), EXPECTED[who], strict=True):
        answer = world.ask(who, f"{noun}/?limit=200")
        if expected is None:
            assert answer.status_code == 403, noun
            assert not (who.startswith("partner") and model.objects.visible_to(world.people[who]).exists())
            continue
        listed = set(ids(answer))
        opened = {
            str(pk)
            for pk in model.objects.values_list("pk", flat=True)
            if world.ask(who, f"{noun}/{pk}/").status_code == 200
        }
        assert len(listed) == expected, noun
        assert listed == opened, noun
        assert len(listed) == model.objects.visible_to(world.people[who]).count()


@pytest.mark.parametrize("who", WHO)
def test_search_finds_what_is_listed_and_nothing_else(world: World, who: str) -> None:
    listed = world.ask(who, "cases/?limit=200")
    mine = set(ids(listed)) if listed.status_code == 200 else set()
    for case in Case.objects.all():
        found = find(world.people[who], case.reference)
        assert {str(each.pk) for each in found.cases} == ({str(case.pk)} & mine)
    numbers = find(world.people[who], "+992 000 11 22 33")
    assert {str(case.pk) for case in numbers.cases} <= mine


@pytest.mark.parametrize("who", ["coordinator0", "coordinator1", "nationwide"])
def test_statistics_count_what_is_listed(world: World, who: str) -> None:
    calls = world.ask(who, "calls/?limit=200").json()["results"]
    for by in ("topic", "region", "hour", "day"):
        table = world.ask(who, f"stats/calls/?by={by}").json()
        assert table["total"] == len(calls) == sum(row["count"] for row in table["rows"])
    topics = {row["key"]: row["count"] for row in world.ask(who, "stats/calls/?by=topic").json()["rows"]}
    assert topics == {
        topic: [c["topic"] for c in calls].count(topic) for topic in {c["topic"] for c in calls}
    }
    headline = world.ask(who, "stats/headline/").json()
    assert headline["calls"] == len(calls)
    assert headline["cases_opened"] == len(world.ask(who, "cases/?limit=200").json()["results"])
    assert headline["held_now"] == len(world.ask(who, "detentions/?open=true&limit=200").json()["results"])
    page = reports.headline(world.people[who], reports.Period.last(24))
    assert (page.calls, page.cases_opened) == (headline["calls"], headline["cases_opened"])


def test_two_partners_see_one_case_each_and_not_each_others(world: World) -> None:
    first, second = (set(ids(world.ask(f"partner{number}", "cases/"))) for number in (0, 1))
    assert (len(first), len(second), first & second) == (1, 1, set())
    foreign = Referral.objects.get(to=Organisation.objects.get(name="partner1"))
    for step in ("accept", "decline"):
        answer = world.machines["partner0"].send(f"referrals/{foreign.pk}/{step}/", {"reason": "capacity"})
        assert answer.status_code == 404


def test_what_is_not_visible_is_404_for_every_step(world: World) -> None:
    petersburg = Case.objects.filter(region="RU-SPE").first()
    assert petersburg is not None
    browser = staff(world.people["counsellor0"])
    paths = [f"cases/{petersburg.pk}/{step}/" for step in ("triage", "assign", "close", "reopen", "refer")]
    paths += [f"detentions/{petersburg.detentions.get().pk}/end/"]
    paths += [f"follow-ups/{petersburg.follow_ups.get().pk}/{step}/" for step in ("complete", "postpone")]
    paths += [f"calls/{petersburg.calls.get().pk}/link/"]
    for path in paths:
        assert browser.post(f"/api/v1/{path}", {}, content_type="application/json").status_code == 404, path


@pytest.mark.parametrize(
    "query",
    [
        "assignee=counsellor0",
        "assignee=none",
        "status=referred",
        "open=true",
        "opened_after=2024-01-01T00:00:00Z",
        "incident=K7M3-XA9P",
    ],
)
def test_a_partner_learns_by_no_filter_what_its_rows_keep_back(world: World, query: str) -> None:
    assert world.ask("partner0", f"cases/?{query}").status_code == 400
    assert len(ids(world.ask("partner0", "cases/?topic=detention&overdue=false"))) == 1


def test_a_partner_cannot_count_our_steps_by_the_tag(world: World) -> None:
    pk = ids(world.ask("partner0", "cases/"))[0]
    before = world.ask("partner0", f"cases/{pk}/")["ETag"]
    Case.objects.filter(pk=pk).update(version=90)
    assert world.ask("partner0", f"cases/{pk}/")["ETag"] == before
