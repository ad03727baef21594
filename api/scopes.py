"""What a client may be allowed to do. A scope names one right; what it reaches is still for the rules to say."""

from typing import Any

from oauth2_provider.scopes import BaseScopes

from cases.enums import Role

SCOPES = {
    "calls:read": "Read the calls you logged",
    "calls:write": "Log calls and put them to cases",
    "cases:read": "Read the cases you may see",
    "cases:write": "Open cases and take steps on them",
    "detentions:read": "Read detentions",
    "detentions:write": "Record and end detentions",
    "follow_ups:read": "Read follow-ups",
    "follow_ups:write": "Plan, complete and postpone follow-ups",
    "referrals:read": "Read the referrals offered to you",
    "referrals:answer": "Accept and decline referrals",
    "places:read": "Read the list of places",
    "organisations:read": "Read the organisations you may see",
    "statistics:read": "Read statistics",
}
FOR_ROLE = {
    Role.PARTNER: frozenset(
        {"cases:read", "referrals:read", "referrals:answer", "organisations:read", "statistics:read"}
    ),
    Role.INTEGRATION: frozenset(
        {
            "calls:read",
            "calls:write",
            "cases:read",
            "cases:write",
            "follow_ups:read",
            "follow_ups:write",
            "places:read",
            "statistics:read",
        }
    ),
}


class ClientScopes(BaseScopes):
    """A client is given what it was made with, and never more, whatever it asks for."""

    def get_all_scopes(self) -> dict[str, str]:
        return SCOPES

    def get_available_scopes(self, application: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        return list(application.scopes) if application is not None else []

    def get_default_scopes(self, application: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        return self.get_available_scopes(application)
