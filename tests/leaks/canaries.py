"""Words that stand nowhere else: typed once, they must be found nowhere. New ones for every test."""

import secrets
from dataclasses import dataclass, field

_CYRILLIC, _LATIN, _ARABIC = ("бгджзклмнпрст", "ауоие"), ("bdgklmnprstz", "auoie"), ("بدرسشكلمن", "اوي")


def word(letters: tuple[str, str] = _CYRILLIC, pairs: int = 5) -> str:
    """A word nobody has ever written."""
    return "".join(secrets.choice(letters[0]) + secrets.choice(letters[1]) for _ in range(pairs))


def number() -> str:
    """A telephone number of a range that is never assigned, without its plus."""
    return f"992000{secrets.randbelow(900_000) + 100_000}"


@dataclass(frozen=True)
class Canaries:
    """What is typed, by field; `secrets` are the words that would give it away."""

    caller: str = field(default_factory=lambda: word().title())
    held: str = field(default_factory=lambda: word().title())
    held_latin: str = field(default_factory=lambda: word(_LATIN).title())
    held_arabic: str = field(default_factory=lambda: word(_ARABIC, 6))
    phone: str = field(default_factory=number)
    other_phone: str = field(default_factory=number)
    asked_phone: str = field(default_factory=number)
    asked_name: str = field(default_factory=word)
    note: str = field(default_factory=word)
    place: str = field(default_factory=word)
    promise: str = field(default_factory=word)
    offer: str = field(default_factory=word)
    summary: str = field(default_factory=word)
    wrong: str = field(default_factory=lambda: word(_LATIN))
    staff: str = field(default_factory=lambda: word(_LATIN))
    password: str = field(default_factory=lambda: word(_LATIN, 8))

    @property
    def secrets(self) -> set[str]:
        """Every word and number."""
        return set(vars(self).values())

    @property
    def staff_address(self) -> str:
        return f"{self.staff}@helpline.example"

    def spaced(self, digits: str) -> str:
        """A number as people dictate it."""
        return f"+{digits[:3]} {digits[3:6]} {digits[6:8]}-{digits[8:10]}-{digits[10:]}"
