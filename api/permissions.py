"""Deny by default; a view declares, action by action, the scope a token needs and the verb a role needs."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.auth import Token
from cases.errors import NotAllowed
from cases.rules import may


class Right(NamedTuple):
    """What an action asks: a scope of tokens, and one of these verbs of every role; none asks for a sign-in alone."""

    scope: str = ""
    verbs: tuple[str, ...] = ()


class DenyAll(BasePermission):
    """The default: a view that declares nothing answers nobody."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return False


class ByRight(BasePermission):
    """Asks the `rights` of the view for its action; an action without an entry is refused."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not (request.user.is_authenticated and request.user.is_active):
            return False
        if view.action in (None, "metadata"):
            return True  # no such method here: the answer is 405
        right = right_of(view)
        if right is None:
            return False
        if right.scope and isinstance(request.auth, Token) and right.scope not in request.auth.scopes:
            raise NotAllowed(f"scope {right.scope}")
        if right.verbs and not any(may(request.user, verb) for verb in right.verbs):
            raise NotAllowed(right.verbs[0])
        return True


def right_of(view: Any) -> Right | None:
    """The right an action asks for, None where the view forgot to say."""
    rights: Mapping[str, Right] = getattr(view, "rights", {})
    return rights.get(view.action)
