"""Addresses: health for machines, the token address, the API, and the pages."""

from django.urls import include, path

from api.token import Token
from helpline import health

handler400 = "helpline.web.refusals.bad_request"
urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    # Only this one of the OAuth package's addresses: the others would be doors without a rule.
    path("o/token/", Token.as_view(), name="token"),
    path("", include("helpline.web.accounts_urls")),
    path("api/v1/", include("api.urls")),
    path("", include("helpline.web.urls")),
]
