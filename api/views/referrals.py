from uuid import UUID

import django_filters as filters
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import SignedIn
from api.permissions import ByRight, Right
from api.reading import ListRows, answer, row
from api.serializers.answers import ReferralRow
from api.serializers.bodies import Decline, Nothing
from api.steps import read, shown, step, version_of, visible
from cases.actions import accept_referral, decline_referral
from cases.enums import ReferralStatus
from cases.filters import CodesFilter, RecordFilter
from cases.models import Referral


class ReferralFilter(RecordFilter):
    status = CodesFilter(ReferralStatus)
    case = filters.CharFilter(field_name="case__reference", max_length=9)

    class Meta:
        model = Referral
        fields: list[str] = []


class ReferralViewSet(ListRows, GenericViewSet):
    """Referrals: cases offered to partner organisations, newest first."""

    permission_classes = [ByRight]
    rights = {
        "list": Right("referrals:read", ("see referral",)),
        "retrieve": Right("referrals:read", ("see referral",)),
        "accept": Right("referrals:answer", ("see referral",)),
        "decline": Right("referrals:answer", ("see referral",)),
    }
    queryset = Referral.objects.all()
    filterset_class = ReferralFilter
    serializer_class = ReferralRow
    order = ("-offered_at", "id")

    @extend_schema(responses=ReferralRow)
    def retrieve(self, request: SignedIn, pk: UUID) -> Response:
        """One referral."""
        get_object_or_404(self.get_queryset(), pk=pk)
        data = row(Referral, pk, ReferralRow)
        return answer(request, data, data["version"])

    @step(Nothing, ReferralRow)
    def accept(self, request: SignedIn, pk: UUID) -> Response:
        """Take the case up."""
        referral = visible(Referral, pk, request, "accept referral")
        read(Nothing, request)
        accept_referral(referral, by=request.user, version=version_of(request))
        return shown(referral, ReferralRow)

    @step(Decline, ReferralRow)
    def decline(self, request: SignedIn, pk: UUID) -> Response:
        """Say that the case cannot be taken, and why."""
        referral = visible(Referral, pk, request, "decline referral")
        decline_referral(referral, **read(Decline, request), by=request.user, version=version_of(request))
        return shown(referral, ReferralRow)
