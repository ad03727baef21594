"""The filters of the pages, at this door: what is no filter, or no value of one, is 400."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from api.errors import BadQuery


class SharedFilter(DjangoFilterBackend):
    """Applies the `filterset_class` of a view, which is the one its page uses."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        if not set(request.query_params) - {"cursor", "limit"}:
            return queryset
        found = view.filterset_class
        filters = found(request.query_params, queryset, user=request.user)
        bad = {name: [_("There is no such parameter.")] for name in filters.unknown}
        if bad or not filters.is_valid():
            raise BadQuery({**bad, **{name: list(texts) for name, texts in filters.errors.items()}})
        rows: QuerySet[Any] = filters.qs
        return rows


def refuse_unknown(request: Request, known: set[str]) -> None:
    """400 for parameters nobody reads: a misspelt filter must not answer with everything."""
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise BadQuery({name: [_("There is no such parameter.")] for name in unknown})
