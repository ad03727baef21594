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
from api.serializers.answers import FollowUpInFull, FollowUpRow
from api.serializers.bodies import CompleteFollowUp, NewFollowUp, PostponeFollowUp
from api.steps import creates, read, shown, step, version_of, visible
from cases.actions import complete_follow_up, plan_follow_up, postpone_follow_up
from cases.filters import FollowUpFilter
from cases.models import FollowUp
from cases.rules import may


class FollowUpViewSet(ListRows, GenericViewSet):
    """Follow-ups: what somebody promised to do, by due time."""

    permission_classes = [ByRight]
    rights = {
        "list": Right("follow_ups:read", ("see follow_up",)),
        "retrieve": Right("follow_ups:read", ("see follow_up",)),
        "create": Right("follow_ups:write", ("plan follow_up",)),
        "complete": Right("follow_ups:write", ("see follow_up",)),
        "postpone": Right("follow_ups:write", ("see follow_up",)),
    }
    queryset = FollowUp.objects.all()
    filterset_class = FollowUpFilter
    serializer_class = FollowUpRow
    order = ("due_at", "id")

    @extend_schema(responses=FollowUpInFull)
    @transaction.atomic
    def retrieve(self, request: SignedIn, pk: UUID) -> Response:
        """One promise; who may see an identity also gets its note."""
        promise = get_object_or_404(self.get_queryset().select_related("case__data_key"), pk=pk)
        data, reading = row(FollowUp, pk, FollowUpRow), Reading(request.user)
        if may(request.user, "see identity"):
            data["note"] = reading.text(promise, "note")
        return answer_read(request, data, promise.version, reading)

    @creates(NewFollowUp, FollowUpRow)
    def create(self, request: SignedIn) -> Response:
        """Promise something on a case; whoever promises is reminded when it falls due."""
        given = read(NewFollowUp, request)
        return shown(plan_follow_up(given.pop("case"), **given, by=request.user), FollowUpRow, status=201)

    @step(CompleteFollowUp, FollowUpRow)
    def complete(self, request: SignedIn, pk: UUID) -> Response:
        """Keep the promise, with what came of it."""
        promise = visible(FollowUp, pk, request, "complete follow_up")
        complete_follow_up(
            promise, **read(CompleteFollowUp, request), by=request.user, version=version_of(request)
        )
        return shown(promise, FollowUpRow)

    @step(PostponeFollowUp, FollowUpRow)
    def postpone(self, request: SignedIn, pk: UUID) -> Response:
        """Move the promise to another time; it is announced again then."""
        promise = visible(FollowUp, pk, request, "postpone follow_up")
        postpone_follow_up(
            promise, **read(PostponeFollowUp, request), by=request.user, version=version_of(request)
        )
        return shown(promise, FollowUpRow)
