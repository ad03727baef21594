"""A worker that marks before it sends: the usual mistake, kept here to prove that the tests would notice it."""

import django
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models.functions import Now

django.setup()

from cases import outbox  # noqa: E402
from cases.enums import DeliveryStatus  # noqa: E402
from cases.models import Delivery  # noqa: E402
from helpline.celery import app  # noqa: E402

__all__ = ["app"]


def _attempt(delivery: Delivery, connection: BaseEmailBackend) -> None:
    outbox._settle(delivery, status=DeliveryStatus.SENT, sent_at=Now())
    outbox.email_of(delivery, connection).send()


outbox._attempt = _attempt
