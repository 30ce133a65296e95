"""Words: turn a message into words, and a word into hashed features.

No vocabulary is kept anywhere. A word is described by its own hash and by the hashes of its
character n-grams (Bojanowski et al. 2017, "Enriching word vectors with subword information"), so a
typo or an unseen inflection shares most features with the word it resembles, in any language. A
word with diacritics also has the features of its bare form, so that "may gio" meets "mấy giờ".
"""

from __future__ import annotations

import re
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

LONGEST_WORD = 256
"""Characters of the longest word; of a longer one (a whole picture in base64) the beginning counts,
so that the words that are remembered take little memory."""

_ANSI_ESCAPE = regex.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])"
)
"""Control sequences (CSI), operating system commands (OSC) and two-character escapes of ECMA-48."""

_INVISIBLE = regex.compile(r"[\p{Cf}\p{Cs}--[\u200d\u200c\U000e0020-\U000e007f]]", regex.VERSION1)
"""Format characters and lone surrogates: zero-width space, direction marks, soft hyphen, BOM.

The joiners and the tag characters of flags belong to emoji, and are handled there."""

_CONTROL = regex.compile(r"\p{Cc}")

_ACTS = regex.compile(r"[\p{Cc}--[\n\t]]", regex.VERSION1)
"""Control characters but line breaks and tabs."""

_HALF = regex.compile(r"\p{Cs}")
"""Half of a pair of surrogates."""

_COMPATIBLE = regex.compile(
    r"""[ \u3000\uff01-\uffdc\uffe0-\uffee         # full width and half width
          \ufb00-\ufb06\ufb13-\ufb17               # ligatures
          \u0132\u0133\u013f\u0140\u0149\u01c4-\u01cc\u01f1-\u01f3
          \ufb50-\ufdcf\ufe70-\ufefc               # Arabic letters as they join
          \U0001d400-\U0001d7ff\u2102\u210a-\u2115  # mathematical letters
          \u2119-\u211d\u2124\u2128\u212c-\u2134\u2145-\u2149 ]+""",
    regex.VERBOSE,
)
"""Letters and digits that are other shapes of ordinary ones. NFKC of everything would change what
is meant: x² would be x2, ½ would be 1⁄2, ① would be 1."""

_OPTIONAL_MARK = regex.compile(
    r"[[\p{Mn}&&[\p{Inherited}\p{Arabic}\p{Hebrew}]]--[\u3099\u309a]]|[\u093c\u0640]",
    regex.VERSION1,
)
"""Marks that people leave out: accents, Arabic vowels and stretching, Hebrew points, the nukta. Not
the vowel signs of Indic and Thai script, nor the voiced marks of kana: those are letters."""

_PLAIN_LETTERS = str.maketrans(
    # With loose alef, yeh and teh, and the shapes of Persian and Urdu.
    dict(zip("đøłıħðŧٱىةکیے", "dolihdtايهكيي", strict=True))
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
    | {chr(zero + n): str(n) for zero in (0x660, 0x6F0, 0x966) for n in range(10)}
)
"""Letters that Unicode does not decompose, but that people type plainly."""

_ASCII_LETTERS: dict[int, str | None] = {
    code: chr(code).lower() if chr(code).isalnum() else None for code in range(32, 127)
}
_ASCII_SIGNS: dict[int, None] = {
    code: None for code in range(32, 127) if unicodedata.category(chr(code))[0] in "PZ"
}
_LONG_RUN = regex.compile(rf"[\w'.,:/]{{{LONGEST_WORD + 1}}}")
"""What may be a word of which only the beginning counts."""
_NO_LETTERS = regex.compile(r"[\W_]+")

_CYRILLIC_AND_LATIN = regex.compile(r"(?=.*\p{Cyrillic})(?=.*\p{Latin})")

_HANGUL = regex.compile(r"[\uac00-\ud7a3]")

_LOOK_ALIKES = str.maketrans("abcehikmoptxy", "авсенікмортху")
"""Latin letters that look like Cyrillic ones, small or capital."""

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

_ASCII_WORD = re.compile(
    r"[0-9]++(?:[.,:/][0-9]++)*+(?![A-Za-z_]) | [A-Za-z0-9_]+(?:'[A-Za-z]+)* | [!-~]", re.VERBOSE
)
"""The same of a text in ASCII, in a third of the time."""


class Word(NamedTuple):
    """A word as the network reads it, and its place in the message."""

    text: str
    """NFC, lower case; the same for "TIME", "time" and a decomposed spelling."""
    start: int
    """Index of its first character in the message as read (see `as_read`)."""
    end: int
    """Index after its last character in the message as read."""


def clean(message: str) -> str:
    """Return the message as it may be shown: NFC, without escapes and invisible characters.

    Control characters become spaces, so two lines are two words and nothing can control a terminal.
    """
    if message.isascii() and message.isprintable():
        return message
    text = _INVISIBLE.sub("", _ANSI_ESCAPE.sub("", message))
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))


def harmless(text: str) -> str:
    """Return a text as it was written, without what would act where it is pasted.

    Line breaks, tabs and invisible characters stay, escapes and control
    characters go: a terminal that a text is pasted into might obey them. Half of a pair of
    surrogates, which no encoding has, becomes U+FFFD.
    """
    text = _ANSI_ESCAPE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _HALF.sub("\ufffd", _ACTS.sub("", text))


def as_read(message: str) -> str:
    """Return the message as the network reads it: clean, and every letter in its ordinary shape.

    >>> as_read("Ｈｅｌｌｏ ｶﾞ ﬁne")
    'Hello ガ fine'
    """
    text = clean(message)
    if text.isascii():
        return text
    folded = _COMPATIBLE.sub(lambda run: unicodedata.normalize("NFKC", run.group()), text)
    return unicodedata.normalize("NFC", folded)


def spans(message: str) -> Iterator[Word]:
    """Yield the words of a message with their places in the message as read."""
    text = as_read(message)
    if text.isascii():
        for found in _ASCII_WORD.finditer(text):
            yield Word(found[0][:LONGEST_WORD].lower(), found.start(), found.end())
        return
    for match in _WORD.finditer(text):
        word = _normalised(match)
        if word:
            yield Word(word, match.start(), match.end())


def words(message: str) -> list[str]:
    """Split a message into words, lower case, punctuation as words of its own.

    >>> words("What time is it?")
    ['what', 'time', 'is', 'it', '?']
    """
    text = as_read(message)
    if text.isascii():
        read: list[str] = _ASCII_WORD.findall(text.lower())
        return read if len(text) <= LONGEST_WORD else [word[:LONGEST_WORD] for word in read]
    return [text for match in _WORD.finditer(text) if (text := _normalised(match))]


def _normalised(match: regex.Match[str]) -> str:
    """Return the word of a match as the network reads it; "" for a joiner by itself."""
    text = match.group()[:LONGEST_WORD]
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


def letters(texts: Sequence[str]) -> list[str]:
    """Return the letters and digits of texts: the same for all texts of the same bare words.

    The opposite does not hold ("a part", "apart"): it is how texts of the same words are found
    among a million. 0.2 µs for a text in ASCII, 15 for another.
    """
    together = " ".join(texts)
    may_be_cut = max(map(len, texts)) > LONGEST_WORD and _LONG_RUN.search(together)
    if together.isascii() and together.isprintable() and not may_be_cut:
        found = "\n".join(texts).translate(_ASCII_LETTERS).split("\n")
        return [
            each or text.translate(_ASCII_SIGNS) for each, text in zip(found, texts, strict=True)
        ]
    if len(texts) == 1:
        return [_letters(spoken(words(texts[0])))]
    half = len(texts) // 2
    return letters(texts[:half]) + letters(texts[half:])


def _letters(read: Sequence[str]) -> str:
    return next(letters_of_beginnings(read, len(read)), "")


def letters_of_beginnings(read: Sequence[str], first: int = 1) -> Iterator[str]:
    """Yield the letters and digits of the first words, of one more, and so on to all.

    `read` holds words without punctuation. Where they have none ("$"), it is the words themselves.
    """
    found = ""
    for count, word in enumerate(read, 1):
        found += _letters_of(word)
        if count >= first:
            yield found or "".join(map(bare, read[:count]))


@lru_cache(maxsize=32_768)
def _letters_of(word: str) -> str:
    return _NO_LETTERS.sub("", bare(word))


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
    text = as_read(message)
    last = max(spans(message), key=lambda word: word.end, default=None)
    if last is None or last.end < len(text) or not last.text[-1].isalnum():
        return text
    return text[: last.start]


@lru_cache(maxsize=32_768)
def bare(word: str) -> str:
    """Return a word without the marks that people leave out when they type quickly.

    >>> bare("giờ"), bare("müßig"), bare("أَهْلاً")
    ('gio', 'mussig', 'اهلا')

    A Cyrillic word with Latin look-alikes among its letters gets the Cyrillic ones.
    """
    if word.isascii():
        return word
    plain = _OPTIONAL_MARK.sub("", unicodedata.normalize("NFD", word)).translate(_PLAIN_LETTERS)
    if _CYRILLIC_AND_LATIN.match(plain):
        plain = plain.translate(_LOOK_ALIKES)
    return unicodedata.normalize("NFC", plain) or word


@lru_cache(maxsize=32_768)
def features(word: str) -> tuple[int, ...]:
    """Return the hashes of a word's features: those of the word, then those of its bare form.

    Each form has a feature of its own, and one per character n-gram. A Korean word also has those
    of its letters (jamo): an ending changes a letter, and with it the syllable (Park et al. 2018,
    "Subword-level word vector representations for Korean"). The hash is CRC-32, which is
    the same everywhere and always (Python's own is salted). Of 300,000 features in use, one in
    14,000 collides with another.
    """
    # A dictionary keeps the order and drops what occurs twice: in "banana", in a word and its bare
    # form.
    forms = [word] if word.isascii() else [word, bare(word)]
    if _HANGUL.search(word):
        forms.append(unicodedata.normalize("NFD", word))
    pieces = dict.fromkeys(piece for form in forms for piece in _pieces(form))
    return tuple(dict.fromkeys(crc32(piece.encode()) for piece in pieces))


def _pieces(word: str) -> Iterator[str]:
    """Yield a word in its marks, and its character n-grams."""
    bounded = f"<{word[:MAX_WORD_CHARACTERS]}>"
    # The word's own marks are doubled: "a" is not the n-gram "<a>", and no word is "n-gr".
    yield f"<{bounded}>"
    for length in NGRAM_LENGTHS:
        for i in range(len(bounded) - length + 1):
            yield bounded[i : i + length]
