"""Reading: rows come straight out of `.values_list()`; a serializer declares their shape and never runs."""

import re
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework.fields import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from api.identity import Reading
from api.pagination import ByKey
from api.renderers import dump

Shape = type[Serializer]
_TAG = re.compile(r'(?:W/)?"([^"]*)"')


def columns(shape: Shape) -> dict[str, str]:
    """The field names of a shape, each with the path of its column."""
    fields: dict[str, Field] = shape._declared_fields
    return {name: (field.source or name).replace(".", "__") for name, field in fields.items()}


def rows(queryset: QuerySet[Any], shape: Shape) -> list[dict[str, Any]]:
    """Rows in a shape, in one query whatever their number."""
    paths = columns(shape)
    return [dict(zip(paths, row, strict=True)) for row in queryset.values_list(*paths.values())]


def row(model: Any, pk: UUID, shape: Shape) -> dict[str, Any]:
    """One row in a shape, as it is now."""
    return rows(model._base_manager.filter(pk=pk), shape)[0]


class ListRows:
    """What I may see of a model; as a list filtered as on the page, a page at a time."""

    queryset: QuerySet[Any]
    order: tuple[str, ...] = ("id",)
    # Anything else than a UUID in an address leads to no record, and so to 404.
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Any]:
        view: Any = self
        rows: QuerySet[Any] = view.queryset.visible_to(view.request.user)
        return rows

    def list(self, request: Request) -> Response:
        view: Any = self
        paginator: ByKey = view.paginator
        shape = view.get_serializer_class()
        paths = {**columns(shape)}
        keys = [name.lstrip("-") for name in view.order]
        page = paginator.page(view.filter_queryset(view.get_queryset()), request, view.order)
        found = list(page.values_list(*paths.values(), *keys))
        shown = [dict(zip(paths, values, strict=False)) for values in found]
        return paginator.respond(shown, [values[len(paths) :] for values in found])


def answer(request: Request, data: dict[str, Any], version: int) -> Response:
    """One record with its ETag, or 304 where the asker holds this very state.

    The tag is the version, for If-Match, and a digest of what this asker is shown, for If-None-Match:
    not everything that is shown counts the version up.
    """
    tag = f"{version}.{sha256(dump(data)).hexdigest()[:16]}"
    known = request.headers.get("If-None-Match", "")
    response = Response(status=304) if tag in _TAG.findall(known) else Response(data)
    response["ETag"] = f'"{tag}"'
    return response


def answer_read(request: Request, data: dict[str, Any], version: int, reading: Reading) -> Response:
    """`answer`, with what was opened for it written down unless the asker held it already."""
    response = answer(request, data, version)
    if response.status_code == 200:
        reading.note(getattr(request._request, "request_id", None))
    return response
