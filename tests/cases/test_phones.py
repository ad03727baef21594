import pytest

from cases.errors import BadInput
from cases.phones import clean_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("8 (903) 111-22-33", "+79031112233"),
        ("903 111 22 33", "+79031112233"),
        ("+7 903 111 22 33", "+79031112233"),
        ("79031112233", "+79031112233"),
        ("+992 000 11 22 33", "+992000112233"),
        ("992000112233", "+992000112233"),
        ("00992000112233", "+992000112233"),
        ("  ", ""),
    ],
)
def test_a_number_has_one_form_however_it_is_dictated(typed: str, number: str) -> None:
    assert clean_phone(typed) == number


@pytest.mark.parametrize(
    "typed", ["call me", "12345", "+1234567890123456", "8 903 111 22 3x", "++", "<script>"]
)
def test_what_is_no_number_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(BadInput) as refusal:
        clean_phone(typed, "caller_phone")
    assert list(refusal.value.errors) == ["caller_phone"]
