"""Phone numbers that nobody can have: no numbering plan assigns the digits after the country code."""

from random import Random

_PREFIX = {
    "TJ": ("+99260", 7),
    "UZ": ("+99800", 7),
    "KG": ("+996000", 6),
    "KZ": ("+7000", 7),
    "RU": ("+7000", 7),
    "AZ": ("+994000", 6),
    "AM": ("+374000", 5),
}


def unassignable(rng: Random, country: str) -> str:
    """An international number of the right length which no network can connect."""
    prefix, digits = _PREFIX.get(country, _PREFIX["RU"])
    return prefix + "".join(rng.choices("0123456789", k=digits))
