"""Signing in: by handle and password, then a second factor. Nobody signs up, nobody resets by mail."""

import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal import auth as totp
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.enums import Role
from cases.vault import fingerprint, open_seed, seal_seed
from helpline.web.guards import is_here
from helpline.web.preferences import speak
from helpline.web.widgets import CodeInput

TOTP_SECONDS = 30
# Those who work at a screen. Service users have no password, and this door stays shut for them even if they got one.
PEOPLE = frozenset({Role.COUNSELLOR, Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR, Role.PARTNER})


class AccountAdapter(DefaultAccountAdapter):
    """What differs from allauth: no sign-up, no chatter, one message for a wrong handle and a wrong password."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Handle or password is wrong."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "incorrect_password": _("The password is wrong."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Handles are kept in lower case; whoever types a capital letter is the same person."""
        if "username" in credentials:
            credentials["username"] = credentials["username"].lower()
        user = super().authenticate(request, **credentials)
        return user if user is None or user.role in PEOPLE else None

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Nobody whose organisation is switched off, by password or by passkey."""
        if not is_here(user):
            return cast(HttpResponse, self.respond_user_inactive(request, user))
        return cast(HttpResponse | None, super().pre_login(request, user, **kwargs))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """The pages that follow are in the person's own language."""
        return speak(cast(HttpResponse, super().post_login(request, user, **kwargs)), user, request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Name and address together: a name alone would let anybody lock a counsellor out."""
        return (
            f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"
        )

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in: whoever just typed a password or a code is still there."""
        records = get_authentication_records(context.request, context.request.user)
        if records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out need no announcement, the page that follows says it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing about an account goes out by mail."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing about an account goes out by mail."""


class MFAAdapter(DefaultMFAAdapter):
    """Seeds and recovery codes lie sealed; the last second factor cannot be taken off."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is wrong. Check the clock of your phone, or wait for the next code."),
        "cannot_delete_authenticator": _("Everybody here needs a second factor. Add another one first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a seed."""
        return seal_seed(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed."""
        return open_seed(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only beside another one."""
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=kinds)
        return others.exclude(pk=authenticator.pk).exists()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Nothing about an account goes out by mail."""


class SignInForm(LoginForm):
    """Handle and password, without help texts that lead nowhere."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"].label = _("Handle")
        self.fields["login"].widget.attrs.update(
            {"autocapitalize": "off", "spellcheck": "false", "autofocus": True, "placeholder": ""}
        )
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs["placeholder"] = ""


class ConfirmPasswordForm(ReauthenticateForm):
    """The password again, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs["placeholder"] = ""


def code_field() -> forms.CharField:
    """Six digits of an app, or a recovery code of eight."""
    return forms.CharField(label=_("Code"), widget=CodeInput(attrs={"autofocus": True}), max_length=20)


class Once(forms.Form):
    """Takes a code of the app once for as long as it is valid; allauth remembers it for a third of that time."""

    def clean_code(self) -> str:
        """A code that opens, and has not opened anything yet."""
        code: str = super().clean_code()  # type: ignore[misc]
        if self.authenticator.type == Authenticator.Type.TOTP:  # type: ignore[attr-defined]
            counters = 2 * settings.MFA_TOTP_TOLERANCE + 1
            used = f"code:{fingerprint(f'{self.authenticator.user_id} {code}'.encode()).hex()}"  # type: ignore[attr-defined]
            if not cache.add(used, True, timeout=counters * TOTP_SECONDS):
                raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(Once, AuthenticateForm):
    """The second step of signing in."""

    code = code_field()


class ConfirmCodeForm(Once, ReauthenticateByCodeForm):
    """A code, before something that matters."""

    code = code_field()


class SetUpTOTPForm(ActivateTOTPForm):
    """Like allauth's, but the seed waits sealed in the session, because sessions lie in the database."""

    code = code_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        session = context.request.session
        waiting = session.get(totp.SECRET_SESSION_KEY)
        if not waiting:
            waiting = session[totp.SECRET_SESSION_KEY] = seal_seed(totp.generate_totp_secret())
        self.secret = open_seed(waiting)

    def clean_code(self) -> str:
        """A code of the new app, which is also the second factor of this very session."""
        code: str = super().clean_code()
        record_authentication(context.request, self.user, "mfa", type=Authenticator.Type.TOTP)
        return code
