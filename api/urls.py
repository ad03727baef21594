"""Addresses of the machine door, all under `/api/v1/`."""

from csp.decorators import csp_update
from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from api.schema import DescriptionViewSet
from api.views.calls import CallViewSet
from api.views.cases import CaseViewSet
from api.views.detentions import DetentionViewSet
from api.views.follow_ups import FollowUpViewSet
from api.views.lists import OrganisationViewSet, PlaceViewSet
from api.views.nowhere import NowhereViewSet
from api.views.referrals import ReferralViewSet
from api.views.search import SearchViewSet
from api.views.statistics import StatisticsViewSet

app_name = "api"

router = SimpleRouter(use_regex_path=False)
for prefix, view_set in (
    ("calls", CallViewSet),
    ("cases", CaseViewSet),
    ("detentions", DetentionViewSet),
    ("follow-ups", FollowUpViewSet),
    ("referrals", ReferralViewSet),
    ("places", PlaceViewSet),
    ("organisations", OrganisationViewSet),
    ("search", SearchViewSet),
    ("stats", StatisticsViewSet),
):
    router.register(prefix, view_set, basename=prefix)

# The package's style sheet draws its arrows and padlocks by `data:` images; no other page may.
docs = csp_update({"img-src": ["data:"]})(DescriptionViewSet.as_view({"get": "docs"}))

urlpatterns = [
    path("schema/", DescriptionViewSet.as_view({"get": "schema_json"}), name="schema"),
    path("docs/", docs, name="docs"),
    path("", include(router.urls)),
    re_path(r"^.*$", NowhereViewSet.as_view(dict.fromkeys(("get", "post"), "nothing")), name="nowhere"),
]
