"""Which languages a bot speaks, told by its patterns: dates and numbers are written in words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

import regex

from chatbot.words import words

_COMMON = {
    "en": "the is to you my what how i do can",
    "de": "der die das ist ich und wie kann mir ein",
    "fr": "le la les est je vous des un pour quel",
    "es": "el los una es qué por para cómo puedo mi",
    "pt": "o os uma é que para como você não meu",
    "it": "il che è per un come mi posso sono quale",
    "nl": "de het een is ik hoe van mijn kan wat",
    "pl": "jest jak się na czy mogę nie do co w",
    "tr": "bir ne var mı nasıl ve bu için mi çok",
    "id": "apa saya di yang ada untuk bisa berapa ini dan",
    "vi": "tôi là có không gì cho được bao mấy bạn mình phút giờ giây lúc ngày",
}
"""Frequent words that tell them apart, together, well enough."""

_SCRIPTS = (
    ("ja", regex.compile(r"[\p{Hiragana}\p{Katakana}]")),
    ("ko", regex.compile(r"\p{Hangul}")),
    ("zh", regex.compile(r"\p{Han}")),
    ("th", regex.compile(r"\p{Thai}")),
    ("ru", regex.compile(r"\p{Cyrillic}")),
    ("ar", regex.compile(r"\p{Arabic}")),
    ("hi", regex.compile(r"\p{Devanagari}")),
    ("el", regex.compile(r"\p{Greek}")),
    ("he", regex.compile(r"\p{Hebrew}")),
)
"""What is written in a script of its own; Japanese before Chinese, whose characters it has too."""

_VIETNAMESE = regex.compile(r"[ảạấầẩẫậắằẳẵặẻẹếềểễệỉịỏọốồổỗộơớờởỡợủụưứừửữựỷỵ]", regex.IGNORECASE)
"""Letters that are of no other language here."""

MOST_TEXTS = 300
SHARE = 0.3
"""Of the texts that speak the most frequent language, so many must speak another one for it to
count: a French "La carte ?" in an English bot is a slip."""


def spoken_languages(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the languages of some texts, the most frequent first; English if none."""
    votes: Counter[str] = Counter()
    for _, text in zip(range(MOST_TEXTS), texts, strict=False):
        votes.update([code] if (code := language_of(text)) else [])
    if not votes:
        return ("en",)
    ranked = votes.most_common()
    return tuple(code for code, count in ranked if count >= SHARE * ranked[0][1])


def language_of(text: str) -> str:
    """Return the code of the language of a text; "" where nothing tells."""
    for code, script in _SCRIPTS:
        if script.search(text):
            return code
    if _VIETNAMESE.search(unicodedata.normalize("NFC", text)):
        return "vi"
    read = set(words(text))
    counts = {code: len(read.intersection(common.split())) for code, common in _COMMON.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else ""
