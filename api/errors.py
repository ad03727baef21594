"""The one mapping from what goes wrong to problem details (RFC 9457, `application/problem+json`).

Codes are stable, words are not. A body that cannot be read is 400; one that can be read but cannot be true is
422, whether the serializer or the action noticed; each line of `errors` points to its field.
"""

import logging
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, OperationalError, models
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from cases import errors
from cases.models import User
from cases.vault import KeysMissing

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
TRY_AGAIN_SECONDS = 5


class BadQuery(exceptions.APIException):
    """A parameter of the address that is unknown or no value of its filter."""

    status_code = 400

    def __init__(self, parameters: Mapping[str, list[str]]) -> None:
        super().__init__()
        self.parameters = parameters


class Unprocessable(exceptions.ValidationError):
    """A body that was read, and cannot be true."""

    status_code = 422


def problem(status: int, code: str, detail: Any = "", **members: Any) -> Response:
    """One problem as a response; `code` is what programs should look at."""
    body = {
        "type": f"urn:helpline:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(detail),
        **members,
    }
    return Response(body, status=status, content_type=MEDIA_TYPE)


def problem_handler(error: Exception, context: Mapping[str, Any]) -> Response:
    """Answer any exception of a view; what nobody foresaw is logged without its words and told as 500."""
    response = _answer(error)
    request_id = getattr(context["request"]._request, "request_id", None)
    if request_id is not None and isinstance(response.data, dict):
        response.data["request_id"] = str(request_id)
    return response


def _answer(error: Exception) -> Response:
    if isinstance(error, errors.Refusal):
        return _of_refusal(error)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, Http404):
        return problem(404, "not_found", _("There is nothing here that you may see."))
    if isinstance(error, PermissionDenied):
        return problem(403, "not_allowed", _("You may not do this."))
    if isinstance(error, RequestDataTooBig):
        return problem(413, "too_large", _("The body is too large."))
    if isinstance(error, OperationalError | InterfaceError | KeysMissing):
        logger.error("the API cannot answer now", exc_info=error)
        answer = problem(503, "unavailable", _("Try again in a moment."))
        answer["Retry-After"] = str(TRY_AGAIN_SECONDS)
        return answer
    logger.error("an error nobody foresaw", exc_info=error)
    return problem(500, "internal", _("Something went wrong here. It was logged under the request id."))


def _of_refusal(error: errors.Refusal) -> Response:
    if isinstance(error, errors.BadInput):
        lines = [
            {"pointer": _pointer([field]), "code": "invalid", "detail": text}
            for field, texts in error.errors.items()
            for text in texts
        ]
        return problem(422, "bad_input", _("Some of this cannot be true."), errors=lines)
    if isinstance(error, errors.StaleVersion):
        current = {name: _shown(value) for name, value in error.current.items()}
        detail = _("Somebody else saved in between.")
        return problem(412, "stale_version", detail, version=error.version, current=current)
    if isinstance(error, errors.WrongStatus):
        detail = _("This step is not possible now.")
        return problem(409, "wrong_status", detail, step=error.verb, current_status=error.status)
    if isinstance(error, errors.KeyReused):
        return problem(422, "key_reused", _("The same key came before with another content."))
    if isinstance(error, errors.NotAllowed) and error.verb.startswith("scope "):
        scope = error.verb.partition(" ")[2]
        return problem(403, "insufficient_scope", _("The token lacks a scope."), scope=scope)
    return problem(403, "not_allowed", _("You may see this, but you may not do it."))


def _of_framework(error: exceptions.APIException) -> Response:
    if isinstance(error, BadQuery):
        lines = [
            {"parameter": name, "code": "invalid", "detail": text}
            for name, texts in error.parameters.items()
            for text in texts
        ]
        return problem(
            400, "bad_query", _("Some parameters are unknown or have no such value."), errors=lines
        )
    if isinstance(error, exceptions.ValidationError):
        lines = list(_lines(error.detail, []))
        return problem(422, "bad_input", _("Some of this cannot be true."), errors=lines)
    code = error.get_codes() if isinstance(error.get_codes(), str) else error.default_code
    answer = problem(error.status_code, str(code), error.detail)
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        answer["WWW-Authenticate"] = getattr(error, "auth_header", "Bearer")
    if isinstance(error, exceptions.Throttled):
        answer["Retry-After"] = str(int(getattr(error, "wait", None) or 1))
    return answer


def _lines(detail: Any, path: list[str]) -> Iterator[dict[str, str]]:
    """Every message of a serializer with the JSON pointer of its field."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _lines(inner, path if name == "non_field_errors" else [*path, str(name)])
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, list | Mapping)
            if inner:
                yield from _lines(inner, [*path, str(place)] if nested else path)
    else:
        yield {"pointer": _pointer(path), "code": detail.code, "detail": str(detail)}


def _pointer(path: list[str]) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in path)


def _shown(value: Any) -> Any:
    if isinstance(value, User):
        return value.handle
    return str(value.pk) if isinstance(value, models.Model) else value
