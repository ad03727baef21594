"""What lists and single pages share: the row that exists for me, a page of rows."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE = 50


def visible_or_404(rows: QuerySet[Any], request: HttpRequest, **which: Any) -> Any:
    """The one row that exists for whoever asks; what is not theirs to see is not there."""
    found = rows.visible_to(request.user).filter(**which).first()
    if found is None:
        raise Http404
    return found


def page_of(rows: QuerySet[Any], request: HttpRequest, per_page: int = PER_PAGE) -> Page:
    """The page of rows the address asks for; a number out of range means the nearest page there is."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
