"""Percentages and printable text, the same on the screen and in sentences."""

import re

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, which JSON may hold (\\ud83d) and no encoding can write."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def percent(share: float) -> str:
    """Return a share as whole percents; anything below 1 is never shown as 100 %."""
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        rounded = 99
    return f"{rounded} %"


def printable(text: str) -> str:
    """Escape what would break the line, steer the terminal or fail to encode."""
    return _UNPRINTABLE.sub(lambda c: c[0].encode("unicode_escape").decode(), text)
