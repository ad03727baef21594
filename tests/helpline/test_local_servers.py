"""The embedded servers: private, without a port, and gone when they are asked to go."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from helpline.local import environment, postgres, process
from helpline.local.postgres import EmbeddedPostgres
from helpline.local.redis import EmbeddedRedis
from helpline.local.supervisor import Program, Supervisor


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Path]:
    """A folder that only its owner may enter."""
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    yield folder


def running(word: str) -> list[int]:
    """The numbers of processes whose command holds a word."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if word in (entry / "cmdline").read_text(errors="replace"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def until_gone(word: str, seconds: float = 15) -> list[int]:
    """What of it still runs after some patience."""
    deadline = time.monotonic() + seconds
    while running(word) and time.monotonic() < deadline:
        time.sleep(0.05)
    return running(word)


def test_postgresql_works_inside_a_closed_folder_and_keeps_what_it_was_told(private: Path) -> None:
    server = EmbeddedPostgres(private, durable=False)
    for expected in (1, 2):
        server.start()
        try:
            with psycopg.connect(server.url()) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (x int)")
                connection.execute("INSERT INTO kept VALUES (1)")
                assert connection.execute("SELECT count(*) FROM kept").fetchone() == (expected,)
                user = connection.execute(
                    "SELECT current_user, usesuper FROM pg_user WHERE usename = current_user"
                )
                assert user.fetchone() == ("helpline", False)
        finally:
            server.stop()
    assert private.stat().st_mode & 0o777 == 0o700
    assert until_gone(str(private)) == []


def test_postgresql_listens_on_no_port_and_its_folder_is_closed(private: Path) -> None:
    server = EmbeddedPostgres(private, durable=False)
    server.start()
    try:
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SHOW log_parameter_max_length").fetchone() == ("0",)
            assert connection.execute("SHOW log_error_verbosity").fetchone() == ("terse",)
        assert server.data.stat().st_mode & 0o077 == 0
        assert server.sockets.stat().st_mode & 0o077 == 0
    finally:
        server.stop()


def test_two_of_each_run_beside_each_other(tmp_path: Path) -> None:
    servers = [kind(tmp_path / n, durable=False) for n in "ab" for kind in (EmbeddedPostgres, EmbeddedRedis)]
    for server in servers:
        server.folder.mkdir(exist_ok=True)
    try:
        for server in servers:
            server.start()
        assert all(server.alive() for server in servers)
    finally:
        for server in servers:
            server.stop()


def test_a_long_path_gets_a_short_place_for_its_sockets(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 80) / ("e" * 80)
    deep.mkdir(parents=True)
    database, broker = EmbeddedPostgres(deep, durable=False), EmbeddedRedis(deep, durable=False)
    try:
        database.start()
        broker.start()
        assert database.alive() and broker.alive()
    finally:
        database.stop()
        broker.close()
    assert not database.sockets.exists() and not broker.sockets.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root cannot run PostgreSQL as itself")
def test_where_namespaces_are_forbidden_root_uses_a_folder_of_its_own(
    private: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    outside = Path("/var/lib") / f"helpline-test-{os.getpid()}"
    monkeypatch.setattr(process, "namespace_prefix", lambda: None)
    monkeypatch.setattr(postgres, "_folder_outside", lambda _: outside)
    server = EmbeddedPostgres(private, durable=False)
    try:
        server.start()
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert outside.stat().st_mode & 0o777 == 0o700
    finally:
        server.stop()
        subprocess.run(["rm", "-rf", str(outside)], check=True)


def test_redis_keeps_its_wake_ups_over_a_kill(private: Path) -> None:
    server = EmbeddedRedis(private)
    server.start()
    try:
        with redis.Redis.from_url(server.url) as client:
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
            assert client.config_get("appendonly") == {"appendonly": "yes"}
            client.set("kept", "1")
            time.sleep(1.2)
        os.kill(running(str(server.socket))[0], signal.SIGKILL)
        server.stop()
        server.start()
        with redis.Redis.from_url(server.url) as client:
            assert client.get("kept") == b"1"
    finally:
        server.close()
    assert until_gone(str(private)) == []


@pytest.mark.parametrize("name", ["DATABASE_URL", "REDIS_URL", "DATABASE_URL_FILE"])
def test_nothing_embedded_starts_beside_servers_of_ones_own(name: str, private: Path) -> None:
    clean = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-m", "helpline.local"],
        env={**clean, name: "postgresql://elsewhere/x", "HELPLINE_DATA": str(private)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(f"{name.removesuffix('_FILE')} is set, so the embedded servers stay off.")
    assert list(private.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
def test_servers_end_when_their_supervisor_is_killed(private: Path) -> None:
    code = """
import sys, time
from pathlib import Path
from helpline.local.postgres import EmbeddedPostgres
from helpline.local.redis import EmbeddedRedis
EmbeddedPostgres(Path(sys.argv[1]), durable=False).start()
EmbeddedRedis(Path(sys.argv[1]), durable=False).start()
print("up", flush=True)
time.sleep(60)
"""
    child = subprocess.Popen([sys.executable, "-c", code, str(private)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout as output:
        assert output.readline() == "up\n"
    child.kill()
    child.wait()
    assert until_gone(str(private)) == []


def test_a_program_that_dies_is_started_again_and_it_is_said(private: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    mark = private / "mark"
    code = f"import pathlib, time; p = pathlib.Path({str(mark)!r}); p.write_text('x'); time.sleep(60)"
    supervisor.start("sleeper", Program([sys.executable, "-c", code], private / "log", dict(os.environ)))
    try:
        wait_for(mark.exists)
        os.kill(running(str(mark))[0], signal.SIGKILL)
        mark.unlink()
        wait_for(lambda: supervisor.look_after() or mark.exists())
    finally:
        supervisor.stop()
    assert said == ["sleeper has ended unexpectedly; starting it again in 1 s."]
    assert until_gone(str(mark)) == []


def wait_for(condition: object, seconds: float = 15) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_manage_py_finds_the_running_installation_but_never_overrides_a_choice(
    private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.remember(private, {"DATABASE_URL": "postgresql:///local", "HELPLINE_ENV": "development"})
    assert (private / "environment.json").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("HELPLINE_DATA", str(private))
    environment.adopt()
    assert os.environ["DATABASE_URL"] != "postgresql:///local"
    for name in ("DATABASE_URL", "REDIS_URL", "HELPLINE_ENV"):
        monkeypatch.delenv(name)
    environment.adopt()
    assert os.environ["DATABASE_URL"] == "postgresql:///local"
