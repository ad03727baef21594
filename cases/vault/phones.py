"""Finding a phone number, or a repeated request, without storing either: keyed and, for phones, cut short."""

import hmac
import re
from hashlib import sha256

from cases.vault.keys import ring

_E164 = re.compile(r"\+[0-9]{7,15}")


def phone_bucket(e164: str, bits: int) -> int:
    """The bucket, below 2 ** bits, of a number written +992…; one bit fewer is the same bucket halved."""
    if not _E164.fullmatch(e164):
        raise ValueError("Buckets are made of numbers in E.164: + and 7 to 15 digits")
    digest = hmac.digest(ring().derived("phone bucket"), e164.encode(), sha256)
    return int.from_bytes(digest[:4], "big") >> (32 - bits)


def fingerprint(data: bytes) -> bytes:
    """32 bytes that tell whether two requests were the same; keyed, so that a thief cannot test guesses."""
    return hmac.digest(ring().derived("fingerprint"), data, sha256)
