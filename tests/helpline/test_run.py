"""`make run` from beginning to end, on a folder of its own and without demo data."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.contrib.auth.hashers import check_password

from cases.enums import Role
from cases.models import User
from cases.vault import open_seed
from helpline.local.accounts import make_accounts
from tests.helpline.test_local_servers import running, until_gone, wait_for

OWN = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "HELPLINE_KEYS", "HELPLINE_ENV", "STATIC_ROOT", "EMAIL_URL"}
Run = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def own_variables(tmp_path: Path, port: int) -> dict[str, str]:
    """The variables of somebody who has just cloned the repository."""
    variables = {name: value for name, value in os.environ.items() if name not in OWN}
    return {**variables, "HELPLINE_DATA": str(tmp_path / "data"), "PORT": str(port), "HELPLINE_DEMO": "off"}


@pytest.fixture
def run(own_variables: dict[str, str]) -> Iterator[Run]:
    """Starts the whole helpline; what a test leaves is ended."""
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "helpline.local"]
        started.append(subprocess.Popen(command, env=own_variables, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for child in started:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()


def ready_line(child: subprocess.Popen[str]) -> str:
    """The line that says that it is ready."""
    assert child.stdout is not None
    lines = []
    for line in child.stdout:
        lines.append(line)
        if "ready" in line:
            return line
    raise AssertionError("".join(lines))


def test_it_starts_once_says_so_and_stops_without_a_trace(run: Run, port: int, tmp_path: Path) -> None:
    data = tmp_path / "data"
    for number in (signal.SIGTERM, signal.SIGINT):
        child = run()
        assert ready_line(child) == f"Helpline is ready at http://localhost:{port}/\n"
        with urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert set(json.load(answer).values()) == {"ok"}
        assert run().communicate()[0] == f"Helpline runs already with its data in {data}.\n"
        children = child_numbers(child.pid)
        assert len(children) >= 5
        child.send_signal(number)
        assert child.wait(30) == 0
        assert until_gone(str(data)) == []
        assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert data.stat().st_mode & 0o777 == 0o700
    assert not list(data.rglob("demo-*"))


def test_a_killed_worker_comes_back_and_a_killed_supervisor_leaves_nothing(
    run: Run, port: int, tmp_path: Path
) -> None:
    child = run()
    ready_line(child)
    worker = next(pid for pid in child_numbers(child.pid) if "celery -A helpline worker" in command_of(pid))
    os.kill(worker, signal.SIGKILL)
    assert child.stdout is not None
    assert child.stdout.readline() == "worker has ended unexpectedly; starting it again in 1 s.\n"
    children = child_numbers(child.pid)
    child.kill()
    child.wait()
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [command_of(pid) for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert until_gone(str(tmp_path / "data")) == []


def test_make_alone_may_be_interrupted(tmp_path: Path, own_variables: dict[str, str]) -> None:
    child = subprocess.Popen(["make", "run"], env=own_variables, start_new_session=True)
    try:
        wait_for((tmp_path / "data" / "postgres").exists, 60)
        child.send_signal(signal.SIGINT)
        child.wait(60)
        assert until_gone(str(tmp_path / "data")) == []
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait()


def test_it_can_be_stopped_while_it_is_still_setting_up(run: Run, tmp_path: Path) -> None:
    for seconds in (0.5, 2.0):
        child = run()
        time.sleep(seconds)
        child.send_signal(signal.SIGTERM)
        child.wait(30)
        assert until_gone(str(tmp_path / "data")) == []


@pytest.mark.django_db
def test_demo_accounts_are_one_for_each_role_in_a_private_file(tmp_path: Path) -> None:
    make_accounts(tmp_path)
    path = tmp_path / "demo-accounts.json"
    accounts = json.loads(path.read_text(encoding="utf-8"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [account["role"] for account in accounts] == [
        Role.COUNSELLOR,
        Role.COORDINATOR,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
        Role.PARTNER,
    ]
    for account in accounts:
        user = User.objects.get(handle=account["handle"])
        assert check_password(account["password"], user.password)
        assert open_seed(user.authenticator_set.get().data["secret"]) == account["totp_secret"]
    make_accounts(tmp_path)
    assert json.loads(path.read_text(encoding="utf-8")) == accounts


def child_numbers(parent: int) -> list[int]:
    """The processes a process has started, and theirs."""
    found = []
    for pid in running(""):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found += [pid, *child_numbers(pid)]
    return found


def command_of(pid: int) -> str:
    """The words a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""
