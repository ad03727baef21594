"""The pages as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Holds templates, static files and template tags; has no models."""

    name = "helpline.web"
    label = "web"
