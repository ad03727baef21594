"""Choices that belong to a device, not to a person: theme and single-key shortcuts. Kept in cookies."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

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


@require_GET
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is still at the screen: the session goes on, nothing else happens."""
    return HttpResponse(status=204)
