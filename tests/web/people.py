"""Somebody at the pages: a test client that is signed in with both factors."""

from django.test import Client

from cases.models import User


def signed_in(user: User) -> Client:
    """A client of this user."""
    client = Client()
    sign_in(client, user)
    return client


def sign_in(client: Client, user: User) -> None:
    """Let a client in. The second factor counts as given: how it is given is tested with sign-in."""
    client.force_login(user)
    session = client.session
    session["second_factor"] = str(user.pk)
    session.save()
