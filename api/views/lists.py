"""What bodies refer to by id: places and organisations."""

import django_filters as filters
from rest_framework.viewsets import GenericViewSet

from api.permissions import ByRight, Right
from api.reading import ListRows
from api.serializers.answers import OrganisationRow, PlaceRow
from cases.enums import PlaceKind
from cases.filters import CodesFilter, RecordFilter, RegionFilter
from cases.models import Organisation, Place


class PlaceFilter(RecordFilter):
    kind = CodesFilter(PlaceKind)
    region = RegionFilter()

    class Meta:
        model = Place
        fields: list[str] = []


class OrganisationFilter(RecordFilter):
    is_partner = filters.BooleanFilter()

    class Meta:
        model = Organisation
        fields: list[str] = []


class PlaceViewSet(ListRows, GenericViewSet):
    """Places where people are held, judged or taken."""

    permission_classes = [ByRight]
    rights = {"list": Right("places:read", ("see place",))}
    queryset = Place.objects.all()
    filterset_class = PlaceFilter
    serializer_class = PlaceRow


class OrganisationViewSet(ListRows, GenericViewSet):
    """Organisations that cases may be referred to; a partner sees its own."""

    permission_classes = [ByRight]
    rights = {"list": Right("organisations:read", ("see organisation",))}
    queryset = Organisation.objects.all()
    filterset_class = OrganisationFilter
    serializer_class = OrganisationRow
