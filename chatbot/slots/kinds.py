"""Values of the built-in kinds: number, date, time, duration, money, e-mail, url, phone.

What is written alike everywhere (addresses, digits, currency signs) is found by expressions of our
own. Dates, times and units of time are dateparser's, numbers in words text2num's: both are loaded
when a file first asks for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

import regex

from chatbot.common import as_number, numbers_in_words
from chatbot.intents import SlotKind
from chatbot.slots.dates import dates, times
from chatbot.slots.durations import durations

MOST_CHARACTERS = 300
"""Of a message, the characters at its beginning in which dates and numbers in words are looked for:
dateparser takes 10 ms for a short message."""


class Piece(NamedTuple):
    """A value in a text, by its place."""

    start: int
    end: int
    value: str


class Asked(NamedTuple):
    """In which languages a text may be, and from which moment "tomorrow" counts."""

    languages: tuple[str, ...]
    now: datetime


_NUMBER = regex.compile(
    r"(?<![\p{L}\p{N}_.,/:+-])[-−]?\p{Nd}++(?:[.,'’\u00a0\u202f]\p{Nd}++)*+(?![\p{L}_]|[.,:/-]\p{N})"
)
_CJK_NUMBER = regex.compile(r"[〇零一二三四五六七八九十百千万两]++(?=[\p{Han}\s]|$)")
_COUNTED = regex.compile(
    r"(?<![\p{L}\p{N}_.,])\p{Nd}++(?=\p{Han}|\p{Hangul}|\p{Thai}|\p{Katakana})"
)
"""Digits with a counter right behind: 2人, 3개."""

_AMOUNT = r"\p{Nd}++(?:[.,'’\u00a0\u202f]\p{Nd}++)*+(?:\s?[kK](?!\p{L}))?"
_CODES = "EUR|USD|GBP|JPY|CNY|VND|KRW|INR|RUB|PLN|TRY|BRL|IDR|CHF|SEK|NOK|DKK|CZK|AUD|CAD|THB|MXN"
_NAMES: Mapping[str, str] = {
    "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₫": "VND", "₩": "KRW", "₹": "INR", "₽": "RUB",
    "₺": "TRY", "฿": "THB", "zł": "PLN", "đ": "VND", "đồng": "VND", "euro": "EUR", "euros": "EUR",
    "eur": "EUR", "dollar": "USD", "dollars": "USD", "dólares": "USD", "pounds": "GBP", "円": "JPY",
    "元": "CNY", "원": "KRW", "руб": "RUB", "рублей": "RUB", "lira": "TRY", "reais": "BRL",
    "rupiah": "IDR", "rupees": "INR", "r$": "BRL", "rp": "IDR", "rs": "INR",
}  # fmt: skip
_CURRENCY = (
    rf"(?:[Rr]\$|\p{{Sc}}|(?:{_CODES})|zł|đồng|đ|euros?|dollars?|dólares|pounds|円|元|원|руб(?:лей)?"
    r"|lira|reais|rupiah|rupees|Rp|Rs)"
)
_MONEY = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?:(?P<before>{_CURRENCY})\s?(?P<first>{_AMOUNT})"
    rf"|(?P<second>{_AMOUNT})\s?(?P<behind>{_CURRENCY}))(?![\p{{L}}\p{{N}}--[\p{{Han}}\p{{Hangul}}]])",
    regex.IGNORECASE | regex.VERSION1,
)
_EMAIL = regex.compile(
    r"(?<![\w.+-])[\w.+%-]{1,64}+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61})\.){1,8}\p{L}{2,24}(?![\w-])"
)
_URL = regex.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s<>\"'）】]{1,2000}+"
    r"|(?<![\w@.])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61})\.){1,8}"
    r"(?:com|org|net|edu|gov|io|info|biz|app|dev|eu|de|fr|es|it|nl|pl|pt|uk|vn|jp|kr|cn|ru|tr|br|in|id)"
    r"(?![\w@-])(?:/[^\s<>\"']{0,2000}+)?",
    regex.IGNORECASE,
)
_PHONE = regex.compile(r"(?<![\w.+])(?:\+\s?)?\(?\p{Nd}[\p{Nd}\s().\-/]{5,24}\p{Nd}(?![\w])")
_PHONE_DIGITS = range(7, 16)
"""E.164 allows 15."""

_TRAILING = ".,;:!?)]}…。、！？"


def pieces(kind: SlotKind, text: str, asked: Asked) -> Iterator[Piece]:
    """Yield the values of a kind in a text as read; they may overlap."""
    yield from _FINDERS[kind](text, asked)


def _numbers(text: str, asked: Asked) -> Iterator[Piece]:
    for found in (*_NUMBER.finditer(text), *_COUNTED.finditer(text)):
        if (value := as_number(found[0])) is not None:
            yield Piece(found.start(), found.end(), value)
    beginning = text[:MOST_CHARACTERS]
    if {"zh", "ja"}.intersection(asked.languages):
        for found in _CJK_NUMBER.finditer(beginning):
            if (value := as_number(found[0])) is not None:
                yield Piece(found.start(), found.end(), value)
    for start, end, value in numbers_in_words(beginning, asked.languages):
        yield Piece(start, end, value)


def _money(text: str, asked: Asked) -> Iterator[Piece]:
    for found in _MONEY.finditer(text):
        amount = found["first"] or found["second"]
        sign = (found["before"] or found["behind"]).casefold()
        thousand = amount.rstrip("kK").rstrip()
        value = as_number(thousand)
        if value is not None:
            if thousand != amount.rstrip():
                value = as_number(str(int(float(value) * 1000))) or value
            yield Piece(found.start(), found.end(), f"{value} {_NAMES.get(sign, sign.upper())}")


def _emails(text: str, asked: Asked) -> Iterator[Piece]:
    for found in _EMAIL.finditer(text):
        yield Piece(found.start(), found.end(), found[0].lower())


def _urls(text: str, asked: Asked) -> Iterator[Piece]:
    for found in _URL.finditer(text):
        url = found[0].rstrip(_TRAILING)
        yield Piece(found.start(), found.start() + len(url), url)


def _phones(text: str, asked: Asked) -> Iterator[Piece]:
    for found in _PHONE.finditer(text):
        digits = "".join(as_number(c) or "" for c in found[0] if c.isdecimal())
        plus = "+" if found[0].startswith("+") else ""
        is_date = regex.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}", found[0])
        if len(digits) in _PHONE_DIGITS and not is_date:
            yield Piece(found.start(), found.end(), plus + digits)


def _dates(text: str, asked: Asked) -> Iterator[Piece]:
    yield from (
        Piece(*found) for found in dates(text[:MOST_CHARACTERS], asked.languages, asked.now)
    )


def _times(text: str, asked: Asked) -> Iterator[Piece]:
    yield from (
        Piece(*found) for found in times(text[:MOST_CHARACTERS], asked.languages, asked.now)
    )


def _durations(text: str, asked: Asked) -> Iterator[Piece]:
    numbers = [(p.start, p.end, p.value) for p in _numbers(text[:MOST_CHARACTERS], asked)]
    for found in durations(text[:MOST_CHARACTERS], numbers, asked.languages):
        yield Piece(*found)


_FINDERS: Mapping[SlotKind, Callable[[str, Asked], Iterator[Piece]]] = {
    "number": _numbers,
    "money": _money,
    "email": _emails,
    "url": _urls,
    "phone": _phones,
    "date": _dates,
    "time": _times,
    "duration": _durations,
}
