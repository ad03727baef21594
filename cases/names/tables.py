"""The letters and word parts of names, as tables: what one alphabet writes for a sound of another.

Everything is brought to one small alphabet: consonants `b v g d j z k l m n p r s t f h c w`
(c is ч, w is ш, j is both ж and ҷ, x is a German s, which is с or з) and the vowels `a o u i e`, where i is also
the glide й.
"""

from typing import Final

APOSTROPHES: Final = "`’‘ʻʼ´′ʹˈ＇"

CYRILLIC: Final = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "ґ": "g", "д": "d", "е": "e", "э": "e", "є": "e",
    "ё": "io", "ж": "j", "җ": "j", "ҷ": "j", "з": "z", "и": "i", "ӣ": "i", "й": "i", "і": "i", "ї": "i", "ы": "i",
    "к": "k", "қ": "k", "ҡ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "ҥ": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ӯ": "u", "ў": "u", "ү": "u", "ұ": "u", "ф": "f", "х": "h", "ҳ": "h",
    "һ": "h", "ц": "ts", "ч": "c", "ҹ": "j", "ш": "w", "щ": "w", "ъ": "", "ь": "", "ю": "iu", "я": "ia",
    "дж": "j",
}  # fmt: skip

LATIN: Final = {
    # one sound in two or more letters: English, French, German and Polish habits, then Uzbek apostrophes
    "shch": "w", "dsch": "j", "tsch": "c", "dzh": "j", "sch": "w", "tch": "c", "dj": "j", "dż": "j",
    "zh": "j", "kh": "h", "gh": "g", "ch": "c", "sh": "w",
    "ou": "u", "o'": "u", "g'": "g",
    # letters with marks: Turkish, Azeri, Tajik and library Latin
    "ç": "c", "č": "c", "ć": "c", "ş": "w", "š": "w", "ś": "w", "ž": "j", "ż": "j", "ź": "z", "ğ": "g", "ġ": "g",
    "ı": "i", "ī": "i", "ï": "i", "í": "i", "ö": "o", "ō": "u", "ó": "o", "ü": "u", "ū": "u", "ú": "u", "ə": "a",
    "ä": "a", "ā": "a", "á": "a", "â": "a", "é": "e", "è": "e", "ē": "e", "ë": "e", "ḩ": "h", "ḥ": "h", "ĭ": "i",
    "ț": "t", "ñ": "n", "ł": "l", "ý": "i", "ß": "s",
    # plain letters that do not stand for themselves; a c alone is Turkish and Azeri, nobody here writes it for k
    "c": "j", "q": "k", "w": "v", "x": "h", "y": "i", "'": "",
}  # fmt: skip

# What a whole name written in the habit of one country changes in the table above.
STYLES: Final = {
    "": {},
    "german": {"ch": "h", "j": "i", "dj": "di", "s": "x", "ss": "s"},
    "polish": {"ch": "h", "j": "i", "dj": "di", "cz": "c", "sz": "w"},
    "french": {"ch": "w", "gu": "g"},
}

# Persian letters; short vowels are not written, so such parts are compared by their consonants.
PERSIAN: Final = {
    "ا": "a", "آ": "a", "أ": "a", "إ": "i", "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "c", "ح": "h",
    "خ": "h", "د": "d", "ذ": "z", "ر": "r", "ز": "z", "ژ": "j", "س": "s", "ش": "w", "ص": "s", "ض": "z", "ط": "t",
    "ظ": "z", "ع": "", "غ": "g", "ف": "f", "ق": "k", "ک": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n",
    "و": "u", "ه": "h", "ة": "a", "ی": "i", "ي": "i", "ى": "i", "ئ": "i", "ؤ": "u", "ء": "", "\u200c": "",
}  # fmt: skip

# One name that is written in many ways inside longer names as well: (pattern, what it becomes).
CANONICAL: Final = (
    (r"m[uao]?h?[ao]m[ae][dt](?![iu]n)|m[ao]g[ao]m[ae][dt]|mahm[ae][dt]|muhm[ae][dt]", "muhamad"),
    (r"^[sx](?:ai?|ei?)[ie]+d(?=.)|^[sx]eid|^[sx]aid", "said"),
    (r"^abd[uiea]?[lr]?(?=[bvgdjzkmnpstfhcw])|^abd[uiea]?(?=r)", "abdu"),
    (r"(?<=[a-z]{2})[uie]l(?:d?[ao]|[ao]h)$", "ula"),
    (r"(?<=[a-z]{2})[uiea](?:td|d|t)in$", "idin"),
)

PATRONYMIC_ENDING: Final = r"(?:i?[eoa][vf][ieao]?[cw]|i?[eo]vna|[eo]vno)"
SURNAME_ENDING: Final = r"i?(?:[eo]v|[eo]f|[eoa]v[ao])"
SON: Final = ("ugli", "ogli", "uglu", "oglu", "ulu", "uli", "ugl", "ogl")
DAUGHTER: Final = ("kizi", "gizi", "kisi", "kiz", "giz")

# Endings of courtesy and rank that one clerk writes and the next leaves out.
OPTIONAL_ENDINGS: Final = ("jon", "jan", "hon", "han", "bek", "boi", "bai", "hoja", "mirza", "niso", "oi")

VOWELS: Final = frozenset("aoue" + "i")

# Sounds that one alphabet or one ear takes for another; what is not here costs the weight of its letter.
CHEAP: Final = {
    0.02: ("xs", "xz"),
    0.2: ("ao", "ei", "uo"),
    0.35: (
        "dt",
        "sz",
        "bp",
        "pf",
        "bf",
        "kg",
        "gh",
        "kh",
        "vf",
        "vb",
        "jc",
        "cw",
        "jw",
        "ij",
        "uv",
        "ae",
        "iu",
    ),
}
WEIGHTS: Final = {"a": 0.4, "o": 0.4, "u": 0.4, "e": 0.4, "i": 0.3, "h": 0.6, "v": 0.8}

# Words that are as often written apart from the next (or the one before) as together with it.
COMPOUND_HEADS: Final = frozenset(
    ("abdu", "ab", "nur", "mir", "mirza", "mirzo", "said", "wer", "woh", "wah", "hoja", "hoji", "imom", "imam", "dil",
     "gul", "bibi", "hol", "er", "muhamad", "davlat", "safar", "hudoi", "hudo", "bek", "boi", "kul",
     "saif", "wams", "nizom")
)  # fmt: skip
COMPOUND_TAILS: Final = frozenset(
    ("ali", "jon", "jan", "hon", "han", "bek", "boi", "bai", "woh", "wo", "mo", "niso", "kul", "kuli", "murod", "murat",
     "nazar", "iar", "er", "berdi", "oi", "gul", "idin", "din", "ula", "lo", "lah")
)  # fmt: skip
