from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import SignedIn
from api.filtering import refuse_unknown
from api.identity import Reading
from api.permissions import ByRight, Right
from api.reading import ListRows, Shape, answer_read, row
from api.serializers.answers import CaseInFull, CaseRow, PartnerCase, ReferralRow
from api.serializers.bodies import Assign, Close, NewCase, Nothing, Refer, Triage
from api.steps import creates, read, shown, step, version_of, visible
from cases.actions import assign_case, close_case, open_case, refer_case, reopen_case, triage_case
from cases.enums import Role
from cases.filters import CaseFilter
from cases.models import Case
from cases.rules import allows

# What a partner may choose by: a filter on more would answer what its rows keep back.
_PARTNER_FILTERS = {"topic", "region", "language", "urgency", "overdue", "reference", "cursor", "limit"}
_WHOLE_ROW = frozenset({Role.COUNSELLOR, Role.COORDINATOR, Role.INTEGRATION, Role.SYSTEM})


def row_of_case(user: Any) -> Shape:
    """How much of a case a row shows: all that is no identity, or what a partner may see."""
    return CaseRow if getattr(user, "role", "") in _WHOLE_ROW else PartnerCase


@extend_schema_view(list=extend_schema(responses=CaseRow(many=True)))
class CaseViewSet(ListRows, GenericViewSet):
    """Cases: the file about one person's trouble, newest first. A partner sees only what was referred to it."""

    permission_classes = [ByRight]
    rights = {
        "list": Right("cases:read", ("see case",)),
        "retrieve": Right("cases:read", ("see case",)),
        "create": Right("cases:write", ("open case",)),
        **dict.fromkeys(
            ("triage", "assign", "close", "reopen", "refer"), Right("cases:write", ("see case",))
        ),
    }
    queryset = Case.objects.all()
    filterset_class = CaseFilter

    @property
    def order(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("id",) if self.get_serializer_class() is PartnerCase else ("-opened_at", "id")

    def get_serializer_class(self) -> Shape:
        return row_of_case(self.request.user)

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.get_serializer_class() is PartnerCase:
            refuse_unknown(self.request, _PARTNER_FILTERS)
        return super().filter_queryset(queryset)

    @extend_schema(responses=CaseInFull)
    @transaction.atomic
    def retrieve(self, request: SignedIn, pk: UUID) -> Response:
        """One case. Who may see an identity also gets the person and the summary, and the reading is written down."""
        people = self.get_queryset().select_related("person__data_key", "data_key")
        case = get_object_or_404(people.prefetch_related("person__names", "person__phones"), pk=pk)
        data, reading = row(Case, pk, self.get_serializer_class()), Reading(request.user)
        if allows(request.user, "see identity", case):
            data |= {"person": reading.person(case.person), "summary": reading.text(case, "summary")}
        # A partner is not shown the version: it counts our own steps.
        return answer_read(request, data, data.get("version", 0), reading)

    @creates(NewCase, CaseRow)
    def create(self, request: SignedIn) -> Response:
        """Open a case without a call."""
        return shown(open_case(**read(NewCase, request), by=request.user), CaseRow, status=201)

    @step(Triage, CaseRow)
    def triage(self, request: SignedIn, pk: UUID) -> Response:
        """Say how urgent the case is."""
        case = visible(Case, pk, request, "triage case")
        triage_case(case, **read(Triage, request), by=request.user, version=version_of(request))
        return shown(case, CaseRow)

    @step(Assign, CaseRow)
    def assign(self, request: SignedIn, pk: UUID) -> Response:
        """Put the case into one person's hands; they are told."""
        case = visible(Case, pk, request, "take case")
        assign_case(case, **read(Assign, request), by=request.user, version=version_of(request))
        return shown(case, CaseRow)

    @step(Close, CaseRow)
    def close(self, request: SignedIn, pk: UUID) -> Response:
        """Close the case with its reason; what was still promised is cancelled."""
        case = visible(Case, pk, request, "close case")
        close_case(case, **read(Close, request), by=request.user, version=version_of(request))
        return shown(case, CaseRow)

    @step(Nothing, CaseRow)
    def reopen(self, request: SignedIn, pk: UUID) -> Response:
        """Open a closed case again."""
        case = visible(Case, pk, request, "reopen case")
        read(Nothing, request)
        reopen_case(case, by=request.user, version=version_of(request))
        return shown(case, CaseRow)

    @step(Refer, ReferralRow, status=201)
    def refer(self, request: SignedIn, pk: UUID) -> Response:
        """Ask a partner organisation to take the case up; it is told, and sees neither identity nor note."""
        case = visible(Case, pk, request, "refer case")
        offered = refer_case(case, **read(Refer, request), by=request.user, version=version_of(request))
        return shown(offered, ReferralRow, status=201)
