"""Sealing what a second factor rests on, under a key that serves nothing else: base64( nonce (12) | AES-256-GCM )."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cases.vault.keys import SealBroken, ring
from cases.vault.sealing import NONCE_BYTES

PURPOSE = "second factor"


def seal_seed(text: str) -> str:
    """Seal a seed, or a recovery code's."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + _key().encrypt(nonce, text.encode(), PURPOSE.encode())).decode()


def open_seed(sealed: str) -> str:
    """Open what `seal_seed` made, or raise SealBroken."""
    try:
        data = base64.b64decode(sealed, validate=True)
        return _key().decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], PURPOSE.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise SealBroken("A second factor does not open") from error


def _key() -> AESGCM:
    return AESGCM(ring().derived(PURPOSE))
