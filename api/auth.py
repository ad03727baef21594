"""Who a request comes from: a client with a bearer token, or a member of staff with a session."""

from hashlib import sha256
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AccessToken
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cases.models import User


class Token(NamedTuple):
    """What a bearer token grants beside the identity of its service user."""

    client_id: str
    scopes: frozenset[str]


class SignedIn(Request):
    """A request that has passed the permission: the one who asks is one of ours."""

    user: User


class BearerToken(BaseAuthentication):
    """One indexed query a request: the token's checksum leads to its client and the service user behind it."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        found = self.find(token.strip())
        if found is None:
            raise AuthenticationFailed(_("This token is not valid, or no longer."))
        return found

    def find(self, token: str) -> tuple[User, Token] | None:
        """The service user and rights of a token that is neither expired nor switched off."""
        checksum = sha256(token.encode()).hexdigest()
        row = (
            AccessToken.objects.filter(token_checksum=checksum, expires__gt=timezone.now())
            .filter(application__user__is_active=True)
            .exclude(application__user__organisation__is_active=False)
            .select_related("application__user")
            .defer("application__user__email_address")
            .first()
        )
        if row is None or row.application is None:
            return None
        scopes = frozenset(row.scope.split()) & frozenset(row.application.scopes)
        return row.application.user, Token(row.application.client_id, scopes)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="helpline"'
