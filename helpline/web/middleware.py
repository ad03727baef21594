"""What every page passes: an end to forgotten sessions, a second factor, no copies, the viewer's time zone."""

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from helpline.web.words import MOSCOW

Handler = Callable[[HttpRequest], HttpResponse]

POLL_HEADER = "X-Helpline-Poll"
STARTED, SEEN = "started_at", "seen_at"
# A session row is written at most this often, so that reading a page does not cost a write.
WRITE_EVERY = 30
SET_UP = "mfa_activate_totp"
# Where somebody without a second factor may go: the set-up, what it asks on its way, and out.
ON_THE_WAY = (SET_UP, "account_reauthenticate", "account_logout", "set_language", "preferences", "stay")
SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
ENOUGH = "second_factor"
# Once: the function walks through the files of all zones, for 5 ms.
ZONES = frozenset(available_timezones())


class IdleSession:
    """Ends a session after 15 minutes without activity, and after 8 hours whatever happens.

    Polling is no activity: a page left open on a desk must not keep the door open.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if self.is_over(request):
                logout(request)
            elif POLL_HEADER not in request.headers:
                self.renew(request)
        return self.get_response(request)

    def is_over(self, request: HttpRequest) -> bool:
        """Whether nobody did anything for too long, or the longest time has passed."""
        now = time.time()
        started = request.session.get(STARTED, now)
        seen = request.session.get(SEEN, now)
        return now - seen > settings.SESSION_IDLE_SECONDS or now - started > settings.SESSION_COOKIE_AGE

    def renew(self, request: HttpRequest) -> None:
        """Remember that somebody is at the screen."""
        now = time.time()
        request.session.setdefault(STARTED, now)
        if now - request.session.get(SEEN, 0) >= WRITE_EVERY:
            request.session[SEEN] = now


class LoginRequired(LoginRequiredMiddleware):
    """Everything behind sign-in, unless a view says otherwise; a fragment sends the whole page to sign in."""

    def handle_no_permission(self, request: HttpRequest, view_func: Handler) -> HttpResponse:
        """To the sign-in page, and back to where the person was."""
        if request.headers.get("HX-Request"):
            here = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
            query = urlencode({"next": here})
            return HttpResponse(status=401, headers={"HX-Redirect": f"{reverse('account_login')}?{query}"})
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseRedirect(reverse("account_login"))
        return super().handle_no_permission(request, view_func)


class RequireSecondFactor:
    """Sends whoever has no second factor yet to set one up, and nowhere else.

    The factor counts for the session that gave it: a session opened by the password alone, before the person set a
    factor up in another one, is no way around it and ends.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Asked before each page: signed in, but by a password alone?"""
        if not request.user.is_authenticated or self.is_secured(request):
            return None
        if self.has_one(request):
            logout(request)
            return _away(request, reverse("account_login"))
        if request.resolver_match and request.resolver_match.view_name in ON_THE_WAY:
            return None
        return _away(request, reverse(SET_UP))

    def is_secured(self, request: HttpRequest) -> bool:
        """Whether this session has given a second factor that still exists; asked once a session."""
        if request.session.get(ENOUGH) == str(request.user.pk):
            return True
        records = get_authentication_records(request, request.user)
        given = any(record["method"] == "mfa" for record in records) and self.has_one(request)
        if given:
            request.session[ENOUGH] = str(request.user.pk)
        return given

    def has_one(self, request: HttpRequest) -> bool:
        """Whether this person has a second factor at all."""
        return Authenticator.objects.filter(user_id=request.user.pk, type__in=SECOND_FACTORS).exists()


def _away(request: HttpRequest, address: str) -> HttpResponse:
    """Somewhere else, as a whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


class NoStore:
    """Keeps pages out of every cache: a shared computer must not show them after sign-out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ["Cookie", "HX-Request"])
        return response


class ViewerZone:
    """Shows times in the zone of the viewer's device; Moscow time until it has told."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.COOKIES.get("zone", "")
        with timezone.override(ZoneInfo(name) if name in ZONES else MOSCOW):
            return self.get_response(request)
