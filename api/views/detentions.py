from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import SignedIn
from api.identity import Reading
from api.permissions import ByRight, Right
from api.reading import ListRows, answer_read, row
from api.serializers.answers import DetentionInFull, DetentionRow
from api.serializers.bodies import EndDetention, NewDetention
from api.steps import creates, read, shown, step, version_of, visible
from cases.actions import end_detention, record_detention
from cases.filters import DetentionFilter
from cases.models import Detention
from cases.rules import may


class DetentionViewSet(ListRows, GenericViewSet):
    """Detentions: episodes of being held, newest first."""

    permission_classes = [ByRight]
    rights = {
        "list": Right("detentions:read", ("see detention",)),
        "retrieve": Right("detentions:read", ("see detention",)),
        "create": Right("detentions:write", ("record detention",)),
        "end": Right("detentions:write", ("see detention",)),
    }
    queryset = Detention.objects.all()
    filterset_class = DetentionFilter
    serializer_class = DetentionRow
    order = ("-recorded_at", "id")

    @extend_schema(responses=DetentionInFull)
    @transaction.atomic
    def retrieve(self, request: SignedIn, pk: UUID) -> Response:
        """One detention; who may see an identity also gets the note about the place."""
        detention = get_object_or_404(self.get_queryset().select_related("case__data_key"), pk=pk)
        data, reading = row(Detention, pk, DetentionRow), Reading(request.user)
        if may(request.user, "see identity"):
            data["place_note"] = reading.text(detention, "place_note")
        return answer_read(request, data, detention.version, reading)

    @creates(NewDetention, DetentionRow)
    def create(self, request: SignedIn) -> Response:
        """Write down that the person of a case is held; one detention is open at a time."""
        given = read(NewDetention, request)
        return shown(record_detention(given.pop("case"), **given, by=request.user), DetentionRow, status=201)

    @step(EndDetention, DetentionRow)
    def end(self, request: SignedIn, pk: UUID) -> Response:
        """Write down how the detention ended, and when."""
        detention = visible(Detention, pk, request, "end detention")
        end_detention(detention, **read(EndDetention, request), by=request.user, version=version_of(request))
        return shown(detention, DetentionRow)
