"""People who sign in, and the gallery of components as a page to sign in to."""

import copy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django.fixtures import SettingsWrapper

    from cases.models import User

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "a long walk by the river"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def lola(db: None) -> "User":
    """A coordinator with a password and an authenticator app."""
    from allauth.mfa.models import Authenticator

    from cases.models import User
    from cases.vault import seal_seed

    user = User.objects.create_user("lola", "coordinator", PASSWORD)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal_seed(SEED)})
    return user


@pytest.fixture
def marat(db: None) -> "User":
    """A counsellor on the first day: a password and nothing else."""
    from cases.models import User

    return User.objects.create_user("marat", "counsellor", PASSWORD)


@pytest.fixture
def signed_in(client: Client, lola: "User") -> Client:
    """The browser of Lola, both steps done."""
    from tests.web.people import sign_in

    sign_in(client, lola)
    return client


@pytest.fixture
def gallery(settings: "SettingsWrapper") -> str:
    """The address of a page behind sign-in that shows every component."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [Path(__file__).parent / "templates"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.web.gallery"
    return "/gallery/"


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """A real browser, started once."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import ensure

    path = ensure()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()
