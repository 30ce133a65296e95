"""Words: turn a message into words, and a word into hashed features.

No vocabulary is kept anywhere. A word is described by its own hash and by the hashes of its
character n-grams (Bojanowski et al. 2017, "Enriching word vectors with subword information"), so a
typo or an unseen inflection shares most features with the word it resembles, in any language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import regex

NGRAM_LENGTHS = (3, 4, 5)
"""Lengths of the character n-grams, in characters; the word stands in < and > first."""

MAX_WORD_CHARACTERS = 64
"""Of a longer word (base64, a hash) only so many characters count: it bounds the work per word."""

_ANSI_ESCAPE = regex.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])"
)
"""Control sequences (CSI), operating system commands (OSC) and two-character escapes of ECMA-48."""

_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cs}--[\u200d\u200c\U000e0020-\U000e007f]]", regex.VERSION1)
"""Format characters and lone surrogates: zero-width space, direction marks, soft hyphen, BOM.

The joiners and the tag characters of flags belong to emoji, and are handled there."""

_CONTROL = regex.compile(r"\p{Cc}")

_JOINERS = regex.compile(r"[\u200d\u200c]")

_WORD = regex.compile(
    r"""
      (?P<emoji> \p{RI}{2} | [0-9#*]\ufe0f?\u20e3
               | \p{Extended_Pictographic}
                 [\ufe0f\u20e3\p{Emoji_Modifier}\p{M}\U000e0020-\U000e007f]*
                 (?: \u200d \p{Extended_Pictographic} [\ufe0f\p{Emoji_Modifier}]* )* )
    | (?P<number> \p{Nd}++ (?: [.,:/] \p{Nd}++ )*+ (?! [\p{L}\p{M}_] ) )
    | (?P<spaceless> [\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]
                     [\p{M}\u30fc]* )
    | (?P<letters> [\p{L}\p{M}\p{N}_\u200c\u200d--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}
                    \p{Khmer}\p{Myanmar}]]
                   [\p{L}\p{M}\p{N}_\u200c\u200d--[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}
                    \p{Khmer}\p{Myanmar}]]*
                   (?: ['’] [\p{L}\p{M}]+ )* )
    | (?P<punctuation> [^\s\p{C}] )
    """,
    regex.VERBOSE | regex.VERSION1,
)


class Word(NamedTuple):
    """A word as the network reads it, and its place in the message."""

    text: str
    """NFC, lower case; the same for "TIME", "time" and a decomposed spelling."""
    start: int
    """Index of its first character in the cleaned message (see `clean`)."""
    end: int
    """Index after its last character in the cleaned message."""


def clean(message: str) -> str:
    """Return the message as it may be shown: NFC, without escapes and invisible characters.

    Control characters become spaces, so two lines are two words and nothing can control a terminal.
    """
    text = _INVISIBLE.sub("", _ANSI_ESCAPE.sub("", message))
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))


def spans(message: str) -> Iterator[Word]:
    """Yield the words of a message with their places in the cleaned message."""
    for match in _WORD.finditer(clean(message)):
        text = _normalised(match)
        if text:
            yield Word(text, match.start(), match.end())


def words(message: str) -> list[str]:
    """Split a message into words, lower case, punctuation as words of its own.

    >>> words("What time is it?")
    ['what', 'time', 'is', 'it', '?']
    """
    return [text for match in _WORD.finditer(clean(message)) if (text := _normalised(match))]


def _normalised(match: regex.Match[str]) -> str:
    """Return the word of a match as the network reads it; "" for a joiner by itself."""
    text = match.group()
    if text.isascii():
        return text.lower()
    if match.lastgroup == "emoji":
        text = text.replace("\ufe0f", "")  # asks for colour only: ❤ and ❤️ are one word
    else:
        text = _JOINERS.sub("", text).replace("’", "'")
    return unicodedata.normalize("NFC", text.lower())


@lru_cache(maxsize=32_768)
def is_punctuation(word: str) -> bool:
    """Return whether a word is a punctuation mark: alone it is no evidence for an intent."""
    return all(unicodedata.category(character).startswith("P") for character in word)


def spoken(read: Sequence[str]) -> tuple[str, ...]:
    """Return the words without punctuation: as patterns are compared with messages."""
    return tuple(word for word in read if not is_punctuation(word))


def shared_beginning(some: Sequence[str], others: Sequence[str]) -> int:
    """Return how many leading words are the same: what was worked out for them holds for both."""
    for i, (word, other) in enumerate(zip(some, others, strict=False)):
        if word != other:
            return i
    return min(len(some), len(others))


def finished(message: str) -> str:
    """Return the part of a message being typed whose words are finished.

    A word is finished by what follows it: "what ti" leaves "what ", "what time?" stays whole.
    """
    cleaned = clean(message)
    last = max(spans(message), key=lambda word: word.end, default=None)
    if last is None or last.end < len(cleaned) or not last.text[-1].isalnum():
        return cleaned
    return cleaned[: last.start]


@lru_cache(maxsize=32_768)
def features(word: str) -> tuple[int, ...]:
    """Return the hashes of a word's features: the word itself, then its character n-grams.

    The hash is CRC-32, which is the same everywhere and always (Python's own is salted). Of 50,000
    features in use, one in 90,000 collides with another.
    """
    bounded = f"<{word[:MAX_WORD_CHARACTERS]}>"
    # The word is hashed with its marks doubled: "a" is not the n-gram "<a>", and no word is "n-gr".
    pieces = [f"<{bounded}>"]
    for length in NGRAM_LENGTHS:
        pieces += [bounded[i : i + length] for i in range(len(bounded) - length + 1)]
    # A dictionary keeps the order and drops an n-gram that occurs twice ("banana": "ana").
    return tuple(dict.fromkeys(crc32(piece.encode()) for piece in pieces))
