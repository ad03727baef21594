"""The wiring: settings, addresses, the worker, and the web pages in `helpline.web`."""

from helpline.celery import app as celery_app

__all__ = ["celery_app"]
