"""References that survive being read aloud: `K7M3-XA9P`.

Seventeen symbols that look and sound the same in Latin and Cyrillic, so a counsellor may type what she
hears on either keyboard. The eighth is a check character: the weighted sum of all eight is 0 modulo 17.
Seventeen is prime and neighbouring weights differ, so one wrong character or two swapped neighbours
always show.
"""

import re
import secrets

SYMBOLS = "23456789ACEHKMPTX"
_LATIN = str.maketrans("АСЕНКМРТХ", "ACEHKMPTX")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 1)
_SHAPE = re.compile(rf"[{SYMBOLS}]{{8}}")


def _checksum(symbols: str) -> int:
    return sum(weight * SYMBOLS.index(symbol) for weight, symbol in zip(_WEIGHTS, symbols, strict=False)) % 17


def new_reference() -> str:
    """A random reference; it says nothing about how many came before."""
    body = "".join(secrets.choice(SYMBOLS) for _ in range(7))
    return f"{body[:4]}-{body[4:]}{SYMBOLS[-_checksum(body) % 17]}"


def clean_reference(text: str) -> str | None:
    """The reference somebody typed, in our writing; None when it cannot be one."""
    symbols = re.sub(r"[\s\-–—]", "", text).upper().translate(_LATIN)
    if not _SHAPE.fullmatch(symbols) or _checksum(symbols):
        return None
    return f"{symbols[:4]}-{symbols[4:]}"
