"""A clock that stands where a test puts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from unittest.mock import patch


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """It is this moment, for actions and for pages."""
    with patch("django.utils.timezone.now", lambda: moment):
        yield
