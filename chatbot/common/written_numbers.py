"""Numbers as people write them: with separators, in the digits of any script, in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

import regex

from chatbot.common.spoken_vietnamese import vietnamese_numbers

_SEPARATED = regex.compile(r"[.,'’\u00a0\u202f]")
_GROUPED = regex.compile(r"\d{1,3}(?:([.,'’\u00a0\u202f])\d{3})(?:\1\d{3})*")
_WORD = regex.compile(r"[\p{L}\p{M}'’]+(?:-[\p{L}\p{M}]+)*")

_IN_WORDS = ("en", "fr", "de", "es", "pt", "it", "nl")
"""Languages of text2num. Danish, its eighth, is none of the base, and its two is "to"."""

_LARGE = {"百": 100, "千": 1000, "万": 10_000, "十": 10}


def as_number(text: str) -> str | None:
    """Return a number in ASCII digits with a point: "1.234,5" is "1234.5"; None where it is none.

    A single separator before three digits separates thousands: "1.000" and "1,000" are the same.
    """
    sign = "-" if text[:1] in "-−" else ""
    plain = text.lstrip("-−")
    if any(c in _LARGE or c == "两" for c in plain) or plain in "〇零一二三四五六七八九":
        return _chinese(plain)
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    marks = _SEPARATED.findall(digits)
    if not marks:
        return sign + (digits.lstrip("0") or "0") if digits.isdecimal() else None
    if _GROUPED.fullmatch(digits):
        return sign + _SEPARATED.sub("", digits)
    whole, _, decimals = digits.rpartition(marks[-1])
    return f"{sign}{_SEPARATED.sub('', whole)}.{decimals}"


def _chinese(text: str) -> str | None:
    """Return a number in Chinese characters up to 99,999,999."""
    total = section = digit = 0
    for character in text:
        if character == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        elif character in _LARGE:
            section += (digit or 1) * _LARGE[character]
            digit = 0
        elif character == "两":
            digit = 2
        else:
            value = 0 if character == "〇" else int(unicodedata.numeric(character, -1))
            if value < 0:
                return None
            digit = digit * 10 + value
    return str(total + section + digit)


class _Token:
    """A word as text2num reads it."""

    def __init__(self, text: str, start: int, end: int, is_apart: bool) -> None:
        self._text, self.start, self.end, self._is_apart = text, start, end, is_apart

    def text(self) -> str:
        return self._text

    def nt_separated(self, previous: object) -> bool:
        return self._is_apart

    def not_a_number_part(self) -> bool:
        return False


def numbers_in_words(text: str, languages: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield numbers in words: where each begins and ends, and its digits."""
    if "vi" in languages:
        yield from vietnamese_numbers(text)
    spoken = [language for language in languages if language in _IN_WORDS]
    if not spoken:
        return
    from text_to_num import find_numbers  # 15 ms, not at start-up

    tokens: list[_Token] = []
    end = 0
    for found in _WORD.finditer(text):
        is_apart = bool(text[end : found.start()].strip())
        tokens.append(_Token(found[0].lower(), found.start(), found.end(), is_apart))
        end = found.end()
    # An article is a one in most of these languages; alone it is none.
    least = 0.0 if len(tokens) <= 2 else 1.5
    for language in spoken:
        for each in find_numbers(tokens, language, threshold=least):
            if each.is_ordinal:
                continue
            yield tokens[each.start].start, tokens[each.end - 1].end, as_number(each.text) or "0"


def in_figures(text: str, found: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with figures in place of the numbers that were found; of two the longer."""
    taken: list[tuple[int, int, str]] = []
    for start, end, value in sorted(found, key=lambda each: each[0] - each[1]):
        if all(end <= other[0] or other[1] <= start for other in taken):
            taken.append((start, end, value))
    for start, end, value in sorted(taken, reverse=True):
        text = f"{text[:start]}{value}{text[end:]}"
    return text
