"""Phone numbers as people dictate them, in one form: `+` and digits (E.164)."""

import re

import phonenumbers
from django.utils.translation import gettext

from cases.errors import BadInput

_WRITTEN = re.compile(r"[+\d\s().\-–—/]+")


def clean_phone(text: str, field: str = "phone") -> str:
    """`8 (903) 111-22-33` as `+79031112233`; "" for nothing.

    A number that no operator has assigned is accepted, for lists of ranges go stale; letters and a
    length that no number has are refused with BadInput.
    """
    text = text.strip()
    if not text:
        return ""
    digits = re.sub(r"\D", "", text)
    if not _WRITTEN.fullmatch(text) or not 7 <= len(digits) <= 15:
        raise BadInput({field: [_message()]})
    if text.startswith("+"):
        return f"+{digits}"
    return _with_country(digits)


def _with_country(digits: str) -> str:
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if len(digits) > 11 or (len(digits) == 11 and digits.startswith("7")):
        return f"+{digits}"
    try:
        number = phonenumbers.parse(digits, "RU")
    except phonenumbers.NumberParseException:
        return f"+{digits}"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _message() -> str:
    return gettext("This does not look like a phone number: 7 to 15 digits, as in +992 000 11 22 33.")
