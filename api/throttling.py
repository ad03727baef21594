"""How often one client may ask: a counter a minute in Redis. Redis away means no limit, never no answer."""

import logging
import time
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpResponse
from redis import Redis, RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

logger = logging.getLogger(__name__)
WINDOW = 60
REST_AFTER_FAILURE = 5.0
_resting_until = 0.0


class Spent(NamedTuple):
    """What is left of a limit in the running minute."""

    limit: int
    used: int
    seconds_left: int

    def tell(self, response: HttpResponse) -> None:
        """As the IETF draft on rate limit headers writes it."""
        left = max(0, self.limit - self.used)
        response["RateLimit-Policy"] = f'"default";q={self.limit};w={WINDOW}'
        response["RateLimit"] = f'"default";r={left};t={self.seconds_left}'


# One for the process, made before its threads: a client that one of them made twice and dropped would take
# the connection of the other with it. It connects when first asked.
_redis = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.2, socket_timeout=0.2)


def spend(name: str, limit: int) -> Spent | None:
    """Count one request of `name`; None where nobody counts because Redis is away."""
    global _resting_until
    if time.monotonic() < _resting_until:
        return None
    now = int(time.time())
    key = f"api:spent:{name}:{now // WINDOW}"
    try:
        with _redis.pipeline(transaction=False) as pipe:
            pipe.incr(key)
            pipe.expire(key, 2 * WINDOW)
            used = int(pipe.execute()[0])
    except RedisError:
        _resting_until = time.monotonic() + REST_AFTER_FAILURE
        logger.warning("no request is counted: Redis is away")
        return None
    return Spent(limit, used, WINDOW - now % WINDOW)


class PerUser(BaseThrottle):
    """A limit for each user; every client has a service user of its own."""

    spent: Spent | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated:
            return True  # refused already, by the permission
        self.spent = spend(f"user:{request.user.pk}", settings.API_REQUESTS_A_MINUTE)
        request._request.spent = self.spent  # type: ignore[attr-defined]
        return self.spent is None or self.spent.used <= self.spent.limit

    def wait(self) -> float | None:
        return self.spent.seconds_left if self.spent else None
