"""Sealing one text, bound to the very place where it is stored.

    0x01 | key mark (4) | nonce (12) | AES-256-GCM( length (4) | utf-8 | zeros up to the pad )

The key mark is the beginning of the data key's id: rotation re-wraps data keys and leaves sealed texts alone,
so no epoch stands here. Associated data are header, model, field and row: a ciphertext moved elsewhere fails.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cases.vault.keys import SealBroken

VERSION = b"\x01"
MARK_BYTES, NONCE_BYTES, LENGTH_BYTES, TAG_BYTES = 4, 12, 4, 16
_HEADER_BYTES = len(VERSION) + MARK_BYTES


class SealedBytes(bytes):
    """A sealed text as the database stores it."""


def seal(text: str, *, key: AESGCM, mark: bytes, model: str, field: str, row: UUID, pad: int) -> SealedBytes:
    """Seal a text for one field of one row, padded to a multiple of `pad` bytes."""
    data = text.encode()
    plain = len(data).to_bytes(LENGTH_BYTES, "big") + data
    plain += bytes(-len(plain) % pad)
    header, nonce = VERSION + mark[:MARK_BYTES], os.urandom(NONCE_BYTES)
    return SealedBytes(header + nonce + key.encrypt(nonce, plain, _place(header, model, field, row)))


def unseal(sealed: bytes, *, key: AESGCM, mark: bytes, model: str, field: str, row: UUID) -> str:
    """Open what `seal` made for this very place, or raise SealBroken."""
    header, rest = sealed[:_HEADER_BYTES], sealed[_HEADER_BYTES:]
    nonce, body = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    if header != VERSION + mark[:MARK_BYTES] or len(body) < LENGTH_BYTES + TAG_BYTES:
        raise _broken(model, field, row)
    try:
        plain = key.decrypt(nonce, body, _place(header, model, field, row))
    except InvalidTag:
        raise _broken(model, field, row) from None
    length = int.from_bytes(plain[:LENGTH_BYTES], "big")
    return plain[LENGTH_BYTES:][:length].decode()


def _broken(model: str, field: str, row: UUID) -> SealBroken:
    return SealBroken(f"{model}.{field} of {row} does not open")


def _place(header: bytes, model: str, field: str, row: UUID) -> bytes:
    return b"\0".join([header + row.bytes, model.encode(), field.encode()])
