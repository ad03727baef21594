"""The Celery application: the hands and the alarm clock, never the truth."""

import logging.config
import os
import time
from typing import Any

from celery import Celery, beat, signals
from celery.app.amqp import AMQP
from celery.utils.log import get_logger

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpline.settings")

logger = get_logger(__name__)


class SilentAMQP(AMQP):
    """Messages without the readable copy of their arguments that Celery adds for its monitors."""

    def as_task_v2(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.update(argsrepr="-", kwargsrepr="-")
        return super().as_task_v2(*args, **kwargs)


class Scheduler(beat.Scheduler):
    """Celery's beat, which also leaves a sign of life where `/readyz` looks for it."""

    heartbeat_every = 10.0
    _last_beat = 0.0

    def tick(self, *args: Any, **kwargs: Any) -> float:
        wait = super().tick(*args, **kwargs)
        if time.monotonic() - self._last_beat >= self.heartbeat_every:
            self._beat()
        return min(wait, self.heartbeat_every)

    def _beat(self) -> None:
        from django.db import Error, close_old_connections

        from cases.models import Heartbeat

        try:
            close_old_connections()
            Heartbeat.beat("beat")
            self._last_beat = time.monotonic()
        except Error:
            logger.warning("beat: the database is away")


@signals.setup_logging.connect
def log_as_settings_say(**_: Any) -> None:
    """Celery's own log format would repeat the words of errors; with a receiver here it sets up none."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)


app = Celery("helpline", amqp=SilentAMQP)
# "Current" is said to this thread alone; a request runs in another one and would meet a Celery without settings.
app.set_default()
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["cases"], related_name="schedule")
