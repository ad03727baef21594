"""`POST /o/token/`: a client shows its secret and gets a token for fifteen minutes."""

from typing import Any

import orjson
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import TokenView

from api.errors import MEDIA_TYPE
from api.throttling import spend_of_address
from helpline.address import client_address


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class Token(TokenView):
    """The package's own view behind a limit for each address."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        spent = spend_of_address(request, client_address(request))
        if spent is not None and spent.used > spent.limit:
            body = {"type": "urn:helpline:problem:throttled", "title": "Too Many Requests", "status": 429}
            headers = {"Retry-After": str(spent.seconds_left), **spent.headers}
            return HttpResponse(orjson.dumps(body), status=429, content_type=MEDIA_TYPE, headers=headers)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        for name, value in (spent.headers if spent else {}).items():
            response[name] = value
        return response
