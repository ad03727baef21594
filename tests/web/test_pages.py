"""Each page answers each role as the rules say: there, forbidden, or not there."""

import pytest
from django.urls import reverse

from cases.actions import assign_case, record_incident, refer_case
from cases.enums import Role
from tests import factories
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
C, K, A, U, P = Role.COUNSELLOR, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER

# What each role hears at each page without a record: counsellor, coordinator, administrator, auditor, partner.
LISTS = {
    "home": (200, 200, 200, 302, 302),
    "queue": (200, 200, 403, 403, 403),
    "calls": (200, 200, 403, 403, 403),
    "call_new": (200, 200, 403, 403, 403),
    "my_day": (200, 200, 403, 403, 403),
    "follow_ups": (200, 200, 403, 403, 403),
    "notices": (200, 200, 200, 200, 200),
    "search": (200, 200, 403, 403, 403),
    "dashboard": (403, 200, 200, 403, 403),
    "incidents": (200, 200, 403, 403, 403),
    "referrals": (200, 200, 403, 403, 200),
    "audit": (403, 403, 403, 200, 403),
}


@pytest.mark.parametrize("page", LISTS)
def test_a_list_answers_each_role_as_the_rules_say(page):
    answers = tuple(
        signed_in(factories.user(role)).get(reverse(f"web:{page}")).status_code for role in (C, K, A, U, P)
    )
    assert answers == LISTS[page]


@pytest.fixture
def told():
    """A case of a counsellor in Moscow, offered to a partner, with everything around it."""
    lola, kate = factories.counsellor("lola"), factories.coordinator("kate", ("RU-MOW",))
    partner = factories.user(P, "partner")
    taken = factories.call(
        lola, flags=frozenset({"beaten"}), place_note="ОВД Гольяново", note="Говорит тихо."
    )
    follow_up = factories.follow_up(taken.case, lola, note="Позвонить брату")
    case = assign_case(taken.case, to=lola, by=kate)
    referral = refer_case(case, to=partner.organisation, by=kate, note="только для нас")
    incident = record_incident(kind="raid", region="RU-MOW", started_at=case.opened_at, by=kate, name="Рынок")
    return {
        "lola": lola,
        "kate": kate,
        "partner": partner,
        "far": factories.coordinator("far", ("RU-SPE",)),
        "other": factories.counsellor("other"),
        "call": ("call", taken.call.reference),
        "case": ("case", case.reference),
        "caller": ("person", taken.call.caller.reference),
        "about": ("person", taken.call.about.reference),
        "follow_up": ("follow_up", follow_up.pk),
        "referral": ("referral", referral.pk),
        "incident": ("incident", incident.reference),
    }


@pytest.mark.parametrize(
    ("record", "answers"),
    [
        ("call", (200, 200, 404, 404, 404)),
        ("case", (200, 200, 200, 404, 404)),
        ("caller", (200, 200, 404, 404, 404)),
        ("about", (200, 200, 404, 404, 404)),
        ("follow_up", (200, 200, 404, 404, 404)),
        ("referral", (200, 200, 200, 404, 404)),
        ("incident", (200, 200, 404, 200, 200)),
    ],
)
def test_a_record_is_there_for_those_it_exists_for(told, record, answers):
    name, key = told[record]
    address = reverse(f"web:{name}", args=[key])
    asked = ("lola", "kate", "partner", "far", "other")
    assert tuple(signed_in(told[who]).get(address).status_code for who in asked) == answers


def test_a_partner_reads_no_name_no_number_and_no_note(told):
    client = signed_in(told["partner"])
    pages = [client.get(reverse(f"web:{name}", args=[key])) for name, key in (told["case"], told["referral"])]
    pages.append(client.get(reverse("web:referrals")))
    for secret in (
        "Каримов",
        "Фарход",
        "+992",
        "только для нас",
        "Говорит тихо",
        "Гольяново",
        "Позвонить брату",
    ):
        assert [secret in page.content.decode() for page in pages] == [False, False, False]


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(reverse("web:queue")).status_code == 302
