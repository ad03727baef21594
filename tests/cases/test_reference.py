"""References survive a bad line: no single slip and no swap of neighbours goes unnoticed."""

from cases.reference import SYMBOLS, clean_reference, new_reference


def test_a_reference_is_found_in_either_alphabet_and_any_spacing() -> None:
    reference = "2ACE-HKMP"
    valid = next(
        candidate for symbol in SYMBOLS if (candidate := clean_reference(reference[:-1] + symbol)) is not None
    )
    cyrillic = valid.translate(str.maketrans("ACEHKMPTX", "АСЕНКМРТХ"))
    assert {clean_reference(text) for text in (valid.lower(), cyrillic.lower(), valid.replace("-", " "))} == {
        valid
    }


def test_every_wrong_character_and_every_swap_of_neighbours_shows() -> None:
    for _ in range(60):
        symbols = new_reference().replace("-", "")
        slips = [
            symbols[:place] + wrong + symbols[place + 1 :]
            for place in range(8)
            for wrong in SYMBOLS
            if wrong != symbols[place]
        ]
        swaps = [
            symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
            for place in range(7)
            if symbols[place] != symbols[place + 1]
        ]
        assert [text for text in slips + swaps if clean_reference(text)] == []


def test_what_is_no_reference_is_none() -> None:
    assert [clean_reference(text) for text in ("", "K7M3", "K7M3-XA9Z", "1234-5678", "K7M3-XA9PP")] == [
        None
    ] * 5


def test_new_references_say_nothing_about_how_many_there_are() -> None:
    references = {new_reference() for _ in range(500)}
    assert len(references) == 500
    assert all(clean_reference(reference) == reference for reference in references)
