"""Everything a thief could carry away: dumps, files of the servers, memory of the broker, logs, messages."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis
from django.contrib.sessions.models import Session
from django.db import connection

from tests.conftest import Servers


class Listener:
    """Hears every command that reaches Redis, also those that leave no trace there."""

    def __init__(self, url: str) -> None:
        self.heard = bytearray()
        self._client = redis.Redis.from_url(url, socket_timeout=None)
        self._monitor = self._client.monitor()
        self._monitor.__enter__()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        try:
            while True:
                self.heard += self._monitor.connection.read_response(disable_decoding=True) + b"\n"
        except (redis.RedisError, OSError, ValueError, AttributeError):
            return

    def close(self) -> None:
        self._monitor.connection.disconnect()
        self._thread.join(5)
        self._client.close()


@contextmanager
def listening(servers: Servers) -> Iterator[Listener]:
    """Hear Redis for a while, with its journal on, so that it writes everything to disk."""
    with redis.Redis.from_url(servers.redis.url) as client:
        client.config_set("appendfsync", "always")
        client.config_set("rdbcompression", "no")
        client.config_set("appendonly", "yes")
    listener = Listener(servers.redis.url)
    try:
        yield listener
    finally:
        listener.close()
        with redis.Redis.from_url(servers.redis.url) as client:
            client.config_set("appendonly", "no")


def heaps(servers: Servers, listener: Listener, logs: Path, mail: Path) -> dict[str, bytes]:
    """All of it, by place."""
    return {
        **_dumps(servers),
        "files of PostgreSQL": _files_of_postgres(servers),
        "rows of PostgreSQL": _tables(),
        "sessions, opened": _sessions(),
        **_of_redis(servers, listener),
        "log of PostgreSQL": _read(servers.postgres.log),
        "log of Redis": _read(servers.redis.log),
        **{f"log of {file.stem}": _read(file) for file in sorted(logs.glob("*.log"))},
        "messages": _messages(mail),
    }


def _dumps(servers: Servers) -> dict[str, bytes]:
    custom = _run(servers, "pg_dump", "-Fc", "-Z0")
    return {
        "dump": _run(servers, "pg_dump", "-Fp"),
        "dump, bytes escaped": _run(servers, "pg_dump", "-Fp", PGOPTIONS="-c bytea_output=escape"),
        "dump, custom": custom,
        "dump, restored": _run(servers, "pg_restore", "-f", "-", given=custom),
    }


def _run(servers: Servers, program: str, *words: str, given: bytes | None = None, **variables: str) -> bytes:
    binary = servers.postgres._binaries / "bin" / program
    target = [] if given is not None else [servers.postgres.url(str(connection.settings_dict["NAME"]))]
    done = subprocess.run(
        [str(binary), *words, *target], input=given, capture_output=True, env={**os.environ, **variables}
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def _files_of_postgres(servers: Servers) -> bytes:
    """Tables, indexes, what has been deleted and not yet swept, and the journal."""
    with psycopg.connect(servers.postgres.url("postgres", "postgres"), autocommit=True) as superuser:
        superuser.execute("CHECKPOINT")
        name = connection.settings_dict["NAME"]
        row = superuser.execute("SELECT oid FROM pg_database WHERE datname = %s", [name]).fetchone()
    assert row is not None
    data = servers.postgres.data
    folders = (data / "base" / str(row[0]), data / "pg_wal", data / "pg_xact", data / "global")
    return b"\n".join(
        _read(file) for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()
    )


def _tables() -> bytes:
    """Every table, also those no dump would hold (unlogged ones, large objects), in both escapes."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        for escape in ("hex", "escape"):
            cursor.execute(f"SET bytea_output = {escape}")
            for query in [
                *(f"TABLE {name}" for name in tables),
                "SELECT lo_get(oid) FROM pg_largeobject_metadata",
            ]:
                with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
                    parts += [bytes(block) for block in copy]
        cursor.execute("RESET bytea_output")
    return b"".join(parts)


def _sessions() -> bytes:
    """What sessions hold, which the table keeps compressed."""
    return repr([session.get_decoded() for session in Session.objects.all()]).encode()


def _of_redis(servers: Servers, listener: Listener) -> dict[str, bytes]:
    with redis.Redis.from_url(servers.redis.url) as client:
        client.save()
        values: list[Any] = [(key, client.dump(key), _value(client, key)) for key in client.scan_iter()]
    files = (file for file in sorted(servers.redis.data.rglob("*")) if file.is_file())
    return {
        "Redis, keys and values": b"\n".join(part for value in values for part in value if part),
        "Redis, files": b"\n".join(_read(file) for file in files),
        "Redis, commands": bytes(listener.heard),
    }


def _value(client: redis.Redis, key: bytes) -> bytes:
    kind = client.type(key)
    if kind == b"list":
        return b"\n".join(client.lrange(key, 0, -1))
    if kind == b"hash":
        return b"\n".join(part for pair in client.hgetall(key).items() for part in pair)
    if kind == b"set":
        return b"\n".join(client.smembers(key))
    return client.get(key) or b"" if kind == b"string" else b""


def _messages(folder: Path) -> bytes:
    """Messages without the line that brings them to their reader."""
    lines = b"".join(_read(file) for file in sorted(folder.glob("*"))).splitlines(keepends=True)
    return b"".join(line for line in lines if not line.lower().startswith(b"to: "))


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""
