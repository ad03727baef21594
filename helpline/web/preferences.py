"""Choices that belong to a device, not to a person: theme, language and single-key shortcuts. Kept in cookies."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from cases.models import User

THEMES = ("auto", "light", "dark")
KEYS = ("on", "off")
COOKIES = {"theme": "theme", "keys": "keys"}
ALLOWED = {"theme": THEMES, "keys": KEYS}
YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen and go back to where the person was."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    for name, values in ALLOWED.items():
        chosen = request.POST.get(name)
        if chosen in values:
            response.set_cookie(
                COOKIES[name], chosen, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
            )
    return response


@login_not_required
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of this device; somebody signed in gets messages in it from now on, too."""
    response = set_language(request)
    chosen = response.cookies.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen and request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(interface_language=chosen.value)
    return response


def speak(response: HttpResponse, user: User, request: HttpRequest) -> HttpResponse:
    """Somebody comes in: in the language of the account, unless this device has been told another one."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.interface_language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


@require_GET
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still at the screen: the session goes on, nothing else happens."""
    return HttpResponse(status=204)
