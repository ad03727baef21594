"""Pages by key: each starts after the last row of the one before, so that rows added meanwhile shift nothing."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import BadQuery

DEFAULT, MOST = 50, 200


class ByKey(BasePagination):
    """`view.order` names the columns (`-` for descending), the last one unique; all of them never null."""

    next_cursor: str | None = None

    def page(self, queryset: QuerySet[Any], request: Request, order: tuple[str, ...]) -> QuerySet[Any]:
        """The rows after the cursor, one more than a page holds: it tells whether there is a next page."""
        self.request, self.order, self.limit = request, order, _limit(request)
        cursor = request.query_params.get("cursor")
        if cursor:
            queryset = queryset.filter(_after(order, _decode(queryset, order, cursor)))
        return queryset.order_by(*order)[: self.limit + 1]

    def respond(self, rows: list[dict[str, Any]], last_keys: list[tuple[Any, ...]]) -> Response:
        """The rows of the page and the address of the next one."""
        following = None
        if len(rows) > self.limit:
            rows = rows[: self.limit]
            following = self._address(last_keys[self.limit - 1])
        return Response({"next": following, "results": rows})

    def _address(self, key: tuple[Any, ...]) -> str:
        query = self.request.query_params.copy()
        query["cursor"] = urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")
        return str(self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}"))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        following = {
            "type": ["string", "null"],
            "format": "uri",
            "description": "the next page, null on the last",
        }
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {"next": following, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT}
        return [
            {"name": "cursor", "in": "query", "schema": {"type": "string"}, "description": "from `next`"},
            {"name": "limit", "in": "query", "schema": limit},
        ]


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", str(DEFAULT))
    if not (text.isascii() and text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= MOST):
        raise BadQuery({"limit": [_("A number from 1 to %(most)d.") % {"most": MOST}]})
    return int(text)


def _decode(queryset: QuerySet[Any], order: tuple[str, ...], cursor: str) -> list[Any]:
    try:
        values = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        pairs = zip(order, values, strict=True)
        return [_value(queryset, name.lstrip("-"), value) for name, value in pairs]
    except (ValueError, TypeError, OverflowError, ValidationError):
        raise BadQuery({"cursor": [_("This is no cursor of ours.")]}) from None


def _value(queryset: QuerySet[Any], column: str, value: Any) -> Any:
    value = queryset.model._meta.get_field(column).to_python(value)
    if value is None or (isinstance(value, datetime) and is_naive(value)):
        raise ValueError(column)
    return value


def _after(order: tuple[str, ...], values: list[Any]) -> Q:
    """(a, b) after (x, y) as `a > x or (a = x and b > y)`, and `a >= x` once more for the index."""
    first, rest, value = order[0], order[1:], values[0]
    name, step = first.lstrip("-"), "lt" if first.startswith("-") else "gt"
    beyond = Q(**{f"{name}__{step}": value})
    if not rest:
        return beyond
    return Q(**{f"{name}__{step}e": value}) & (beyond | Q(**{name: value}) & _after(rest, values[1:]))
