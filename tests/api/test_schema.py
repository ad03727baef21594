"""The description of the API: whole, valid, and readable from here alone."""

import json
from typing import Any

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from rest_framework.serializers import Serializer

from api.errors import MEDIA_TYPE
from api.reading import columns
from api.schema import document
from api.serializers import answers
from cases.models import Call, Case, Detention, FollowUp, Organisation, Place, PublishedFigure, Referral
from tests import factories
from tests.api.door import staff


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    document.cache_clear()
    GENERATOR_STATS.reset()
    found: dict[str, Any] = json.loads(document())
    return found


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_generator_warns_of_nothing(described: dict[str, Any]) -> None:
    assert not GENERATOR_STATS, [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]


def test_it_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    validate_schema(described)


def test_every_operation_says_who_may_and_what_can_go_wrong(described: dict[str, Any]) -> None:
    for path, method, operation in operations(described):
        assert [set(way) for way in operation["security"]] == [{"clientCredentials"}, {"staffSession"}], path
        assert operation["security"][0]["clientCredentials"], path
        assert MEDIA_TYPE in operation["responses"]["default"]["content"], path
        assert operation["description"], (path, method)
        names = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert ("Idempotency-Key" in names) == (method == "post"), path


def test_every_address_is_described(described: dict[str, Any]) -> None:
    assert sorted(described["paths"]) == sorted(
        [
            "/api/v1/calls/",
            "/api/v1/calls/{id}/",
            "/api/v1/calls/{id}/link/",
            "/api/v1/cases/",
            "/api/v1/cases/{id}/",
            *(f"/api/v1/cases/{{id}}/{step}/" for step in ("assign", "close", "refer", "reopen", "triage")),
            "/api/v1/detentions/",
            "/api/v1/detentions/{id}/",
            "/api/v1/detentions/{id}/end/",
            "/api/v1/follow-ups/",
            "/api/v1/follow-ups/{id}/",
            "/api/v1/follow-ups/{id}/complete/",
            "/api/v1/follow-ups/{id}/postpone/",
            "/api/v1/organisations/",
            "/api/v1/places/",
            "/api/v1/referrals/",
            "/api/v1/referrals/{id}/",
            "/api/v1/referrals/{id}/accept/",
            "/api/v1/referrals/{id}/decline/",
            "/api/v1/search/",
            *(f"/api/v1/stats/{what}/" for what in ("calls", "headline", "published-figures", "rulings")),
        ]
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("shape", "model"),
    [
        (answers.PartnerCase, Case),
        (answers.CaseRow, Case),
        (answers.CallRow, Call),
        (answers.DetentionRow, Detention),
        (answers.FollowUpRow, FollowUp),
        (answers.ReferralRow, Referral),
        (answers.PlaceRow, Place),
        (answers.OrganisationRow, Organisation),
        (answers.PublishedFigureRow, PublishedFigure),
    ],
)
def test_every_shape_names_columns_that_exist(shape: type[Serializer], model: Any) -> None:
    assert list(model.objects.values_list(*columns(shape).values())) == []


@pytest.mark.django_db
def test_it_is_served_to_those_who_signed_in() -> None:
    answer = staff(factories.counsellor()).get("/api/v1/schema/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json()["info"]["title"] == "Helpline"


@pytest.mark.django_db
def test_its_pages_hold_no_script_and_fetch_nothing_from_elsewhere() -> None:
    page = staff(factories.counsellor()).get("/api/v1/docs/").content.decode()
    assert "https://" not in page and "<style" not in page and " style=" not in page
    assert [part.split(">", 1)[1][:9] for part in page.split("<script")[1:]] == ["</script>", "</script>"]
