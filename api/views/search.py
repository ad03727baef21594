from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import SignedIn
from api.permissions import ByRight, Right
from api.reading import rows
from api.serializers.answers import CallRow, Found
from api.serializers.bodies import Search
from api.steps import read
from api.views.cases import row_of_case
from cases.audit import note_reads
from cases.models import Call, Case
from cases.reference import clean_reference
from cases.search import find


class SearchViewSet(GenericViewSet):
    """Finding a record from what somebody reads out. A POST, for a number must not stand in an address."""

    permission_classes = [ByRight]
    rights = {"create": Right("cases:read", ("see case",))}
    serializer_class = Search
    pagination_class = None
    filter_backends = []

    @extend_schema(request=Search, responses={200: Found})
    def create(self, request: SignedIn) -> Response:
        """Cases and calls by reference, in either alphabet, or by complete phone number."""
        text = read(Search, request)["text"]
        found = find(request.user, text)
        if clean_reference(text) is None:
            # Whoever asks for a number learns whose cases it leads to, even where the answer names nobody.
            note_reads(request.user, found.people, ("phones",))
        cases = Case.objects.filter(pk__in=[case.pk for case in found.cases]).order_by("-opened_at", "id")
        calls = Call.objects.filter(pk__in=[call.pk for call in found.calls]).order_by("-started_at", "id")
        return Response({"cases": rows(cases, row_of_case(request.user)), "calls": rows(calls, CallRow)})
