from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import SignedIn
from api.identity import Reading
from api.permissions import ByRight, Right
from api.reading import ListRows, answer_read, row
from api.serializers.answers import CallInFull, CallRow
from api.serializers.bodies import Link, NewCall
from api.steps import REPLAYED, creates, key_of, read, shown, step, version_of, visible
from cases.actions import link_call, take_call
from cases.filters import CallFilter
from cases.models import Call
from cases.rules import may


class CallViewSet(ListRows, GenericViewSet):
    """Calls: one conversation or attempt each, newest first."""

    permission_classes = [ByRight]
    rights = {
        "list": Right("calls:read", ("see call",)),
        "retrieve": Right("calls:read", ("see call",)),
        "create": Right("calls:write", ("log call",)),
        "link": Right("calls:write", ("see call",)),
    }
    queryset = Call.objects.all()
    filterset_class = CallFilter
    serializer_class = CallRow
    order = ("-started_at", "id")

    @extend_schema(responses=CallInFull)
    @transaction.atomic
    def retrieve(self, request: SignedIn, pk: UUID) -> Response:
        """One call. Who may see an identity also gets the note and the people, and the reading is written down."""
        people = ("caller__data_key", "about__data_key", "data_key")
        spellings = ("caller__names", "caller__phones", "about__names", "about__phones")
        call = get_object_or_404(
            self.get_queryset().select_related(*people).prefetch_related(*spellings), pk=pk
        )
        data, reading = row(Call, pk, CallRow), Reading(request.user)
        if may(request.user, "see identity"):
            data |= {"caller": reading.person(call.caller), "about": reading.person(call.about)}
            data["note"] = reading.text(call, "note")
        return answer_read(request, data, call.version, reading)

    @creates(NewCall, CallRow)
    def create(self, request: SignedIn) -> Response:
        """Log a call, with the case and the detention that follow from it. Sent again, it answers the first.

        Without a `client_uuid` the Idempotency-Key stands for it.
        """
        body = NewCall(data=request.data, context={"user": request.user})
        body.is_valid(raise_exception=True)
        body.validated_data.setdefault("client_uuid", _client_uuid(request))
        taken = take_call(body.intake(), by=request.user)
        response = shown(taken.call, CallRow, status=201)
        if not taken.is_new:
            response[REPLAYED] = "true"
        return response

    @step(Link, CallRow)
    def link(self, request: SignedIn, pk: UUID) -> Response:
        """Put the call to the case it is about."""
        call = visible(Call, pk, request, "link call")
        link_call(call, **read(Link, request), by=request.user, version=version_of(request))
        return shown(call, CallRow)


def _client_uuid(request: SignedIn) -> UUID:
    key = key_of(request)
    if key is None:
        return uuid4()
    try:
        return UUID(key)
    except ValueError:
        return uuid5(request.user.pk, key)
