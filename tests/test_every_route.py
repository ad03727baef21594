"""Every address there is, generated from the resolver: each has a policy, and nobody gets in without signing in."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.viewsets import ViewSetMixin

from api.permissions import ByRight, Right
from api.scopes import SCOPES
from cases.rules import RULES

# The only addresses that answer somebody who has not signed in: health, the ways in and out, and what belongs to
# a device. None of them knows a record.
PUBLIC = {
    "healthz",
    "readyz",
    "o/token/",
    "sign-in/",
    "sign-out/",
    "inactive/",
    "second-factor/keys/sign-in/",
    "language/",
    "preferences/",
}
METHODS = ("get", "post", "put", "patch", "delete")
SAMPLES = {
    "uuid": "8d7f2b1e-6d0e-4f6e-9a53-0c8f8d9b8f11",
    "reference": "K7M3-XA9P",
    "int": "1",
    "str": "x",
}


class Route(NamedTuple):
    address: str
    name: str
    view: Any


def routes(resolver: Any = None, before: str = "", app: str = "") -> Iterator[Route]:
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, address, pattern.app_name or app)
        elif isinstance(pattern, URLPattern):
            yield Route(address, f"{app}:{pattern.name}" if app else str(pattern.name), pattern.callback)


def concrete(route: Route) -> str:
    """The address with something in every gap."""
    address = route.address.replace(".*", "nowhere")
    while "<" in address:
        start, end = address.index("<"), address.index(">")
        kind = address[start + 1 : end].partition(":")[0]
        address = address[:start] + SAMPLES.get(kind, "x") + address[end + 1 :]
    return address


ALL = list(routes())
API = [route for route in ALL if issubclass(getattr(route.view, "cls", object), ViewSetMixin)]


def test_there_is_something_to_look_at() -> None:
    assert len(ALL) > 60
    assert len(API) > 25


@pytest.mark.parametrize("route", API, ids=lambda route: route.address)
def test_every_action_of_the_api_declares_its_right(route: Route) -> None:
    assert route.view.cls.permission_classes == [ByRight]
    for action in route.view.actions.values():
        right = route.view.cls.rights[action]
        assert isinstance(right, Right)
        assert right.scope in SCOPES or action in {"schema_json", "docs", "nothing"}
        assert set(right.verbs) <= set(RULES)


def test_everything_under_the_api_is_one_of_its_views() -> None:
    under = [route.address for route in ALL if route.address.startswith("api/")]
    assert under == [route.address for route in API]


@pytest.mark.django_db
@pytest.mark.parametrize("route", ALL, ids=lambda route: route.address or "/")
def test_nobody_gets_in_without_signing_in(route: Route) -> None:
    client = Client(raise_request_exception=False)
    for method in METHODS:
        answer = getattr(client, method)(f"/{concrete(route)}")
        if route.address in PUBLIC:
            continue
        if answer.status_code == 302:
            assert answer["Location"].partition("?")[0] == "/sign-in/", (method, answer["Location"])
        else:
            assert answer.status_code in (401, 403, 404, 405), method
            assert route.address.startswith("api/") <= (answer.status_code == 401)


@pytest.mark.django_db
def test_the_public_addresses_exist() -> None:
    assert {route.address for route in ALL} >= PUBLIC
