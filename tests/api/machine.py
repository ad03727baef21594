"""A client as a partner's or our own program uses it: made by the command, signed in at the token address."""

import json
from collections.abc import Iterable
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from api.models import Client as OAuthClient
from cases.models import Organisation, User


class Machine:
    """Made with its scopes; `ask` and `send` carry its token."""

    def __init__(self, *scopes: str, organisation: Organisation | None = None) -> None:
        home = ["--organisation", organisation.name] if organisation else ["--integration"]
        out = StringIO()
        call_command(
            "create_partner_client", *home, "--scopes", " ".join(scopes), stdout=out, stderr=StringIO()
        )
        self.credentials: dict[str, str] = json.loads(out.getvalue())
        self.http = Client()
        self.token = self.sign_in().json()["access_token"]

    @property
    def client(self) -> OAuthClient:
        return OAuthClient.objects.select_related("user").get(client_id=self.credentials["client_id"])

    @property
    def user(self) -> User:
        return self.client.user

    def sign_in(self, **more: str) -> Any:
        """POST /o/token/."""
        body = {"grant_type": "client_credentials", **self.credentials, **more}
        return self.http.post("/o/token/", body)

    def ask(self, path: str, **headers: str) -> Any:
        """GET."""
        return self.http.get(f"/api/v1/{path}", headers=self._headers(headers))

    def send(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST of JSON; bytes go as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body or {})
        headers = {"Content-Type": "application/json", **self._headers(headers)}
        kind = headers.pop("Content-Type")
        return self.http.post(f"/api/v1/{path}", data, content_type=kind, headers=headers)

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"Authorization": f"Bearer {self.token}", **named}


def pointers(response: HttpResponse) -> list[tuple[str, str]]:
    """Where the errors of a problem point to, and their codes."""
    return [(line["pointer"], line["code"]) for line in response.json()["errors"]]  # type: ignore[attr-defined]


def ids(response: Any) -> Iterable[str]:
    """The ids of a list."""
    return [row["id"] for row in response.json()["results"]]
