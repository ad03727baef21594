"""Data keys: one for each root record, wrapped by an epoch, re-wrapped without touching what they seal."""

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cases.vault import DataKey, SealBroken, UnknownEpoch, forget_all, rewrap, write_new_epoch
from cases.vault.keys import ring
from cases.vault.models import KEYS_IN_HAND, _unwrapped
from cases.vault.sealing import seal, unseal

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    write_new_epoch(tmp_path, "2026-11")
    settings.HELPLINE_KEYS = str(tmp_path)
    return tmp_path


def opened(key: DataKey) -> bytes:
    return key._opened()


def stored(key: DataKey) -> DataKey:
    return DataKey.objects.get(pk=key.pk)


def test_a_new_key_is_stored_wrapped_by_the_newest_epoch(folder: Path) -> None:
    write_new_epoch(folder, "2026-12")
    key = DataKey.objects.create_new()
    assert stored(key).epoch == "2026-12"
    assert opened(stored(key)) == opened(key)
    assert opened(key) not in bytes(stored(key).wrapped)


def test_a_wrapped_key_does_not_open_on_another_row() -> None:
    one, other = DataKey.new(), DataKey.new()
    one.wrapped = other.wrapped
    with pytest.raises(SealBroken, match=str(one.pk)):
        opened(one)


def test_a_wrapped_key_does_not_open_under_another_epoch(folder: Path) -> None:
    key = DataKey.new()
    write_new_epoch(folder, "2026-12")
    (folder / "2027-01.key").write_text((folder / "2026-11.key").read_text())
    for key.epoch in ["2026-12", "2027-01"]:
        with pytest.raises(SealBroken):
            opened(key)


def test_no_cut_or_flipped_wrapped_key_opens() -> None:
    key = DataKey.new()
    whole = bytes(key.wrapped)
    damaged = [whole[:length] for length in range(len(whole))] + [whole + b"\0"]
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        damaged.append(bytes(flipped))
    for key.wrapped in damaged:
        with pytest.raises(SealBroken):
            opened(key)


def test_a_key_of_an_epoch_that_left_the_ring_does_not_open_even_from_memory(
    folder: Path, settings: Any
) -> None:
    key = DataKey.new()
    opened(key)
    settings.HELPLINE_KEYS = str(folder / "other")
    write_new_epoch(folder / "other", "2027-01")
    with pytest.raises(UnknownEpoch, match="2026-11"):
        opened(key)


def test_a_key_of_the_same_epoch_on_another_ring_does_not_open(folder: Path, settings: Any) -> None:
    key = DataKey.new()
    settings.HELPLINE_KEYS = str(folder / "other")
    write_new_epoch(folder / "other", "2026-11")
    with pytest.raises(SealBroken):
        opened(key)


def place(key: DataKey) -> dict[str, Any]:
    return {"key": key.cipher, "mark": key.mark, "model": "cases.person", "field": "name", "row": key.pk}


def test_rotation_rewraps_keys_and_leaves_sealed_texts_alone(folder: Path) -> None:
    keys = DataKey.objects.bulk_create(DataKey.new() for _ in range(7))
    texts = [seal(f"Зарина {index}", pad=64, **place(key)) for index, key in enumerate(keys)]
    write_new_epoch(folder, "2026-12")
    newer = DataKey.objects.create_new()

    assert rewrap(DataKey.objects.all(), batch=3) == 7
    assert rewrap(DataKey.objects.all(), batch=3) == 0
    assert set(DataKey.objects.values_list("epoch", flat=True)) == {"2026-12"}
    assert bytes(stored(newer).wrapped) == bytes(newer.wrapped)

    assert [unseal(text, **place(key)) for text, key in zip(texts, keys, strict=True)] == [
        f"Зарина {index}" for index in range(7)
    ], "rows read before the rotation open while the old epoch is there"
    (folder / "2026-11.key").unlink()
    forget_all()
    assert [unseal(text, **place(stored(key))) for text, key in zip(texts, keys, strict=True)] == [
        f"Зарина {index}" for index in range(7)
    ]


def test_destroying_an_epoch_destroys_what_was_not_rewrapped(folder: Path) -> None:
    key = DataKey.objects.create_new()
    write_new_epoch(folder, "2026-12")
    (folder / "2026-11.key").unlink()
    forget_all()
    with pytest.raises(UnknownEpoch):
        opened(stored(key))
    with pytest.raises(UnknownEpoch):
        rewrap(DataKey.objects.all())


def test_opened_keys_stay_in_memory_until_they_are_forgotten() -> None:
    forget_all()
    key = DataKey.new()
    for _ in range(5):
        opened(key)
    assert (_unwrapped.cache_info().misses, _unwrapped.cache_info().maxsize) == (1, KEYS_IN_HAND)
    before = ring()
    forget_all()
    assert _unwrapped.cache_info().currsize == 0
    assert ring() is not before


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [({"epoch": "november"}, "data_key_epoch_is_a_month"), ({"wrapped": b"short"}, "data_key_is_whole")],
)
def test_the_database_refuses_a_key_that_is_not_one(fields: dict[str, Any], constraint: str) -> None:
    key = DataKey.new()
    for name, value in fields.items():
        setattr(key, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        key.save()


def test_a_key_shows_its_id_and_epoch_alone() -> None:
    key = DataKey.new()
    assert repr(key) == f"<DataKey: {key.pk} ({key.epoch})>"
