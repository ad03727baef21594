"""Looking for what somebody typed in heaps of bytes, however it was written down on the way.

The heap is read in a few plain ways (as it is, without letter case, without the backslashes, equal signs and
percent signs that escapes put between bytes), and in each the words are looked for in every spelling that
survives that reading. Written apart from the encoders of the tests that prove it.
"""

import base64
import re
from collections.abc import Iterable, Iterator
from functools import cache

_NULS = re.compile(rb"\0{64,}")
_DIGITS_APART = re.compile(rb"(?<=[0-9])[ ()\-.+/]{1,3}(?=[0-9])|(?<=[0-9])(?:%20|\xc2\xa0)(?=[0-9])")


class Heap:
    """A heap of bytes in the ways it is read."""

    def __init__(self, data: bytes) -> None:
        self.raw = _NULS.sub(b"\0", data)
        lower = self.raw.lower()
        self.folded = self.raw.decode("utf-8", "replace").casefold().encode("utf-8", "replace")
        # "\\u043a", "\xd0\xba", "%25D0%25BA", "=D0=BA": what is left is "u043a", "xd0xba", "d0ba".
        unescaped = lower.replace(b"\\", b"").replace(b"%25", b"%")
        self.unescaped = unescaped
        self.digits = (
            unescaped.replace(b"%", b"").replace(b"=\r\n", b"").replace(b"=\n", b"").replace(b"=", b"")
        )
        self.numbers = _DIGITS_APART.sub(b"", self.raw)

    def holds(self, words: str) -> list[str]:
        """The spellings in which words stand in the heap."""
        if words.isdecimal():
            return ["number"] * (words.encode() in self.numbers) + self._spelled(words)
        return self._spelled(words)

    def _spelled(self, words: str) -> list[str]:
        return [name for name, reading, needle in _spellings(words) if needle in getattr(self, reading)]


@cache
def _spellings(words: str) -> tuple[tuple[str, str, bytes], ...]:
    """Name of a spelling, the reading it is looked for in, and its bytes."""
    found = {("folded", "folded", words.casefold().encode())}
    for cased in {words, words.lower(), words.upper(), words.title()}:
        found |= set(_of_one_case(cased))
    return tuple(sorted(found))


def _of_one_case(words: str) -> Iterator[tuple[str, str, bytes]]:
    data = words.encode()
    yield "hex or percent", "digits", data.hex().encode()
    yield "bytes of Python", "unescaped", "".join(f"x{byte:02x}" for byte in data).encode()
    yield "octal", "unescaped", "".join(f"{byte:03o}" for byte in data).encode()
    yield "decimal entities", "raw", "".join(f"&#{ord(letter)};" for letter in words).encode()
    yield "hex entities", "unescaped", "".join(f"&#x{ord(letter):x};" for letter in words).encode()
    if not words.isascii():
        yield "unicode escapes", "unescaped", _units(words, "u{:04x}")
        for charset in ("cp1251", "koi8-r"):
            try:
                yield charset, "raw", words.encode(charset)
            except UnicodeEncodeError:
                continue
    for charset in ("utf-8", "utf-16-le", "utf-16-be"):
        if charset != "utf-8":
            yield charset, "raw", words.encode(charset)
        for needle in _base64(words.encode(charset)):
            yield f"base64 of {charset}", "raw", needle


def _units(words: str, form: str) -> bytes:
    return (
        "".join(form.format(ord(letter)) if not letter.isascii() else letter for letter in words)
        .lower()
        .encode()
    )


def _base64(data: bytes) -> Iterator[bytes]:
    """The characters that stand there whatever comes before and after, for each of the three alignments."""
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + data)
        first = (shift * 8 + 5) // 6
        last = (shift + len(data)) * 8 // 6
        core = whole[first:last]
        yield core
        yield core.translate(bytes.maketrans(b"+/", b"-_"))


def findings(heaps: dict[str, bytes], secrets: Iterable[str]) -> set[tuple[str, str, str]]:
    """Every (place, words, spelling) in which one of the secrets lies open."""
    words = sorted(set(secrets))
    found = set()
    for place, data in heaps.items():
        heap = Heap(data)
        found |= {(place, each, spelling) for each in words for spelling in heap.holds(each)}
    return found
