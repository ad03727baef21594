"""Who a request comes from: a client with a bearer token, or a member of staff with a session."""

from hashlib import sha256
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from cases.models import User

# Written by hand, because this is asked with every request: the ORM takes five times as long to say it.
COLUMNS = (
    "id",
    "handle",
    "role",
    "regions",
    "languages",
    "organisation_id",
    "interface_language",
    "is_active",
)
FIND = """
    SELECT client.client_id, token.scope, client.scopes,
           person.id, person.handle, person.role, person.regions, person.languages, person.organisation_id,
           person.interface_language, person.is_active
    FROM oauth2_provider_accesstoken token
    JOIN api_client client ON client.id = token.application_id
    JOIN cases_user person ON person.id = client.user_id AND person.is_active
    LEFT JOIN cases_organisation home ON home.id = person.organisation_id
    WHERE token.token_checksum = %s AND token.expires > %s AND home.is_active IS NOT FALSE
"""


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
        with connection.cursor() as cursor:
            cursor.execute(FIND, [sha256(token.encode()).hexdigest(), timezone.now()])
            row = cursor.fetchone()
        if row is None:
            return None
        client_id, asked, granted, *columns = row
        user = User.from_db(connection.alias, COLUMNS, columns)
        return user, Token(client_id, frozenset(asked.split()) & frozenset(granted))

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="helpline"'
