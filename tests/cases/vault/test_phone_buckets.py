"""Buckets find a number without storing it, and tell a thief little."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cases.vault import fingerprint, phone_bucket, write_new_epoch

NUMBERS = [f"+99200{index:07}" for index in range(20_000)]


def test_numbers_spread_evenly_and_share_their_buckets() -> None:
    bits = 13
    filled = Counter(phone_bucket(number, bits) for number in NUMBERS)
    assert set(filled) <= set(range(2**bits))
    mean = len(NUMBERS) / 2**bits
    assert 2 <= mean <= 4
    chi_square = sum((filled[bucket] - mean) ** 2 / mean for bucket in range(2**bits))
    assert abs(chi_square - 2**bits) < 6 * (2 * 2**bits) ** 0.5


def test_a_number_always_falls_into_the_same_bucket() -> None:
    assert len({phone_bucket(NUMBERS[7], 20) for _ in range(50)}) == 1


def test_fewer_bits_join_neighbouring_buckets() -> None:
    assert all(phone_bucket(number, 20) >> 12 == phone_bucket(number, 8) for number in NUMBERS[:200])


@pytest.mark.parametrize(
    "text", ["", "992001234567", "+992 00 123 45 67", "+123456", "+1234567890123456", "+99200١٢٣٤"]
)
def test_only_complete_numbers_have_a_bucket_and_the_refusal_repeats_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"E\.164") as refused:
        phone_bucket(text, 8)
    assert not text or text not in str(refused.value)


def test_rotation_moves_no_number_and_no_fingerprint(tmp_path: Path, settings: Any) -> None:
    settings.HELPLINE_KEYS = str(tmp_path)
    write_new_epoch(tmp_path, "2026-11")
    before = [phone_bucket(number, 20) for number in NUMBERS[:100]], fingerprint(b"body")
    write_new_epoch(tmp_path, "2026-12")
    assert ([phone_bucket(number, 20) for number in NUMBERS[:100]], fingerprint(b"body")) == before


def test_without_the_key_neither_bucket_nor_fingerprint_can_be_guessed(tmp_path: Path, settings: Any) -> None:
    answers = []
    for name in ["one", "other"]:
        write_new_epoch(tmp_path / name)
        settings.HELPLINE_KEYS = str(tmp_path / name)
        answers.append(([phone_bucket(number, 20) for number in NUMBERS[:100]], fingerprint(b"body")))
    assert sum(one == other for one, other in zip(answers[0][0], answers[1][0], strict=True)) <= 2
    assert answers[0][1] != answers[1][1]


def test_a_fingerprint_tells_bodies_apart() -> None:
    assert fingerprint(b"body") == fingerprint(b"body")
    assert len({fingerprint(body) for body in [b"", b"body", b"Body", b"body "]}) == 4
    assert len(fingerprint(b"")) == 32
