"""Who is told, and in which words. Words that leave the house name no person, no case and no kind of trouble."""

from collections.abc import Iterable
from email.utils import parseaddr
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from cases.enums import FollowUpStatus, NoticeKind, ReferralStatus, Role
from cases.models import Delivery, FollowUp, Notice, Organisation, User
from cases.regions import ABROAD, EVERYWHERE, UNKNOWN


def people_of(to: User | Organisation | Iterable[User]) -> list[User]:
    """The people a telling reaches: users, or those who work at an organisation. Nobody who is switched off."""
    if isinstance(to, Organisation):
        return list(User.objects.filter(organisation=to, role=Role.PARTNER, is_active=True))
    people = [to] if isinstance(to, User) else to
    return [person for person in people if person.is_active]


def coordinators_of(region: str) -> Iterable[User]:
    """The coordinators in whose queue a case of this region stands."""
    coordinators = User.objects.filter(role=Role.COORDINATOR, is_active=True)
    if region in (UNKNOWN, ABROAD):
        return coordinators
    return coordinators.filter(regions__overlap=[region, EVERYWHERE])


def notice_key(kind: str, subject: UUID, key: str, to: UUID) -> str:
    """What makes a notice one: a second telling with the same key finds the first."""
    return f"{kind}:{subject}:{key}:{to}"


def due_key(follow_up: FollowUp) -> str:
    """The key of a promise that falls due; a promise that was moved has another one."""
    return notice_key(
        NoticeKind.FOLLOW_UP_DUE, follow_up.pk, str(follow_up.revision), follow_up.assigned_to_id
    )


def still_applies(notice: Notice) -> bool:
    """Whether the notice is still worth a message: the promise open and not moved, the case theirs, the offer open."""
    if not notice.to.is_active or not notice.to.email_address:
        return False
    if notice.follow_up is not None:
        return notice.follow_up.status == FollowUpStatus.OPEN and notice.key == due_key(notice.follow_up)
    if notice.kind == NoticeKind.CASE_ASSIGNED and notice.case is not None:
        return notice.case.assignee_id == notice.to_id
    if notice.kind == NoticeKind.REFERRAL_OFFERED and notice.referral is not None:
        return notice.referral.status == ReferralStatus.OFFERED
    return True


def email_of(delivery: Delivery, connection: BaseEmailBackend) -> EmailMessage:
    """The message of a delivery, in the language its reader works in. Every attempt has the same Message-ID."""
    notice = delivery.notice
    with translation.override(notice.to.interface_language):
        words = _("You have a task. Code %(code)s.") % {"code": notice.code}
        return EmailMessage(
            subject=_("You have a task"),
            body=f"{words}\n\n{settings.PUBLIC_URL}\n",
            to=[notice.to.email_address or ""],
            headers={"Message-ID": _message_id(delivery), "Auto-Submitted": "auto-generated"},
            connection=connection,
        )


def _message_id(delivery: Delivery) -> str:
    """From the key of the notice, so that a row written anew after a restored backup is still the same message."""
    digest = sha256(f"{delivery.channel}:{delivery.notice.key}".encode()).hexdigest()[:32]
    return f"<{digest}@{parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition('@')[2] or 'localhost'}>"
