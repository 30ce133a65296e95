"""How languages say lengths of time besides a number and a unit: halves, quarters, and what joins.

The parts are regular expressions for a text without diacritics and capitals, as `spoken_times` has
it. A new language is a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from chatbot.slots.time_phrases import NEVER


class Lengths(NamedTuple):
    """How a language says lengths of time."""

    joins: str = NEVER
    """What stands between two parts: "two hours and five minutes"."""
    one: str = NEVER
    """Articles that mean one before a unit: "an hour"."""
    half: str = NEVER
    """What stands before a unit of which half is meant: "half an hour"."""
    and_half: str = NEVER
    """What adds half a unit behind it, or behind its number: "two and a half hours"."""
    one_and_half: str = NEVER
    """A number in a word of its own: "anderthalb"."""
    whole: str = "(?<quarter>(?!))"
    """Lengths in words of their own, with the groups `quarter` and `three`: "Viertelstunde"."""
    more: Mapping[str, str] = {}
    """Names of units that dateparser's tables do not have."""
    is_spaced: bool = True
    """Whether words are parted by blanks."""


LENGTHS: Mapping[str, Lengths] = {
    "en": Lengths(
        "and",
        "an?",
        "half (?:an? )?",
        "and a half",
        NEVER,
        r"(?:a )?(?<quarter>quarter(?: of)?(?: an)?) hour|(?<three>three[ -]quarters? of an) hour",
    ),
    "de": Lengths(
        "und",
        "eine?n?",
        "(?:eine? )?halbe[nrs]? ?",
        "und eine halbe|einhalb",
        "anderthalb|eineinhalb",
        r"(?:eine )?(?<three>drei ?viertel ?stunden?)|(?:eine )?(?<quarter>viertel ?stunde)",
    ),
    "nl": Lengths(
        "en",
        "een",
        "(?:een )?(?:half|halve) ?",
        "en een half|en een halve|eneenhalf|eneenhalve",
        "anderhalf|anderhalve",
        r"(?:een )?(?<quarter>kwartier)|(?<three>drie ?kwartier)",
        {"uren": "hour", "uurtje": "hour"},
    ),
    "vi": Lengths(
        "va|voi",
        "mot",
        "nua ",
        "ruoi",
        NEVER,
        r"(?:mot )?(?<quarter>khac)(?: dong ho)?",
        {"tieng": "hour", "tieng dong ho": "hour", "gio dong ho": "hour"},
    ),
    "fr": Lengths(
        "et",
        "une?",
        "(?:une? )?demie?[- ]",
        "et demie?",
        NEVER,
        r"(?:un )?(?<quarter>quart d'heure)|(?<three>trois quarts d'heure)",
        {"journee": "day", "journees": "day"},
    ),
    "es": Lengths(
        "y",
        "una?",
        "medi[ao] ",
        "y medi[ao]",
        NEVER,
        r"(?:un )?(?<quarter>cuarto de hora)|(?<three>tres cuartos de hora)",
    ),
    "pt": Lengths("e", "uma?", "mei[ao] ", "e mei[ao]"),
    "it": Lengths("e", "una?|un'", "mezz(?:'|[ao] )", "e mezz[ao]"),
    "ru": Lengths("и", half="пол", one_and_half="полтор[аы]"),
    "zh": Lengths(
        "又|零",
        NEVER,
        "半个?",
        "个半",
        NEVER,
        "(?<quarter>一刻钟?)|(?<three>三刻钟?)",
        {"个小时": "hour", "个钟头": "hour", "小時": "hour",
         "个星期": "week", "分鐘": "minute", "秒钟": "second"},
        is_spaced=False,
    ),
    "ja": Lengths("と", NEVER, "半", "半", is_spaced=False),
    "ko": Lengths("하고", NEVER, "반 ?", " ?반", is_spaced=False),
}  # fmt: skip

NO_PHRASES = Lengths()
"""Of a language whose numbers and units alone are known."""

HALVES: Mapping[str, tuple[int, str]] = {
    "year": (6, "month"),
    "day": (12, "hour"),
    "hour": (30, "minute"),
    "minute": (30, "second"),
}
"""What half a unit is."""
