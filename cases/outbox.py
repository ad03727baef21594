"""The sixth beat, tell: a Notice in each inbox and a Delivery for each further channel, in the action's transaction."""

import secrets
from datetime import datetime
from functools import partial

from django.db import models, transaction

from cases.enums import DeliveryChannel
from cases.models import Case, Delivery, FollowUp, Notice, Organisation, Referral, User
from cases.notices import people_of

Subject = Case | FollowUp | Referral


def tell(
    subject: Subject,
    kind: str,
    *,
    to: User | Organisation,
    by: User,
    key: str = "",
    at: datetime | None = None,
) -> None:
    """Tell the people of `to` once; a second telling under the same key finds the first.

    Nobody is told what they did themselves. With `at` the act is told as history (a replay, an import): silent.
    """
    if at is not None:
        return
    people = [person for person in people_of(to) if person.pk != by.pk]
    for person in people:
        _tell_one(subject, kind, person, key)
    if people:
        transaction.on_commit(partial(nudge))


def _tell_one(subject: Subject, kind: str, person: User, key: str) -> None:
    notice, is_new = Notice.objects.get_or_create(
        key=f"{kind}:{subject.pk}:{key}:{person.pk}",
        defaults={"to": person, "kind": kind, "code": _code(), **_links(subject)},
    )
    if is_new and person.email_address is not None:
        Delivery.objects.create(notice=notice, channel=DeliveryChannel.EMAIL)


def _links(subject: Subject) -> dict[str, models.Model]:
    if isinstance(subject, Case):
        return {"case": subject}
    if isinstance(subject, FollowUp):
        return {"case": subject.case, "follow_up": subject}
    return {"case": subject.case, "referral": subject}


def _code() -> str:
    return "-".join(secrets.choice("123456789") for _ in range(3))


def nudge() -> None:
    """Wake a worker; a broker that is away costs nothing, for the clock finds the rows."""
