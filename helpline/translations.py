"""Words in other languages: collect them from the code, find what lacks a translation, compile.

    python -m helpline.translations extract     bring every django.po up to date with the code
    python -m helpline.translations missing     list what has no translation yet
    python -m helpline.translations compile     write the .mo files (set-up does it)

Made with Babel, so that a fresh machine needs no gettext tools. Compiled files are not committed.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "helpline" / "locale"
SOURCES = ("api", "cases", "helpline")
# Function -> which argument is what, as Babel writes it; "c" marks the context.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Text = str | tuple[str, ...]


def files() -> Iterator[Path]:
    """Everything that may hold words: Python and templates."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if (path.suffix == ".py" and "migrations" not in path.parts) or (
                path.suffix in {".html", ".txt"} and "templates" in path.parts
            ):
                yield path


def python_source(path: Path) -> bytes:
    """The file as Python: a template is turned into calls of gettext first, as Django does it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # Babel reads tokens, and what is left of the HTML must not look like indentation.
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return text.encode()


def messages_in(path: Path) -> Iterator[tuple[Text, str | None]]:
    """Each text of a file with its context."""
    found = extract_python(io.BytesIO(python_source(path)), KEYWORDS, [], {})
    for _line, function, arguments, _comments in found:
        parts = list(arguments) if isinstance(arguments, (tuple, list)) else [arguments]
        numbers = KEYWORDS[str(function)] or (1,)
        context = next((parts[n[0] - 1] for n in numbers if isinstance(n, tuple)), None)
        texts = [parts[n - 1] for n in numbers if isinstance(n, int) and n <= len(parts)]
        if texts and all(isinstance(text, str) and text for text in texts):
            yield (texts[0] if len(texts) == 1 else tuple(texts)), context


def template() -> Catalog:
    """All texts of the code; each knows the files it comes from."""
    catalog = Catalog(project="Helpline", charset="utf-8")
    for path in files():
        for text, context in messages_in(path):
            catalog.add(text, context=context, locations=[(str(path.relative_to(ROOT)), 0)])
    return catalog


def po_path(language: str) -> Path:
    """Where the words of a language lie."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The words of a language as they are written down."""
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language, project="Helpline", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def languages() -> list[str]:
    """Languages that have a file, without the one the code is written in."""
    return sorted(path.parent.parent.name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def header(catalog: Catalog) -> str:
    """The head of a file, without times: they would make every run a change."""
    lines = [
        "Project-Id-Version: Helpline",
        f"Language: {catalog.locale_identifier}",
        f"Plural-Forms: {catalog.plural_forms}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def extract(language: str) -> int:
    """Bring one file up to date: new texts in, texts that left the code out, translations kept."""
    catalog = read(language)
    catalog.update(template(), no_fuzzy_matching=True, update_header_comment=False)
    catalog.obsolete.clear()
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO(header(catalog).encode())
    text.seek(0, io.SEEK_END)
    write_po(text, catalog, width=0, sort_output=True, include_lineno=False, omit_header=True)
    path.write_bytes(text.getvalue())
    return len(catalog)


def is_translated(message: Message | None, forms: int) -> bool:
    """Whether every form has words, and nobody doubts them."""
    if message is None or message.fuzzy:
        return False
    strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return all(strings) and (not message.pluralizable or len(strings) == forms)


def missing(language: str) -> list[str]:
    """Texts of the code that a language has no words for."""
    catalog = read(language)
    lacking = []
    for message in template():
        if message.id and not is_translated(catalog.get(message.id, message.context), catalog.num_plurals):
            lacking.append(message.id if isinstance(message.id, str) else message.id[0])
    return lacking


def placeholders(text: str) -> list[str]:
    """What is filled in later; a translation must keep all of it."""
    return sorted(PLACEHOLDER.findall(text))


def compile_all() -> list[Path]:
    """Write what Django reads; files that are newer than their source stay."""
    written = []
    for language in languages():
        source = po_path(language)
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        part = target.with_suffix(".part")
        with part.open("wb") as file:
            write_mo(file, read(language))
        part.rename(target)
        written.append(target)
    return written


def main(command: str) -> int:
    """The command line."""
    if command == "extract":
        for language in languages():
            sys.stdout.write(
                f"{language}: {extract(language)} texts, {len(missing(language))} without a translation\n"
            )
    elif command == "compile":
        compile_all()
    elif command == "missing":
        lacking = [f"{language}: {text}" for language in languages() for text in missing(language)]
        sys.stdout.write("".join(f"{line}\n" for line in lacking))
        return 1 if lacking else 0
    else:
        sys.stdout.write(__doc__ or "")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
