"""What the machine door itself must remember: its clients, and which requests it has already answered."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from oauth2_provider.models import AbstractApplication

from api.scopes import SCOPES


class Client(AbstractApplication):
    """A machine that signs in with client credentials and acts as a service user of its own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="clients")
    scopes = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scopes__contained_by=sorted(SCOPES)), name="client_scopes_known"
            ),
            models.CheckConstraint(
                condition=models.Q(authorization_grant_type=AbstractApplication.GRANT_CLIENT_CREDENTIALS),
                name="client_credentials_only",
            ),
        ]

    def __str__(self) -> str:
        return self.client_id

    def is_usable(self, request: Any) -> bool:
        """No new token for a service user who was switched off, or whose organisation was."""
        user = self.user
        return user.is_active and (user.organisation is None or user.organisation.is_active)


class IdempotentRequest(models.Model):
    """A POST that was answered, stored in the transaction of its effect, so that a repetition has none.

    `answer` is the body as it was sent: answers to POST hold ids, codes and times, never a name or a note.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    fingerprint = models.BinaryField(max_length=32, help_text="keyed hash of method, path and body")
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.BinaryField(default=bytes)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="idempotent_request_once_per_key")
        ]

    def __str__(self) -> str:
        return self.key
