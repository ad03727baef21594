"""Tests sign in as often as they like."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _no_limits(settings: Any) -> None:
    settings.TOKENS_A_MINUTE = settings.API_REQUESTS_A_MINUTE = 1_000_000
