"""`POST /o/token/`: a client shows its secret and gets a token for fifteen minutes."""

from typing import Any

import orjson
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import TokenView

from api.errors import MEDIA_TYPE
from api.throttling import Spent, spend
from helpline.address import client_address


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class Token(TokenView):
    """The package's own view behind a limit for each address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Secrets cannot be guessed, but asking costs us work.
        spent = spend(f"token:{client_address(request)}", settings.TOKENS_A_MINUTE)
        if spent is None:
            return super().dispatch(request, *args, **kwargs)
        response = _refused(spent) if spent.used > spent.limit else super().dispatch(request, *args, **kwargs)
        spent.tell(response)
        return response


def _refused(spent: Spent) -> HttpResponse:
    body = {"type": "urn:helpline:problem:throttled", "title": "Too Many Requests", "status": 429}
    headers = {"Retry-After": str(spent.seconds_left)}
    return HttpResponse(orjson.dumps(body), status=429, content_type=MEDIA_TYPE, headers=headers)
