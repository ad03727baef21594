"""Whether this installation lives, for those who route and watch.

`/healthz` says that this process answers and asks nobody else, so that a stopped worker or Redis never
takes intake down. `/readyz` looks at every part; what is missing is named.

`python -m helpline.health worker beat` answers the same for container engines, by its exit code.
"""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

# Beat says that it lives every 10 s; a minute of silence is an illness.
BEAT_SILENCE = timedelta(seconds=60)
PATIENCE_SECONDS = 1.8
_OK = "ok"


@login_not_required
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process is up."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The state of every part; 503 when one is missing."""
    states = _ask(PARTS)
    return JsonResponse(states, status=200 if set(states.values()) == {_OK} else 503)


def _ask(parts: dict[str, Callable[[], str]]) -> dict[str, str]:
    """Ask all parts at once; whoever does not answer in time is missing."""
    pool = ThreadPoolExecutor(max_workers=len(parts))
    answers = {name: pool.submit(_guarded, question) for name, question in parts.items()}
    wait(answers.values(), timeout=PATIENCE_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    return {name: answer.result() if answer.done() else "no answer" for name, answer in answers.items()}


def _guarded(question: Callable[[], str]) -> str:
    try:
        return question()
    except Exception as error:
        # The kind of error only: its words may quote an address or a password.
        return f"unavailable ({type(error).__name__})"
    finally:
        # This thread ends here, and its connection with it.
        connections.close_all()


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return _OK


def _redis() -> str:
    from django.conf import settings
    from redis import Redis

    with Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=1) as client:
        client.ping()
    return _OK


def _worker() -> str:
    from helpline.celery import app

    with app.connection_for_write(connect_timeout=0.5) as broker:
        answers = app.control.ping(timeout=1, limit=1, connection=broker)
    return _OK if answers else "no worker answers"


def _beat() -> str:
    from cases.models import Heartbeat

    beats = Heartbeat.objects.filter(name="beat", at__gte=timezone.now() - BEAT_SILENCE)
    return _OK if beats.exists() else "no sign of life"


def _keys() -> str:
    from cases.vault import keys

    keys.ring()
    return _OK


PARTS = {"database": _database, "redis": _redis, "worker": _worker, "beat": _beat, "keys": _keys}


if __name__ == "__main__":
    import django

    django.setup()
    found = _ask({name: PARTS[name] for name in sys.argv[1:] or PARTS})
    print(found)
    sys.exit(0 if set(found.values()) == {_OK} else 1)
