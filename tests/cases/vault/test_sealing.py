"""A sealed text opens in its own place, whole, under its own key, and nowhere else."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from cases.vault import SealBroken, SealedBytes
from cases.vault.sealing import seal, unseal

KEY, OTHER_KEY = AESGCM(b"k" * 32), AESGCM(b"o" * 32)
ROW = UUID("8f14e45f-ceea-467f-a8f0-1d2c3b4a5968")
PLACE: dict[str, Any] = {"key": KEY, "mark": b"mark", "model": "cases.person", "field": "name", "row": ROW}

TAJIK, UZBEK, KYRGYZ = "ғӣқӯҳҷҒӢҚӮҲҶ", "oʻgʻOʻGʻўқғҳЎҚҒҲ", "ңөүҢӨҮ"
letters = st.sampled_from(TAJIK + UZBEK + KYRGYZ + "абвяёыъЯЁ" + "😀🇹🇯𐍈" + " -'’\n\t\0")
texts = st.text(st.one_of(letters, st.characters(exclude_categories=["Cs"])), max_size=300)


def sealed(text: str, pad: int = 64, **place: Any) -> SealedBytes:
    return seal(text, pad=pad, **{**PLACE, **place})


@given(texts, st.sampled_from([64, 256]))
def test_every_text_comes_back_as_it_was(text: str, pad: int) -> None:
    assert unseal(sealed(text, pad), **PLACE) == text


@pytest.mark.parametrize("text", ["", TAJIK, UZBEK, KYRGYZ, "👩‍👩‍👧 𐍈", "я" * 20_000, "\0", " "])
def test_texts_of_the_callers_alphabets_come_back(text: str) -> None:
    assert unseal(sealed(text), **PLACE) == text


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"row": uuid4()},
        {"field": "note"},
        {"model": "cases.call"},
        {"model": "cases.person\0name", "field": ""},
        {"key": OTHER_KEY},
        {"mark": b"kram"},
        {"key": OTHER_KEY, "mark": b"kram"},
    ],
)
def test_a_ciphertext_that_was_moved_or_meets_another_key_does_not_open(elsewhere: dict[str, Any]) -> None:
    with pytest.raises(SealBroken, match="does not open"):
        unseal(sealed("Зарина"), **{**PLACE, **elsewhere})


def test_no_cut_ciphertext_opens() -> None:
    whole = sealed("Зарина")
    for length in range(len(whole)):
        for part in (whole[:length], whole[len(whole) - length :]):
            with pytest.raises(SealBroken):
                unseal(part, **PLACE)


def test_no_lengthened_ciphertext_opens() -> None:
    with pytest.raises(SealBroken):
        unseal(sealed("Зарина") + b"\0", **PLACE)


def test_no_ciphertext_with_one_flipped_bit_opens() -> None:
    whole = sealed("Зарина")
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            unseal(bytes(flipped), **PLACE)


def test_nonces_never_repeat() -> None:
    assert len({sealed("Зарина") for _ in range(2_000)}) == 2_000


@pytest.mark.parametrize(
    ("pad", "classes"), [(64, {0: 1, 60: 1, 61: 2, 124: 2, 125: 3}), (256, {0: 1, 252: 1, 253: 2})]
)
def test_lengths_show_only_as_classes(pad: int, classes: dict[int, int]) -> None:
    beside = 1 + 4 + 12 + 16
    assert {length: (len(sealed("a" * length, pad)) - beside) / pad for length in classes} == classes


def test_a_common_name_and_a_long_one_have_the_same_length() -> None:
    assert len({len(sealed(name)) for name in ["", "Ли", "Зарина", "Абдурахмонов Фарҳодҷон"]}) == 1


def test_a_refusal_names_the_place_and_nothing_that_was_said() -> None:
    with pytest.raises(SealBroken) as refused:
        unseal(sealed("Зарина"), **{**PLACE, "field": "note"})
    assert str(refused.value) == f"cases.person.note of {ROW} does not open"
    assert refused.value.__cause__ is None
