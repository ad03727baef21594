"""The key ring: keys that live outside the database and are given to the process by `HELPLINE_KEYS`.

`HELPLINE_KEYS` is either a directory of files `<epoch>.key` (32 bytes in base64), or the same written
inline: `2026-11:base64,index:base64`. An epoch is a month, with a letter where one month needs several
(`2026-11`, `2026-11b`). The newest epoch wraps new data keys. The entry `index` never rotates: phone
buckets and request fingerprints come from it, and must stay comparable for years.
"""

import base64
import os
import re
import secrets
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from string import ascii_lowercase

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
INDEX = "index"
EPOCH = r"\d{4}-\d{2}[a-z]?"
_EPOCH = re.compile(EPOCH)
_INLINE = re.compile(rf"\s*({EPOCH}|{INDEX})\s*:")


class VaultError(Exception):
    """Something the vault refuses; its message never holds a key or a text."""


class KeysMissing(VaultError, ImproperlyConfigured):
    """HELPLINE_KEYS is unset, unreadable or incomplete."""

    def __init__(self, why: str) -> None:
        super().__init__(f"HELPLINE_KEYS {why}")


class UnknownEpoch(VaultError):
    """A data key is wrapped by an epoch that is not on the ring, or no longer."""

    def __init__(self, epoch: str) -> None:
        super().__init__(f"The key ring (HELPLINE_KEYS) holds no epoch {epoch!r}")


class SealBroken(VaultError):
    """What was read is not what was sealed here: moved, cut, altered, or sealed under another key."""


class KeyRing:
    """The keys one process was given; its repr names the epochs and shows no key."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._keys = {name: _decoded(name, text) for name, text in entries}
        if INDEX not in self._keys:
            raise KeysMissing(f"holds no entry {INDEX!r}")
        if not self.epochs:
            raise KeysMissing("holds no epoch such as 2026-11")

    @cached_property
    def epochs(self) -> list[str]:
        """The names of the epochs, oldest first."""
        return sorted(name for name in self._keys if name != INDEX)

    @property
    def newest(self) -> str:
        """The epoch that wraps new data keys."""
        return self.epochs[-1]

    def wrapping_key(self, epoch: str) -> bytes:
        """The key-encryption key of an epoch."""
        if epoch not in self.epochs:
            raise UnknownEpoch(epoch)
        return self._keys[epoch]

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose, derived from the stable entry, so that no two uses share a key."""
        info = b"helpline " + purpose.encode()
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(self._keys[INDEX])

    def __repr__(self) -> str:
        return f"<KeyRing {', '.join(self.epochs)}>"


def ring() -> KeyRing:
    """The ring as it is now: a key file added to or taken from the directory counts at the next call."""
    source = str(getattr(settings, "HELPLINE_KEYS", "") or "").strip()
    if not source:
        raise KeysMissing("is not set: give a directory of key files, or epoch:base64,index:base64")
    if _INLINE.match(source):
        return _loaded(source, 0)
    try:
        return _loaded(source, os.stat(source).st_mtime_ns)  # noqa: PTH116 (at every opening: half the cost)
    except OSError:  # the value is not repeated: a mistyped inline ring would put keys into the log
        raise KeysMissing("is neither a readable directory of key files nor epoch:base64 pairs") from None


def forget_ring() -> None:
    """Drop the keys this process holds; the next use reads them again."""
    _loaded.cache_clear()


@lru_cache(maxsize=2)
def _loaded(source: str, _changed_at: int) -> KeyRing:
    if _INLINE.match(source):
        pairs = (entry.partition(":") for entry in source.split(",") if entry.strip())
        return KeyRing((name.strip(), text) for name, _, text in pairs)
    return KeyRing((file.stem, file.read_text("ascii", "replace")) for file in Path(source).glob("*.key"))


def _decoded(name: str, text: str) -> bytes:
    if name != INDEX and not _EPOCH.fullmatch(name):
        raise KeysMissing("has an entry whose name is neither a month such as 2026-11 nor 'index'")
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeysMissing(f"entry {name!r} is not {KEY_BYTES} bytes in base64")
    return key


def generate_key() -> str:
    """A new random key, in base64."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def write_new_epoch(directory: str | os.PathLike[str], epoch: str | None = None) -> str:
    """Add an epoch to a key directory (made where missing, with its `index`) and return its name."""
    folder = Path(directory)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if not (folder / f"{INDEX}.key").exists():
        _write_key(folder, INDEX)
    name = epoch or _next_epoch(folder)
    if not _EPOCH.fullmatch(name):
        raise ValueError("An epoch is named after its month: 2026-11, 2026-11b")
    _write_key(folder, name)
    return name


def _next_epoch(folder: Path) -> str:
    month = f"{datetime.now(UTC):%Y-%m}"
    names = (month + letter for letter in ["", *ascii_lowercase[1:]])
    return next(name for name in names if not (folder / f"{name}.key").exists())


def _write_key(folder: Path, name: str) -> None:
    final, part = folder / f"{name}.key", folder / f".{name}.part"
    if final.exists():
        raise FileExistsError(f"{name}.key exists already; a key is never overwritten")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(generate_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(final)
    # Directory times move in kernel ticks of some milliseconds; a finer one makes sure that `ring` notices.
    os.utime(folder, ns=(time.time_ns(), time.time_ns()))
