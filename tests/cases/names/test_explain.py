"""The reasons name the words and say what is the same about them, or what is not."""

from hypothesis import given
from hypothesis import strategies as st

from cases.names import Code, Reason, explain


def test_each_word_has_its_reason_and_then_the_whole() -> None:
    assert explain("Ёқуб Раҳимов Муродович", "Rakhimov Yoqub") == [
        Reason(Code.OTHER_LETTERS, "Ёқуб", "Yoqub"),
        Reason(Code.OTHER_LETTERS, "Раҳимов", "Rakhimov"),
        Reason(Code.NO_PATRONYMIC, "Муродович", ""),
        Reason(Code.OTHER_ORDER),
    ]


def test_the_name_of_another_language_is_told_from_other_letters() -> None:
    assert explain("Жусуп Каримов", "Юсуф Каримов") == [
        Reason(Code.OTHER_LANGUAGE, "Жусуп", "Юсуф"),
        Reason(Code.SAME_WORD, "Каримов", "Каримов"),
    ]


def test_other_endings_of_one_stem() -> None:
    assert explain("Салим Каримзода", "Салим Каримов")[1] == Reason(Code.OTHER_ENDING, "Каримзода", "Каримов")


def test_a_slip_is_near() -> None:
    assert explain("Фирдавс Каримов", "Фирдас Каримов")[0] == Reason(Code.NEAR, "Фирдавс", "Фирдас")


def test_two_names_that_look_alike_are_two_names() -> None:
    assert explain("Икром Каримов", "Илҳом Каримов")[0] == Reason(Code.TWO_NAMES, "Икром", "Илҳом")


def test_words_that_nothing_answers_to() -> None:
    assert explain("Каримов Одина", "Каримов Салим Одинаевич") == [
        Reason(Code.SAME_WORD, "Каримов", "Каримов"),
        Reason(Code.OTHER_ENDING, "Одина", "Одинаевич"),
        Reason(Code.NO_GIVEN_NAME, "", "Салим"),
    ]


def test_two_words_written_as_one() -> None:
    assert explain("Нур Муҳаммад Каримов", "Нурмуҳаммад Каримов") == [
        Reason(Code.OTHER_LETTERS, "Нур Муҳаммад", "Нурмуҳаммад"),
        Reason(Code.SAME_WORD, "Каримов", "Каримов"),
        Reason(Code.JOINED, "Нур Муҳаммад", ""),
    ]


def test_endings_tell_a_brother_from_a_sister() -> None:
    assert Reason(Code.SEX_DIFFERS) in explain("Каримов Салим", "Каримова Салима")


def test_one_word_says_that_it_is_only_one() -> None:
    assert Reason(Code.ONE_WORD) in explain("Салим", "Салим")


def test_without_letters_there_is_no_reason() -> None:
    assert explain("", "Салим") == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_explained(a: str, b: str) -> None:
    assert all(reason.code in Code for reason in explain(a, b))
