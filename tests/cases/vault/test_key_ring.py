"""The key ring: where keys come from, and what is refused at the door."""

import base64
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from cases.vault import KeysMissing, UnknownEpoch, generate_key, ring, write_new_epoch


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_keys_are_32_random_bytes_in_base64() -> None:
    keys = [generate_key() for _ in range(100)]
    assert {len(base64.b64decode(key, validate=True)) for key in keys} == {32}
    assert len(set(keys)) == 100


def test_set_up_writes_files_that_only_their_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    epoch = write_new_epoch(folder)
    assert mode(folder) == 0o700
    assert {file.name: mode(file) for file in folder.iterdir()} == {"index.key": 0o600, f"{epoch}.key": 0o600}


def test_set_up_closes_a_directory_that_stood_open(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    write_new_epoch(tmp_path)
    assert mode(tmp_path) == 0o700


def test_several_epochs_in_one_month_get_letters(tmp_path: Path) -> None:
    first, second, third = (write_new_epoch(tmp_path) for _ in range(3))
    assert (second, third) == (f"{first}b", f"{first}c")


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    write_new_epoch(tmp_path, "2026-11")
    before = {file.name: file.read_text() for file in tmp_path.iterdir()}
    with pytest.raises(FileExistsError):
        write_new_epoch(tmp_path, "2026-11")
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", ["november", "index", "../2026-11", "2026-11B", "2026-11\n"])
def test_an_epoch_is_named_after_its_month(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="month"):
        write_new_epoch(tmp_path, name)


def test_the_newest_epoch_wraps_and_the_older_ones_still_open(tmp_path: Path, settings: Any) -> None:
    settings.HELPLINE_KEYS = str(tmp_path)
    for epoch in ["2026-11b", "2026-12", "2025-12", "2026-11"]:
        write_new_epoch(tmp_path, epoch)
    assert (ring().epochs, ring().newest) == (["2025-12", "2026-11", "2026-11b", "2026-12"], "2026-12")
    assert len({ring().wrapping_key(epoch) for epoch in ring().epochs}) == 4


def test_a_directory_and_an_inline_ring_of_the_same_keys_agree(tmp_path: Path, settings: Any) -> None:
    write_new_epoch(tmp_path, "2026-11")
    settings.HELPLINE_KEYS = str(tmp_path)
    from_files = (ring().wrapping_key("2026-11"), ring().derived("phone bucket"))
    settings.HELPLINE_KEYS = ", ".join(
        f"{file.stem}:{file.read_text().strip()}" for file in tmp_path.iterdir()
    )
    assert (ring().wrapping_key("2026-11"), ring().derived("phone bucket")) == from_files


def test_a_running_process_notices_an_epoch_that_comes_or_goes(tmp_path: Path, settings: Any) -> None:
    settings.HELPLINE_KEYS = str(tmp_path)
    write_new_epoch(tmp_path, "2026-11")
    for month in range(12, 0, -1):
        epoch = f"2027-{month:02}"
        write_new_epoch(tmp_path, epoch)
        assert epoch in ring().epochs
    (tmp_path / "2026-11.key").unlink()
    os.utime(tmp_path)
    with pytest.raises(UnknownEpoch, match="2026-11"):
        ring().wrapping_key("2026-11")


def test_rotation_leaves_the_stable_entry_alone(tmp_path: Path, settings: Any) -> None:
    settings.HELPLINE_KEYS = str(tmp_path)
    write_new_epoch(tmp_path, "2026-11")
    before = ring().derived("phone bucket")
    write_new_epoch(tmp_path, "2026-12")
    assert ring().derived("phone bucket") == before


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert len({ring().derived(purpose) for purpose in ["phone bucket", "fingerprint", "other"]}) == 3


def test_the_stable_entry_wraps_nothing() -> None:
    with pytest.raises(UnknownEpoch):
        ring().wrapping_key("index")


KEY = generate_key()
SHORT = base64.b64encode(b"k" * 31).decode()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "   ",
        None,
        "/nowhere/at/all",
        f"2026-11:{KEY}",
        f"index:{KEY}",
        f"index:{KEY},2026-11:{SHORT}",
        f"index:{KEY},2026-11:{KEY[:-1]}!",
        f"index:{KEY},2026-11:",
        f"index:{KEY},november:{KEY}",
        f"november:{KEY},index:{KEY}",
        KEY,
    ],
)
def test_a_ring_that_is_missing_or_incomplete_is_refused_by_the_name_of_its_variable(
    value: Any, settings: Any
) -> None:
    settings.HELPLINE_KEYS = value
    with pytest.raises(KeysMissing, match="HELPLINE_KEYS") as refused:
        ring()
    assert isinstance(refused.value, ImproperlyConfigured)
    assert KEY[:8] not in str(refused.value)
    assert SHORT[:8] not in str(refused.value)


def test_an_unset_variable_an_empty_directory_and_a_damaged_file_are_refused(
    tmp_path: Path, settings: Any
) -> None:
    del settings.HELPLINE_KEYS
    with pytest.raises(KeysMissing, match="HELPLINE_KEYS is not set"):
        ring()
    settings.HELPLINE_KEYS = str(tmp_path)
    with pytest.raises(KeysMissing, match="no entry 'index'"):
        ring()
    write_new_epoch(tmp_path, "2026-11")
    (tmp_path / "2026-12.key").write_bytes(b"\xff\xfe")
    with pytest.raises(KeysMissing, match="entry '2026-12'"):
        ring()


def test_a_ring_shows_epochs_and_no_keys() -> None:
    shown = repr(ring()) + str(ring())
    assert all(epoch in shown for epoch in ring().epochs)
    assert ring().wrapping_key(ring().newest).hex() not in shown
    assert repr(ring().wrapping_key(ring().newest)) not in shown
