"""How clerks of several countries write a Tajik or Uzbek name: rules of transliteration, and slips of the hand.

Written apart from the product's own tables, and in the other direction, so that they can prove them.
"""

import random
import re

_RUSSIAN = {"ҷ": "дж", "ҳ": "х", "қ": "к", "ғ": "г", "ӯ": "у", "ӣ": "и"}
_UZBEK_CYRILLIC = {"ҷ": "ж", "ӯ": "ў", "ӣ": "и"}
_KYRGYZ = {"ҷ": "ж", "ҳ": "", "қ": "к", "ғ": "г", "ӯ": "о", "ӣ": "ы", "ф": "п", "ъ": ""}
_BASE = dict(zip("абвгдезиклмнопрстуф", "abvgdeziklmnoprstuf", strict=True)) | {"э": "e", "ы": "y"}
_LATIN = {
    "tajik": _BASE | {
        "ҷ": "j", "ҳ": "h", "қ": "q", "ғ": "gh", "ӯ": "u", "ӣ": "i", "х": "kh", "ч": "ch", "ш": "sh", "ж": "zh",
        "ё": "yo", "ю": "yu", "я": "ya", "й": "y", "ъ": "'", "ц": "ts", "ў": "u", "дж": "j",
    },
    "uzbek": _BASE | {
        "ҷ": "j", "ҳ": "h", "қ": "q", "ғ": "gʻ", "ӯ": "oʻ", "ӣ": "iy", "х": "x", "ч": "ch", "ш": "sh", "ж": "j",
        "ё": "yo", "ю": "yu", "я": "ya", "й": "y", "ъ": "ʼ", "ц": "ts", "ў": "oʻ",
    },
    "passport": _BASE | {
        "х": "kh", "ч": "ch", "ш": "sh", "ж": "zh", "ё": "e", "ю": "iu", "я": "ia", "й": "i", "ъ": "ie", "ц": "ts",
        "ь": "", "ы": "y", "дж": "dzh",
    },
    "english": _BASE | {
        "х": "kh", "ч": "ch", "ш": "sh", "ж": "zh", "ё": "yo", "ю": "yu", "я": "ya", "й": "y", "ъ": "", "ц": "ts",
        "ь": "", "ы": "y", "дж": "j",
    },
    "french": _BASE | {
        "х": "kh", "ч": "tch", "ш": "ch", "ж": "j", "ё": "io", "ю": "iou", "я": "ia", "й": "ï", "ъ": "", "ц": "ts",
        "ь": "", "ы": "y", "у": "ou", "дж": "dj",
    },
    "german": _BASE | {
        "х": "ch", "ч": "tsch", "ш": "sch", "ж": "sch", "ё": "jo", "ю": "ju", "я": "ja", "й": "j", "ъ": "", "в": "w",
        "ь": "", "ы": "y", "з": "s", "ц": "z", "дж": "dsch",
    },
    "turkish": _BASE | {
        "х": "h", "ч": "ç", "ш": "ş", "ж": "j", "ё": "yo", "ю": "yu", "я": "ya", "й": "y", "ъ": "", "ц": "ts",
        "ь": "", "ы": "ı", "дж": "c",
    },
}  # fmt: skip
LATIN_STYLES = tuple(_LATIN)
_OWN_LETTERS = {"tajik", "uzbek"}
_NEIGHBOURS = {"а": "вп", "о": "рлт", "и": "мт", "р": "по", "м": "си", "н": "ге", "a": "sq", "o": "ip",
               "i": "uo", "r": "et", "m": "n", "n": "bm"}  # fmt: skip


def _swap(text: str, table: dict[str, str]) -> str:
    keys = sorted(table, key=len, reverse=True)

    def one(found: re.Match[str]) -> str:
        letter = found[0]
        new = table[letter.lower()]
        return new.capitalize() if letter[0].isupper() else new

    return re.sub("|".join(keys), one, text, flags=re.IGNORECASE)


def russian(text: str, rng: random.Random) -> str:
    """As a Russian clerk hears it: no letters of its own, о often а."""
    text = _swap(text, _RUSSIAN).replace("ъ", "" if rng.random() < 0.7 else "ъ")
    if rng.random() < 0.5:
        text = re.sub(
            "(?<=[бвгджзклмнпрстфхш])о(?=[бвгджзклмнпрстфх])(?!в)",
            lambda m: "а" if rng.random() < 0.6 else "о",
            text,
        )
    if rng.random() < 0.3:
        text = text.replace("ё", "е").replace("улло", "улла")
    if rng.random() < 0.3:
        text = re.sub("^Ҳ|^Х(?=[аоу])", "Г", text)
    return text


def uzbek_cyrillic(text: str) -> str:
    """Uzbek Cyrillic of a Tajik spelling."""
    return _swap(text, _UZBEK_CYRILLIC)


def latin(text: str, style: str, rng: random.Random) -> str:
    """Latin of one habit; the foreign habits start from the Russian spelling, as passports do."""
    if style not in _OWN_LETTERS:
        text = russian(text, rng)
    elif style == "uzbek":
        text = uzbek_cyrillic(text)
    return _swap(text, _LATIN[style])


def slip(text: str, rng: random.Random) -> str:
    """One slip of the hand inside the name: a letter lost, doubled, exchanged or hit beside."""
    places = [
        i
        for i in range(1, len(text) - 1)
        if text[i].isalpha() and text[i - 1].isalpha() and text[i + 1].isalpha()
    ]
    at = rng.choice(places)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[: at + 1] + text[at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + rng.choice(_NEIGHBOURS.get(text[at].lower(), "ае")) + text[at + 1 :]
