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
    "notices": (200, 200, 200, 200, 200),
    "search": (200, 200, 403, 403, 403),
    "dashboard": (403, 200, 200, 403, 403),
    "incidents": (200, 200, 403, 403, 403),
    "referrals": (200, 200, 403, 403, 200),
    "audit": (403, 403, 403, 200, 403),
}


@pytest.mark.parametrize("page", LISTS)
def test_a_list_answers_each_role_as_the_rules_say(page):
    answers = tuple(signed_in(factories.user(role)).get(reverse(f"web:{page}")).status_code for role in (C, K, A, U, P))
    assert answers == LISTS[page]
