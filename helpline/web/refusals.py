"""The one place where a refusal of the domain becomes a page: 403, 404, 409, or a message at the field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.defaults import bad_request as default_bad_request

from cases.errors import BadInput, NotAllowed, StaleVersion, WrongStatus
from helpline.web.conflicts import Conflict, back_from, conflict_page
from helpline.web.forms.call import CallForm

Handler = Callable[[HttpRequest], HttpResponse]

STATUSES: dict[str, str | Promise] = {
    "held": _("A detention of this case is still open. Record its end first."),
    "ended": _("The end of this detention has been recorded already."),
    "closed": _("The case is closed. Reopen it first."),
    "merged": _("The case was merged into another one."),
    "done": _("This has been done already."),
    "cancelled": _("This was cancelled when the case was closed."),
    "new": _("The case is still new. Assign it first."),
    "referred": _("The case is with a partner."),
    "accepted": _("The case has been accepted already."),
    "declined": _("The case has been declined already."),
}
MACHINERY = frozenset({"csrfmiddlewaretoken", "version", "client_uuid", "started_at", "back"})


def attempt(form: forms.Form, action: Callable[..., Any], record: Any, **more: Any) -> Any:
    """Do what the form says; None when it cannot be done as typed, and then the form says why."""
    if not form.is_valid():
        return None
    try:
        return action(record, **form.cleaned_data, **more)
    except BadInput as refusal:
        show_refused(form, refusal)
    except StaleVersion as stale:
        raise Conflict(form, record, stale) from stale
    return None


def show_refused(form: forms.Form, refusal: BadInput, **names: str) -> None:
    """Put the domain's messages to the fields they speak of; `names` says where a page calls one otherwise."""
    for field, messages in refusal.errors.items():
        name = names.get(field, field)
        for message in messages:
            form.add_error(name if name in form.fields else None, message)


class Refusals:
    """Turns refusals into pages, and never loses what somebody typed without showing it to them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        """A form sent after the session ended would vanish behind the sign-in page."""
        if request.method != "POST" or request.user.is_authenticated or not _is_page(request, view):
            return None
        if request.headers.get("HX-Request"):
            return render(request, "web/_session_over.html")
        return render(request, "web/session_over.html", {"typed": typed(request)}, status=401)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Each refusal has one answer."""
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", status=403)
        if isinstance(exception, WrongStatus):
            return _not_possible(request, exception)
        if isinstance(exception, Conflict):
            return conflict_page(request, exception)
        return None


def _is_page(request: HttpRequest, view: Any) -> bool:
    match = request.resolver_match
    return bool(match and match.app_name == "web" and getattr(view, "login_required", True))


def typed(request: HttpRequest) -> list[tuple[Any, str]]:
    """What came with a form, to be shown back: (label, text)."""
    labels = {name: field.label for name, field in CallForm.base_fields.items()}
    return [
        (labels.get(name, name), value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and name not in MACHINERY
    ]


def _not_possible(request: HttpRequest, refusal: WrongStatus) -> HttpResponse:
    reason = STATUSES.get(refusal.status, _("Its status does not allow this any more."))
    context = {"reason": reason, "typed": typed(request), "back": back_from(request)}
    return render(request, "web/not_possible.html", context, status=409)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; a form that is too large gets a page that says what to do about it."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "web/too_large.html", status=413)
    return default_bad_request(request, exception)
