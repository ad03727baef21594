"""Writing: the visible row or 404, a body that can be true or 422, and every POST once per Idempotency-Key."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import models, transaction
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.response import Response

from api.auth import SignedIn
from api.models import IdempotentRequest
from api.reading import Shape, row
from api.renderers import dump
from api.serializers.bodies import Body
from cases.errors import KeyReused, NotAllowed
from cases.rules import may
from cases.vault import fingerprint

Row = TypeVar("Row", bound=models.Model)
Handler = Callable[..., Response]
REPLAYED = "Idempotency-Replayed"
_KEY = re.compile(r"[\x21-\x7e]{1,64}")
_VERSION = re.compile(r'(?:W/)?"(\d{1,9})(?:\.[0-9a-f]*)?"')


def visible(model: type[Row], pk: UUID, request: SignedIn, verb: str) -> Row:
    """The row, 404 where it does not exist for this user, NotAllowed where the role never has the verb."""
    record: Row | None = model.objects.visible_to(request.user).filter(pk=pk).first()  # type: ignore[attr-defined]
    if record is None:
        raise Http404
    if not may(request.user, verb):
        raise NotAllowed(verb)
    return record


def read(body: type[Body], request: SignedIn) -> dict[str, Any]:
    """What was sent, checked field by field."""
    given = body(data=request.data, context={"user": request.user})
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def version_of(request: SignedIn) -> int | None:
    """The version that If-Match names; None where the header is missing or `*`."""
    header = request.headers.get("If-Match", "*").strip()
    if header == "*":
        return None
    match = _VERSION.fullmatch(header)
    if match is None:
        raise ParseError(_("If-Match takes one ETag of ours."))
    return int(match.group(1))


def key_of(request: SignedIn) -> str | None:
    """The Idempotency-Key, with or without the quotes of a structured header."""
    header = request.headers.get("Idempotency-Key")
    if header is None:
        return None
    key = header.strip().strip('"')
    if not _KEY.fullmatch(key):
        raise ParseError(_("An Idempotency-Key has 1 to 64 visible ASCII characters."))
    return key


def once(handler: Handler) -> Handler:
    """Answer a POST in one transaction, and a repetition of it under the same key with the first answer.

    The row that remembers is written in the same transaction as the effect: a crash leaves both or neither.
    A twin that comes while the first is at work waits for it at the unique index.
    """

    @wraps(handler)
    @transaction.atomic
    def answer_once(view: Any, request: SignedIn, *args: Any, **kwargs: Any) -> Response:
        key = key_of(request)
        if key is None:
            return handler(view, request, *args, **kwargs)
        mark = fingerprint(b"\0".join([b"POST", request.path.encode(), request._request.body]))
        remembered, is_new = IdempotentRequest.objects.get_or_create(
            user=request.user, key=key, defaults={"fingerprint": mark}
        )
        if not is_new:
            return _replayed(remembered, mark)
        response = handler(view, request, *args, **kwargs)
        remembered.status, remembered.answer = response.status_code, dump(response.data)
        remembered.save(update_fields=["status", "answer"])
        return response

    return answer_once


def _replayed(remembered: IdempotentRequest, mark: bytes) -> Response:
    if bytes(remembered.fingerprint) != mark:
        raise KeyReused(remembered.key)
    body = orjson.Fragment(bytes(remembered.answer))
    return Response(body, status=remembered.status, headers={REPLAYED: "true"})


def creates(body: type[Body], shape: Shape) -> Callable[[Handler], Handler]:
    """A POST to the list."""

    def decorate(handler: Handler) -> Handler:
        documented: Handler = extend_schema(request=body, responses={201: shape})(once(handler))
        return documented

    return decorate


def step(body: type[Body], shape: Shape, status: int = 200) -> Callable[[Handler], Handler]:
    """A POST to one record that takes a step."""

    def decorate(handler: Handler) -> Handler:
        documented = extend_schema(request=body, responses={status: shape})(once(handler))
        stepped: Handler = action(detail=True, methods=["post"])(documented)
        return stepped

    return decorate


def shown(record: models.Model, shape: Shape, status: int = 200) -> Response:
    """The record after a step, in the shape that lists use: no names, no notes."""
    return Response(row(type(record), record.pk, shape), status=status)
