"""One data key per root record, wrapped by an epoch of the key ring."""

import os
from functools import lru_cache
from typing import Self
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.vault.keys import EPOCH, KEY_BYTES, KeyRing, SealBroken, forget_ring, ring
from cases.vault.sealing import NONCE_BYTES, TAG_BYTES, VERSION

WRAPPED_BYTES = len(VERSION) + NONCE_BYTES + KEY_BYTES + TAG_BYTES
KEYS_IN_HAND = 10_000


class DataKeyManager(models.Manager["DataKey"]):
    def create_new(self) -> "DataKey":
        """A new data key, stored."""
        key = self.model.new()
        key.save(using=self._db, force_insert=True)
        return key


class DataKey(models.Model):
    """The key under which one root record and all that hangs on it is sealed; without it they are noise."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    epoch = models.CharField(_("epoch"), max_length=8)
    wrapped = models.BinaryField(_("wrapped key"))
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects = DataKeyManager()

    class Meta:
        app_label = "cases"
        verbose_name = _("data key")
        verbose_name_plural = _("data keys")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(epoch__regex=f"^{EPOCH}$"), name="data_key_epoch_is_a_month"
            ),
            models.CheckConstraint(
                condition=Exact(Length("wrapped"), models.Value(WRAPPED_BYTES)), name="data_key_is_whole"
            ),
        ]
        indexes = [models.Index(fields=["epoch"], name="data_key_epoch")]

    def __str__(self) -> str:
        return f"{self.pk} ({self.epoch})"

    @classmethod
    def new(cls) -> Self:
        """A new data key, wrapped by the newest epoch and not yet stored."""
        key = cls()
        key._wrap(os.urandom(KEY_BYTES), ring())
        return key

    @property
    def cipher(self) -> AESGCM:
        """The opened key, kept in memory for a while; a key whose epoch left the ring does not open."""
        return AESGCM(self._opened())

    @property
    def mark(self) -> bytes:
        """What sealed texts carry to tell under which data key they lie."""
        return self.pk.bytes

    def rewrap(self) -> None:
        """Wrap by the newest epoch, unsaved; what is sealed under this key stays as it is."""
        self._wrap(self._opened(), ring())

    def _opened(self) -> bytes:
        return _unwrapped(ring(), self.pk, self.epoch, bytes(self.wrapped))

    def _wrap(self, key: bytes, by: KeyRing) -> None:
        nonce, self.epoch = os.urandom(NONCE_BYTES), by.newest
        sealed = AESGCM(by.wrapping_key(self.epoch)).encrypt(nonce, key, _place(self.pk, self.epoch))
        self.wrapped = VERSION + nonce + sealed


@lru_cache(maxsize=KEYS_IN_HAND)
def _unwrapped(by: KeyRing, pk: UUID, epoch: str, wrapped: bytes) -> bytes:
    nonce, body = wrapped[len(VERSION) :][:NONCE_BYTES], wrapped[len(VERSION) + NONCE_BYTES :]
    wrapping_key = AESGCM(by.wrapping_key(epoch))
    if wrapped[: len(VERSION)] != VERSION or len(wrapped) != WRAPPED_BYTES:
        raise SealBroken(f"Data key {pk} is damaged")
    try:
        return wrapping_key.decrypt(nonce, body, _place(pk, epoch))
    except InvalidTag:
        raise SealBroken(f"Data key {pk} does not open under epoch {epoch}") from None


def _place(pk: UUID, epoch: str) -> bytes:
    return b"\0".join([VERSION + pk.bytes, b"data key", epoch.encode()])


def forget_all() -> None:
    """Drop every key this process holds in memory: the ring and all opened data keys."""
    _unwrapped.cache_clear()
    forget_ring()


def rewrap(keys: models.QuerySet[DataKey], *, batch: int = 500) -> int:
    """Bring data keys under the newest epoch and return how many there were; may be stopped and run again."""
    stale, done = keys.exclude(epoch=ring().newest).order_by("pk"), 0
    while rows := list(stale[:batch]):
        for row in rows:
            row.rewrap()
        done += DataKey.objects.bulk_update(rows, ["epoch", "wrapped"])
    return done
