"""Amounts of units as people say them, in figures: "five foot ten", 5'10", "năm cân rưỡi", "1m75".

The text of a message is rewritten, so that a number and a unit are left; which words are units is
not known here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from chatbot.common import in_figures, numbers_in_words, vietnamese_numbers

_LANGUAGES = ("fr", "de", "es", "pt", "it", "nl")
"""Of numbers in words besides English and Vietnamese, one at a time: some are words elsewhere."""

_UNITS = ("miles", "mil")
"""Units that are numbers in another language."""

MOST_CHARACTERS = 300
"""Of a message, those at its beginning that are rewritten."""

_IN_ONE_WORD: tuple[tuple[regex.Pattern[str], str], ...] = tuple(
    (regex.compile(rf"(?<!\p{{L}})(?:{said})(?!\p{{L}})", regex.IGNORECASE), unit)
    for said, unit in (
        (r"(?:degrees?|°|độ|grad|degrés?|grados?) ?(?:celsius|centigrade|xê|c)", "celsius"),
        (r"(?:degrees?|°|độ|grad|degrés?|grados?) ?(?:fahrenheit|f)", "fahrenheit"),
        (r"(?:miles|mi) (?:per|an|a) hour|dặm (?:một|/|mỗi|trên) ?giờ", "mph"),
        (r"(?:kilomet(?:er|re)s|kms?) (?:per|an) hour|(?:cây số|km|ki ?-?lô ?-?mét) ?"
         r"(?:một|/|mỗi|trên) ?(?:giờ|h)", "kmh"),
        (r"met(?:er|re)s per second|m ?/ ?s", "m/s"),
        (r"square (feet|foot|ft)|sq\.? ?(?:ft|feet)", "ft²"),
        (r"square (?:met(?:er|re)s?|m)|sq\.? ?m|mét vuông|quadratmeter", "m²"),
        (r"square (?:kilomet(?:er|re)s?|km)|ki ?-?lô ?-?mét vuông|cây số vuông", "km²"),
        (r"square miles?|dặm vuông", "mi²"),
        (r"square inch(?:es)?", "in²"),
        (r"cubic (?:met(?:er|re)s?|m)|mét khối", "m³"),
        (r"cubic (?:feet|foot|ft)", "ft³"),
        (r"fl(?:uid|\.)? ?(?:ounces?|oz)", "floz"),
        (r"nautical miles?|hải lý", "nmi"),
        (r"ki ?-?lô ?-?mét|cây số", "km"),
        (r"ki ?-?lô ?-?gam|cân|ký|kí(?: ?lô)?", "kg"),
        (r"xăng ?-?ti ?-?mét|phân", "cm"),
        (r"mi ?-?li ?-?mét", "mm"),
        (r"mi ?-?li ?-?lít", "ml"),
        (r"bộ anh", "ft"),
        (r"đồng hồ", ""),
        (r"(?:a |one )?dozen", "12"),
    )
)  # fmt: skip
"""Units of several words, and Vietnamese ones that are other words too, as one word each."""

_NUMBER = r"(?<![\w.,*])(\d[\d.,]*)"

_REWRITTEN: tuple[tuple[regex.Pattern[str], str], ...] = (
    # 5'10", 5′ 10″, five foot ten, 5ft10, 6 foot 2 in: the number behind feet is of inches.
    (regex.compile(rf"""{_NUMBER} ?(?:'|′|’) ?(\d\d?(?:\.\d+)?) ?(?:"|″|”|''|’’)?(?![\w'])"""),
     r"\1 ft \2 inch"),
    (regex.compile(rf"{_NUMBER} ?(?:ft|foot|feet) ?(?:and )?(\d\d?(?:\.\d+)?)"
                   r"(?! ?(?:\d|[\"″”]|inch|in\b(?= +(?:in|to|as)\b)))(?!\w)", regex.IGNORECASE),
     r"\1 ft \2 inch"),
    (regex.compile(r"(?<=\d)(?:''|″|”|\")"), " inch"),
    (regex.compile(r"(?<=\d)['′’](?!\w)"), " ft"),
    (regex.compile(rf"{_NUMBER} ?(?:stones?|st) (\d\d?)(?=$|[.,;!?\s])(?! ?(?:lbs?|pounds?))",
                   regex.IGNORECASE), r"\1 stone \2 lb"),
    # 1m75, "một mét bảy": what stands behind metres are its decimals.
    (regex.compile(r"(?<![\w.,*])(\d) ?(?:m(?![23]\b)|mét|mètres?) ?(\d\d?)(?![\w.,])",
                   regex.IGNORECASE), r"\1.\2 m"),
    (regex.compile(rf"{_NUMBER} and (?:a|one) half(?!\w)", regex.IGNORECASE), r"\1.5"),
    (regex.compile(rf"{_NUMBER} ([^\W\d_]+) and a half(?!\w)", regex.IGNORECASE), r"\1.5 \2"),
    (regex.compile(rf"{_NUMBER} ([^\W\d_]+) rưỡi(?!\w)", regex.IGNORECASE), r"\1.5 \2"),
    (regex.compile(r"(?<!\w)(?:an? |one |1 )?quarter (?:of )?(?:an? )?(?=[^\W\d_])",
                   regex.IGNORECASE), "0.25 "),
    (regex.compile(r"(?<!\w)(?:half (?:of )?(?:an? )?|nửa )(?=[^\W\d_])", regex.IGNORECASE),
     "0.5 "),
)  # fmt: skip

_FRACTION = regex.compile(r"(?<![\w.,/])(?:(\d{1,4})[ -])?(\d{1,3})/(\d{1,3})(?![\w.,/])")

_ARTICLE = regex.compile(r"(?<!\w)(?:an?|one|a single)(?= \p{L}{2})", regex.IGNORECASE)


def readings(message: str) -> Iterator[str]:
    """Yield a message as it may be meant, with numbers in figures; the likeliest first."""
    text = unicodedata.normalize("NFC", message)
    begin, rest = text[:MOST_CHARACTERS], text[MOST_CHARACTERS:]
    for said, unit in _IN_ONE_WORD:
        begin = said.sub(unit, begin)
    english = in_figures(begin, numbers_in_words(begin, ["vi", "en"]))
    first = _rewritten(english) + rest
    yield first
    others = [list(vietnamese_numbers(begin, plain=True))] if begin.isascii() else []
    others += [list(numbers_in_words(begin, [language])) for language in _LANGUAGES]
    for found in others:
        if found and not any(begin[start:end].lower() in _UNITS for start, end, _value in found):
            yield _rewritten(in_figures(begin, found)) + rest
    if _ARTICLE.search(english):  # "how many metres is a mile"
        yield _rewritten(_ARTICLE.sub("1", english)) + rest


def _rewritten(text: str) -> str:
    text = _FRACTION.sub(_decimal, text)
    for said, instead in _REWRITTEN:
        text = said.sub(instead, text)
    return text


def _decimal(found: regex.Match[str]) -> str:
    if not int(found[3]):
        return str(found[0])
    return f"{int(found[1] or 0) + int(found[2]) / int(found[3]):.10g}"
