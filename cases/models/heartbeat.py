"""Signs of life of the processes that nobody watches."""

from django.db import models
from django.utils import timezone


class Heartbeat(models.Model):
    """The last moment a process said that it lives."""

    name = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})
