"""Demo accounts, one for each role, with a password and a second factor written into one private file."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from cases.enums import Language, Role
from cases.models import Organisation, User

FILE = "demo-accounts.json"
PARTNER = "Demo partner organisation"
_EVERYWHERE = ["*"]
_ROLES = (Role.COUNSELLOR, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER)
_LANGUAGES = [Language.RU, Language.EN, Language.TG, Language.UZ, Language.KY]


def make_accounts(folder: Path) -> None:
    """Make the demo accounts unless the file of an earlier start still fits."""
    path = folder / FILE
    if path.exists() and _all_there(json.loads(path.read_text(encoding="utf-8"))):
        return
    with transaction.atomic():
        accounts = [_make(role) for role in _ROLES]
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(accounts, file, indent=2)
        part.replace(path)


def _all_there(accounts: list[dict[str, Any]]) -> bool:
    handles = {account["handle"] for account in accounts}
    return User.objects.filter(handle__in=handles, is_active=True).count() == len(_ROLES)


def _make(role: Role) -> dict[str, str]:
    password, secret = secrets.token_urlsafe(18), generate_totp_secret()
    handle = f"demo-{role.value}"
    user = User.objects.filter(handle=handle).first()
    if user is None:
        user = User.objects.create_user(
            handle,
            role,
            regions=_EVERYWHERE,
            languages=_LANGUAGES,
            organisation=_partner() if role == Role.PARTNER else None,
            email_address=f"{handle}@localhost",
            interface_language=Language.EN,
        )
    user.set_password(password)
    user.save(update_fields=["password"])
    Authenticator.objects.filter(user_id=user.pk).delete()
    TOTP.activate(user, secret)
    return {"role": role.value, "handle": handle, "password": password, "totp_secret": secret}


def _partner() -> Organisation:
    return Organisation.objects.get_or_create(name=PARTNER, defaults={"regions": _EVERYWHERE})[0]
