"""What stands between a name and a session: who counts as here, and counters that name nobody."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from cases.models import User
from cases.vault import fingerprint


def is_here(user: Any) -> bool:
    """Neither switched off nor of an organisation that is."""
    home = user.organisation
    return bool(user.is_active and (home is None or home.is_active))


class StaffBackend(AuthenticationBackend):
    """Asked at sign-in and with every request of a session: whoever is switched off, or works for an organisation
    that is, is nobody at once.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether this person counts as here."""
        return is_here(user)

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session, in one query."""
        user = User.objects.select_related("organisation").filter(pk=user_id).first()
        return user if user is not None and is_here(user) else None


def sealed_key(key: str, prefix: str, version: int) -> str:
    """The name of a counter as it is stored: keyed, for a plain hash of a handle and an address can be tried out."""
    return fingerprint(f"{prefix}:{version}:{key}".encode()).hex()
