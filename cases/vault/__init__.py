"""The only room that touches cryptography: keys, sealed fields, phone buckets.

In models: `from cases.vault import DataKey, SealedTextField`.
"""

from typing import TYPE_CHECKING, Any

from cases.vault.fields import SealedTextField
from cases.vault.keys import (
    KeyRing,
    KeysMissing,
    SealBroken,
    UnknownEpoch,
    VaultError,
    generate_key,
    ring,
    write_new_epoch,
)
from cases.vault.phones import fingerprint, phone_bucket
from cases.vault.sealing import SealedBytes
from cases.vault.seeds import open_seed, seal_seed

if TYPE_CHECKING:
    from cases.vault.models import DataKey, forget_all, rewrap

__all__ = [
    "DataKey",
    "KeyRing",
    "KeysMissing",
    "SealBroken",
    "SealedBytes",
    "SealedTextField",
    "UnknownEpoch",
    "VaultError",
    "fingerprint",
    "forget_all",
    "generate_key",
    "open_seed",
    "phone_bucket",
    "rewrap",
    "ring",
    "seal_seed",
    "write_new_epoch",
]


def __getattr__(name: str) -> Any:
    """Set-up writes keys before Django is configured, so what needs the model is imported when asked for."""
    if name in {"DataKey", "forget_all", "rewrap"}:
        from cases.vault import models

        return getattr(models, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
