"""Somebody at the pages: a test client that is signed in with both factors."""

from django.test import Client

from cases.models import User


def signed_in(user: User) -> Client:
    """A client of this user. The second factor counts as given: how it is given is tested with sign-in."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["second_factor"] = str(user.pk)
    session.save()
    return client
