"""What the machine door forgets."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone
from oauth2_provider.models import AccessToken

from api.models import IdempotentRequest

REMEMBERED_FOR = timedelta(hours=48)


@shared_task
def forget_old_requests() -> None:
    """Answered requests after two days, and tokens that have expired."""
    now = timezone.now()
    IdempotentRequest.objects.filter(created_at__lt=now - REMEMBERED_FOR).delete()
    AccessToken.objects.filter(expires__lt=now).delete()
