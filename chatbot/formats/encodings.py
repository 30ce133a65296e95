"""Text in an old encoding: which one it most probably is, or none.

charset-normalizer tells scripts apart, by what languages look like, but not the encodings of
languages that write Latin letters; those are told by the letters themselves.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice

_UNICODE = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_MOST_LOOKED_AT = 65_536
_MOST_LINES = 1_000
"""Of the lines with other bytes than ASCII's; a hundred would do."""

_FEWEST = 20
_FEWEST_ACCENTS = 10
"""Bytes beyond ASCII that decide which it is: of one word nobody can tell."""

_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")
_WIDE = ("gb18030", "big5", "cp932", "euc_jp", "cp949")
_OTHERS = (
    "cp1251", "koi8_r", "cp866", "cp1256", "cp1258", "cp1253", "cp1255", "cp874",
)  # fmt: skip

_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŸŒ’‘“”„‚–—…€£«»¿¡°©®§•·ªº´\xa0"
)
_TURKISH = _WESTERN | frozenset("ğışĞİŞ")
_MOST_ACCENTS = 0.3
"""Share of accented letters in a text of Latin letters."""

_COHERENT = 0.3
"""How sure of a language charset-normalizer has to be. Of 250 samples of 4 to 150 lines in twelve
languages it was at least .32 for the right encoding, and 0 where none of them was the right one."""
_CHAOTIC = 0.1
"""The same of texts in Chinese, Japanese and Korean: how odd the characters may be."""
_KANA = 0.2
"""Share of hiragana in Japanese, which as Korean would be single strokes."""

_HIRAGANA = re.compile("[\u3041-\u3096]")
_HUNGARIAN = frozenset("õûÕÛ")
"""What ő and ű are in Windows-1252."""
_NEVER_HUNGARIAN = frozenset("ãàâçêèîïñåøæß")

_NULLS = 0.05
"""Share of null bytes from which it is UTF-16: the punctuation of JSON is more."""
_FEWEST_NULLS = 8

_DECLARED = re.compile(
    rb"""\s*<\?xml[^<>]{0,100}encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,30})["']"""
    rb"""|[^\0]{0,4000}?<meta\b[^<>]{0,200}?\bcharset\s{0,9}=\s{0,9}["']?([\w.:-]{2,30})""",
    re.IGNORECASE,
)
_MAY_BE_DECLARED = re.compile(
    r"cp\d+|iso8859-\d+|koi8-[ru]|gb\w+|big5\w*|shift_jis|euc_\w+|mac-\w+"
)


def declared(data: bytes) -> str | None:
    """Return the old encoding that XML or HTML says it is in, as much of the AIML in public is."""
    found = _DECLARED.match(data)
    if found is None:
        return None
    try:
        name = codecs.lookup((found[1] or found[2]).decode()).name
    except LookupError:
        return None
    if name == "iso8859-1":
        return "cp1252"  # as browsers read it
    return name if _MAY_BE_DECLARED.fullmatch(name) else None


def marked_unicode(data: bytes) -> str | None:
    """Return the encoding of text in UTF-16 or UTF-32 with a byte order mark."""
    return next((name for mark, name in _UNICODE if data.startswith(mark)), None)


def unmarked_unicode(data: bytes) -> str | None:
    """Return the encoding of text in UTF-16 without a byte order mark: half of ASCII is null."""
    start = data[:_MOST_LOOKED_AT]
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < max(_FEWEST_NULLS, _NULLS * len(start)):
        return None
    if min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def guess(data: bytes) -> str | None:
    """Return the old encoding that a text which is not UTF-8 is in; None where that is not sure."""
    lines = (line for line in data.splitlines() if not line.isascii())
    some = b"\n".join(islice(lines, _MOST_LINES))[:_MOST_LOOKED_AT]
    repaired = some.decode(errors="replace")
    damaged = repaired.count("\ufffd")
    if 2 * damaged <= sum(not c.isascii() for c in repaired):
        return None  # UTF-8 with a fault
    found = _western(some) or _by_language(some)
    if found is None:
        return None
    try:
        data.decode(found)
    except UnicodeDecodeError:
        return None
    return found


def _western(some: bytes) -> str | None:
    """Return Windows-1252 for Latin letters of which a few have accents of Western Europe."""
    beyond = sum(byte > 127 for byte in some)
    letters = sum(bytes([byte]).isalpha() for byte in some) + beyond
    accented = _beyond_ascii(some, "cp1252")
    if beyond > _MOST_ACCENTS * letters or not accented <= _WESTERN:
        return None
    is_hungarian = (
        accented & _HUNGARIAN and accented & set("áíú") and not accented & _NEVER_HUNGARIAN
    )
    return "cp1250" if is_hungarian else "cp1252"


def _by_language(some: bytes) -> str | None:
    from charset_normalizer import from_bytes  # start-up: hardly any file needs it

    beyond = sum(byte > 127 for byte in some)
    best = from_bytes(some, cp_isolation=[*_LATIN, *_OTHERS, *_WIDE]).best()
    if best is None:
        return None
    if beyond < (_FEWEST_ACCENTS if best.encoding in _LATIN else _FEWEST):
        return None
    if best.encoding in _WIDE:
        for japanese in ("cp932", "euc_jp"):
            text = some.decode(japanese, errors="replace")
            if len(_HIRAGANA.findall(text)) >= _KANA * sum(not c.isascii() for c in text):
                return japanese
        return best.encoding if best.chaos <= _CHAOTIC else None
    if best.coherence < _COHERENT:
        return None
    if best.encoding not in _LATIN:
        return best.encoding
    return "cp1254" if _beyond_ascii(some, "cp1254") <= _TURKISH else "cp1250"


def _beyond_ascii(some: bytes, encoding: str) -> frozenset[str]:
    return frozenset(c for c in some.decode(encoding, errors="replace") if not c.isascii())
