"""Addresses: health for machines, the token address, the API, and the pages."""

from importlib.util import find_spec

from django.urls import include, path
from oauth2_provider.views import TokenView

from helpline import health

urlpatterns = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    # Only this one of the OAuth package's addresses: the others would be doors without a rule.
    path("o/token/", TokenView.as_view(), name="token"),
    path("", include("helpline.web.accounts_urls")),
]
for prefix, module in (("api/v1/", "api.urls"), ("", "helpline.web.urls")):
    try:
        found = find_spec(module)
    except ImportError:
        found = None
    if found:
        try:
            urlpatterns.append(path(prefix, include(module)))
        except ImportError:
            continue
