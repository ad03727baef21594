"""JSON out, JSON in, through orjson: UTF-8 as it is, times in RFC 3339 with their zone."""

from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


def dump(data: Any) -> bytes:
    """JSON as every answer is written."""
    return orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z)


def _plain(value: Any) -> Any:
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


class ORJSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, accepted_media_type: Any = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else dump(data)


class ORJSONParser(BaseParser):
    """Refuses what is no JSON, NaN, broken UTF-8 and nests without end, all as 400."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            # Through `body`, which refuses what is longer than the settings allow.
            return orjson.loads((parser_context or {})["request"]._request.body)
        except orjson.JSONDecodeError as error:
            raise ParseError(f"No JSON: line {error.lineno}, column {error.colno}.") from None


class AlwaysJSON(BaseContentNegotiation):
    """This door speaks JSON, whatever `Accept` says; an answer helps more than a 406."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        kind = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type
