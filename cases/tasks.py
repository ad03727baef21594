"""What an action sets going after commit: ids in, effect out."""

from celery import shared_task

from cases import outbox


@shared_task
def deliver() -> None:
    """Send what was just told. It takes no ids: a call that is lost or doubled changes nothing."""
    outbox.deliver()
