from django.http import Http404
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from api.auth import SignedIn
from api.permissions import ByRight, Right


class NowhereViewSet(GenericViewSet):
    """Addresses under which there is nothing: told as problem details, and only to those who signed in."""

    permission_classes = [ByRight]
    rights = {"nothing": Right()}
    schema = None

    def nothing(self, request: SignedIn, **_address: str) -> Response:
        raise Http404
