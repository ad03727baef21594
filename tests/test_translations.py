"""Every text of the code has words in every language of the interface."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from helpline import translations

LANGUAGES = ["ru"]


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each translated form beside the text it stands for."""
    if not message.pluralizable:
        return [(str(message.id), str(message.string))]
    return [(message.id[-1], form) for form in message.string]


def test_the_languages_of_the_interface_have_files() -> None:
    assert translations.languages() == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_lacks_a_translation(language: str) -> None:
    assert translations.missing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_placeholder(language: str) -> None:
    wrong = [
        (source, form)
        for message in translations.read(language)
        if message.id and message.string
        for source, form in pairs(message)
        if translations.placeholders(source) != translations.placeholders(form)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_holds_nothing_the_code_does_not_say(language: str) -> None:
    said = {(message.id, message.context) for message in translations.template()}
    written = {(message.id, message.context) for message in translations.read(language)}
    assert written - said == set()


def test_texts_are_found_in_python_and_in_templates(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text(
        'a = _("one")\nb = ngettext("%(n)d call", "%(n)d calls", n)\nc = pgettext("theme", "Auto")\n'
    )
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}\n  <p>{% translate "two" context "verb" %}</p>\n'
        "    {% blocktranslate count n=rows %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}\n"
        '{% card title=_("three") %}{% endcard %}'
    )
    assert list(translations.messages_in(code)) == [
        ("one", None),
        (("%(n)d call", "%(n)d calls"), None),
        ("Auto", "theme"),
    ]
    assert sorted(translations.messages_in(page), key=str) == sorted(
        [("two", "verb"), (("%(n)s row", "%(n)s rows"), None), ("three", None)], key=str
    )


def test_compiled_words_are_what_django_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import gettext

    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_bytes(translations.po_path("ru").read_bytes())
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    assert translations.compile_all() == [folder / "django.mo"]
    assert translations.compile_all() == []
    with (folder / "django.mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("New call") == "Новый звонок"
    assert [words.ngettext("%(n)s passkey", "%(n)s passkeys", n) for n in (1, 3, 7)] == [
        "%(n)s ключ", "%(n)s ключа", "%(n)s ключей"
    ]  # fmt: skip
