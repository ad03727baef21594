"""The bell that wakes a worker: rung from a thread of its own, so that nobody ever waits for a broker."""

import logging
import threading
import time

from celery import current_app

logger = logging.getLogger(__name__)

# A call nobody answered within this time has no worth: the clock has found the rows long before.
_WORTH_SECONDS = 60
# Many calls in a row become one.
_PAUSE_SECONDS = 0.05

_wanted = threading.Event()
_starting = threading.Lock()
_ringer: threading.Thread | None = None


def nudge() -> None:
    """Wake a worker. It costs a request nothing and never fails: if no broker hears it, the clock finds the rows."""
    _wanted.set()
    if _ringer is None or not _ringer.is_alive():
        _start()


def _start() -> None:
    """Start the thread on the first use in this process; a forked child has none of its parent's threads."""
    global _ringer
    with _starting:
        if _ringer is None or not _ringer.is_alive():
            _ringer = threading.Thread(target=_ring, name="bell", daemon=True)
            _ringer.start()


def _ring() -> None:
    while _wanted.wait():
        _wanted.clear()
        try:
            # By name: whoever tells stands below the tasks and does not know them.
            current_app.send_task(
                "cases.tasks.deliver", expires=_WORTH_SECONDS, ignore_result=True, retry=False
            )
        except Exception as error:
            logger.warning("no broker heard the bell", extra={"kind": type(error).__name__})
        time.sleep(_PAUSE_SECONDS)
