"""`manage.py create_partner_client --organisation NAME --scopes "a b"`: a client, its secret shown once."""

import json
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from oauth2_provider.generators import generate_client_secret

from api.models import Client
from api.scopes import FOR_ROLE
from cases.enums import Role
from cases.models import Organisation, User


class Command(BaseCommand):
    help = "Makes an OAuth2 client that acts as a service user of its own, and prints its id and secret once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", help="the partner organisation; it is made if there is none")
        parser.add_argument(
            "--scopes", required=True, help='rights, for example "cases:read referrals:answer"'
        )
        parser.add_argument("--integration", action="store_true", help="a client of the helpline itself")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        role = Role.INTEGRATION if options["integration"] else Role.PARTNER
        scopes = _checked(role, options["scopes"].split())
        if role == Role.PARTNER and not options["organisation"]:
            raise CommandError("A partner's client needs --organisation NAME.")
        secret = generate_client_secret()
        client = Client.objects.create(
            user=_service_user(role, options["organisation"]),
            scopes=scopes,
            client_secret=secret,
            client_type=Client.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Client.GRANT_CLIENT_CREDENTIALS,
        )
        self.stdout.write(json.dumps({"client_id": client.client_id, "client_secret": secret}))


def _checked(role: Role, scopes: list[str]) -> list[str]:
    refused = sorted(set(scopes) - FOR_ROLE[role])
    if refused or not scopes:
        raise CommandError(
            f"Not for this client: {' '.join(refused)}. Choose of: {' '.join(sorted(FOR_ROLE[role]))}"
        )
    return sorted(set(scopes))


def _service_user(role: Role, organisation: str | None) -> User:
    """A user nobody can sign in as."""
    home = Organisation.objects.get_or_create(name=organisation)[0] if organisation else None
    return User.objects.create_user(f"client-{secrets.token_hex(5)}", role, organisation=home)
