"""What the human door forgets."""

from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone


@shared_task
def forget_sessions() -> None:
    """Sessions and counters whose time is over: they would tell for ever who was here, and when."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    table = connection.ops.quote_name(settings.CACHES["guards"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 - our own name
