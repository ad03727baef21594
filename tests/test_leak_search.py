"""That the search for leaks finds what it is for, in every spelling and in every place."""

import base64
import html
import json
import quopri
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest
import redis
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from tests.conftest import Servers
from tests.leaks.canaries import Canaries
from tests.leaks.places import heaps, listening
from tests.leaks.search import Heap, findings

SPELLINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "upper case": lambda text: text.upper().encode(),
    "lower case": lambda text: text.lower().encode(),
    "JSON": lambda text: json.dumps({"text": text}).encode(),
    "JSON in JSON": lambda text: json.dumps(json.dumps({"text": text})).encode(),
    "JSON in upper case": lambda text: json.dumps(text.upper()).encode(),
    "percent": lambda text: quote(text).encode(),
    "percent in a form": lambda text: quote_plus(f"a b {text}").lower().encode(),
    "percent twice": lambda text: quote(quote(text)).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 after one byte": lambda text: base64.b64encode(b"x" + text.encode() + b"yz"),
    "base64 after two bytes": lambda text: base64.b64encode(b"xy" + text.encode() + b"z"),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(b"??>" + text.encode()),
    "base64 of JSON": lambda text: base64.b64encode(json.dumps({"a": text}, ensure_ascii=False).encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "upper hex": lambda text: text.encode().hex().upper().encode(),
    "repr of bytes": lambda text: repr(text.encode()).encode(),
    "ascii of text": lambda text: ascii(text).encode(),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
    "bytea escape": lambda text: b"".join(b"\\%03o" % byte for byte in text.encode()),
    "entities": lambda text: "".join(f"&#{ord(letter)};" for letter in text).encode(),
    "escaped HTML": lambda text: html.escape(f"<{text}>").encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
}
NUMBERS: dict[str, Callable[[str], bytes]] = {
    "E.164": lambda digits: f"+{digits}".encode(),
    "no plus": str.encode,
    "spaced": lambda digits: f"+{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}".encode(),
    "dashes": lambda digits: f"{digits[:3]}-({digits[3:6]})-{digits[6:9]}-{digits[9:]}".encode(),
    "in an address": lambda digits: quote(f"+{digits[:3]} {digits[3:6]} {digits[6:]}").encode(),
    "in a message": lambda digits: base64.b64encode(f"call {digits}".encode()),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("field", ["caller", "held_latin", "held_arabic", "note"])
def test_words_are_found_in_every_spelling(spelling: str, field: str) -> None:
    canaries = Canaries()
    noise = "шум вокруг\n".encode() * 50
    written = SPELLINGS[spelling](getattr(canaries, field))
    assert Heap(noise + written + noise).holds(getattr(canaries, field))


@pytest.mark.parametrize("spelling", NUMBERS)
def test_numbers_are_found_in_every_spelling(spelling: str) -> None:
    canaries = Canaries()
    assert Heap(b"x " + NUMBERS[spelling](canaries.phone) + b" y").holds(canaries.phone)


def test_nothing_is_found_where_nothing_lies() -> None:
    canaries, others = Canaries(), Canaries()
    heap = "\n".join(sorted(others.secrets)).encode()
    assert findings({"heap": heap}, canaries.secrets) == set()


@pytest.mark.django_db(transaction=True)
def test_what_is_planted_is_found_in_every_place(servers: Servers, tmp_path: Path) -> None:
    canaries = Canaries()
    logs, mail = tmp_path / "logs", tmp_path / "mail"
    with listening(servers) as listener:
        _plant(servers, canaries, logs, mail)
        found = findings(heaps(servers, listener, logs, mail), {canaries.note})
        places = set(heaps(servers, listener, logs, mail))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE planted; SELECT lo_unlink(oid) FROM pg_largeobject_metadata")
    assert {place for place, _words, _spelling in found} == places


def _plant(servers: Servers, canaries: Canaries, logs: Path, mail: Path) -> None:
    secret = canaries.note
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (words text, data bytea)")
        cursor.execute("INSERT INTO planted VALUES (%s, %s)", ["nothing", secret.encode()])
        cursor.execute("SELECT lo_from_bytea(0, %s)", [secret.upper().encode()])
    session = SessionStore()
    session["typed"] = secret + " and much more that makes it worth compressing" * 20
    session.save()
    with redis.Redis.from_url(servers.redis.url) as client:
        client.lpush("planted", json.dumps({"body": base64.b64encode(secret.encode()).decode()}))
    for folder in (logs, mail):
        folder.mkdir()
    (logs / "web.log").write_text(json.dumps({"message": secret}), encoding="utf-8")
    (mail / "one.log").write_bytes(b"To: somebody\nSubject: x\n\n" + quopri.encodestring(secret.encode()))
    for log in (servers.postgres.log, servers.redis.log):
        with log.open("a", encoding="utf-8") as file:
            file.write(secret)
