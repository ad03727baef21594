"""The few refusals of the domain. Each door has one mapping from these to what it answers."""

from typing import Any


class Refusal(Exception):
    """Something that cannot be done, for a reason the person asking can be told."""


class NotAllowed(Refusal):
    """You may see it, but you may not do this to it."""

    def __init__(self, verb: str) -> None:
        super().__init__(verb)
        self.verb = verb


class WrongStatus(Refusal):
    """The step exists, but not from where the record stands now."""

    def __init__(self, verb: str, status: str) -> None:
        super().__init__(f"{verb} from {status}")
        self.verb, self.status = verb, status


class StaleVersion(Refusal):
    """Somebody else saved in between. `current` holds the values as they are now, by field."""

    def __init__(self, version: int, current: dict[str, Any]) -> None:
        super().__init__(f"version is now {version}")
        self.version, self.current = version, current


class BadInput(Refusal):
    """What was given cannot be true. `errors` holds messages by field; nothing was changed."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


class KeyReused(Refusal):
    """The same idempotency key came with another body."""
