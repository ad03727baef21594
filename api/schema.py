"""The description of this door, OpenAPI 3.1, and its pages; both served from here, for those who signed in."""

from functools import cache
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from api.permissions import ByRight, Right, right_of
from api.scopes import SCOPES
from cases.filters import SwitchFilter

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="1 to 64 visible ASCII characters. The same key answers the same again and does nothing twice.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description='An ETag of ours, or a version in quotes such as "3". 412 where the record has moved on.',
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, description="304 where nothing changed."
)
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. Programs look at `type`; `errors` points to fields of the body or names parameters.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string", "format": "uuid"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "pointer": {"type": "string", "format": "json-pointer"},
                    "parameter": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
EXAMPLES: dict[str, dict[str, Any]] = {
    "bad_input": {
        "title": "Unprocessable Entity",
        "status": 422,
        "detail": "Some of this cannot be true.",
        "errors": [{"pointer": "/region", "code": "invalid_choice", "detail": "There is no such region."}],
    },
    "wrong_status": {
        "title": "Conflict",
        "status": 409,
        "detail": "This step is not possible now.",
        "step": "assign",
        "current_status": "closed",
    },
    "stale_version": {
        "title": "Precondition Failed",
        "status": 412,
        "detail": "Somebody else saved in between.",
        "version": 3,
        "current": {"urgency": "U1"},
    },
}


class DoorSchema(AutoSchema):
    """What every operation here has in common: headers, scopes, problem details."""

    def get_override_parameters(self) -> list[Any]:
        if self.method == "GET":
            return [IF_NONE_MATCH] if getattr(self.view, "detail", False) else []
        return [IDEMPOTENCY_KEY, IF_MATCH] if getattr(self.view, "detail", False) else [IDEMPOTENCY_KEY]

    def get_auth(self) -> list[dict[str, list[str]]]:
        right = right_of(self.view)
        return [{"clientCredentials": [right.scope] if right and right.scope else []}, {"staffSession": []}]

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").partition("/")[0]]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        told = {"description": "What went wrong.", "content": problem}
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        return {**bodies, "default": told}


def add_problem(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Put the problem and its examples among the components."""
    examples = [{"type": f"urn:helpline:problem:{code}", **body} for code, body in EXAMPLES.items()]
    result["components"].setdefault("schemas", {})["Problem"] = {**PROBLEM, "examples": examples}
    return result


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "api.auth.BearerToken"
    name = "clientCredentials"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        flow = {"tokenUrl": "/o/token/", "scopes": SCOPES}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}


class SessionScheme(OpenApiAuthenticationExtension):
    target_class = "rest_framework.authentication.SessionAuthentication"
    name = "staffSession"
    priority = 1

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class FilterParameters(DjangoFilterExtension):
    target_class = "api.filtering.SharedFilter"
    priority = 1

    def resolve_filter_field(self, auto_schema: Any, model: Any, filters: Any, name: str, field: Any) -> Any:
        if isinstance(field, SwitchFilter):
            return [{"name": name, "in": "query", "schema": {"type": "boolean"}}]
        return super().resolve_filter_field(auto_schema, model, filters, name, field)


@cache
def document() -> bytes:
    """The description as JSON, made once a process."""
    with override("en"):
        return orjson.dumps(
            SchemaGenerator().get_schema(request=None, public=True), option=orjson.OPT_NON_STR_KEYS
        )


class DescriptionViewSet(GenericViewSet):
    """`/schema/` and `/docs/`."""

    permission_classes = [ByRight]
    rights = {"schema_json": Right(), "docs": Right()}
    schema = None
    throttle_classes = []

    def schema_json(self, request: Request) -> HttpResponse:
        """The description itself."""
        return HttpResponse(document(), content_type="application/json")

    def docs(self, request: Request) -> HttpResponse:
        """The description to read and to try. No script stands in the page, nothing is fetched from elsewhere."""
        page: HttpRequest = request._request
        return render(page, "api/docs.html")
