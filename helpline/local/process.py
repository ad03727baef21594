"""Children that cannot outlive their parent."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def die_with_parent(stop: signal.Signals) -> Callable[[], None]:
    """Have the kernel send `stop` to this process when its parent is gone, even by SIGKILL (Linux)."""
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        if libc is not None:
            libc.prctl(_PR_SET_PDEATHSIG, int(stop), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def start(
    command: list[str],
    *,
    stop: signal.Signals = signal.SIGTERM,
    log: Path | None = None,
    env: dict[str, str] | None = None,
    user: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that a terminal's Ctrl-C reaches only the supervisor."""
    with (log or Path(os.devnull)).open("ab") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output if log else None,
            stderr=subprocess.STDOUT if log else None,
            env=env,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            start_new_session=True,
            preexec_fn=die_with_parent(stop),
        )


def finish(child: subprocess.Popen[bytes], stop: signal.Signals, patience: float = 20) -> None:
    """Ask a child to stop, wait, and end it and its own children if it does not listen."""
    if child.poll() is None:
        child.send_signal(stop)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    child.wait()


def unprivileged_number() -> int:
    """The number of an account without rights; it needs a name, because PostgreSQL looks that up."""
    others = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall() if entry.pw_uid != 0}
    if not others:
        raise RuntimeError("This machine has no account beside root, and PostgreSQL refuses to run as root.")
    return others.get("nobody", next(iter(others.values())))


@cache
def namespace_prefix() -> tuple[str, ...] | None:
    """The words before a command that must not see itself as root: none for ordinary users.

    None where this machine forbids user namespaces.
    """
    if os.geteuid() != 0:
        return ()
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    # What the process believes to be; outside it stays who it was.
    prefix = (unshare, "--user", f"--map-user={unprivileged_number()}")
    tried = subprocess.run([*prefix, "true"], capture_output=True)
    return prefix if tried.returncode == 0 else None


def interrupted_make() -> Callable[[], bool]:
    """A question to ask again and again: has the `make` that started us been interrupted, or is it gone?

    A terminal's Ctrl-C reaches make and us alike. A SIGINT sent to make alone reaches nobody else: make
    then waits for its children without telling them, and only its signal mask shows it (Linux).
    """
    parent = os.getppid()
    status = Path(f"/proc/{parent}/status")

    def blocks_interrupts() -> bool:
        words = status.read_text()
        return bool(int(words.partition("SigBlk:")[2].split()[0], 16) & (1 << (signal.SIGINT - 1)))

    try:
        watched = Path(f"/proc/{parent}/comm").read_text().strip() == "make"
    except OSError:
        watched = False

    def asked() -> bool:
        try:
            return watched and (os.getppid() != parent or blocks_interrupts())
        except OSError:
            return True

    return asked
