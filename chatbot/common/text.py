"""Percentages and printable text, the same on the screen and in sentences."""

import re

from chatbot.common.translation import N_, _, ngettext

HALF_CHARACTER = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, which JSON may hold (\\ud83d) and no encoding can write."""

_STEERS = "\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""DEL, the controls C1, separators of lines, bidirectional controls, which show a text in another
order than it has, and halves of surrogate pairs; part of a class of a regular expression."""

UNPRINTABLE = re.compile(f"[\x00-\x1f{_STEERS}]")
"""A character that must not reach a terminal as it is; `printable` writes it as \\x1b."""

_UNPRINTABLE_IN_LINES = re.compile(f"[\x00-\x08\x0b-\x1f{_STEERS}]")
"""The same, but for tabs and line breaks."""


def percent(share: float) -> str:
    """Return a share as whole percents; anything below 1 is never shown as 100 %."""
    rounded = round(share * 100)
    if rounded == 100 and share < 1:
        rounded = 99
    return f"{rounded} %"


def likely_range(share: float, asked: int) -> str:
    """Return where a share measured on so many messages probably lies, as "64 to 78 %".

    The interval of Wilson (1927), which contains the true share in 95 of 100 cases.
    """
    z = 1.96
    middle = (share + z * z / (2 * asked)) / (1 + z * z / asked)
    half = z / (1 + z * z / asked) * (share * (1 - share) / asked + (z / (2 * asked)) ** 2) ** 0.5
    low, high = max(middle - half, 0), min(middle + half, 1)
    return _("{low:.0f} to {high:.0f} %").format(low=low * 100, high=high * 100)


def measured(share: float, asked: int, what: str) -> str:
    """Return a share that was measured, as "71 % of 92 patterns (likely 61 to 79 %)".

    What was counted and how far chance may go stand beside every such figure. `what` is "messages",
    "patterns" or "patterns it had not seen".
    """
    if not asked:
        return _("not measured")
    return _("{share} of {counted} (likely {range})").format(
        share=percent(share), counted=_counted(asked, what), range=likely_range(share, asked)
    )


def _counted(count: int, what: str) -> str:
    if what == "messages":
        text = ngettext("{count} message", "{count} messages", count)
    elif what == "patterns":
        text = ngettext("{count} pattern", "{count} patterns", count)
    else:
        text = ngettext(
            "{count} pattern it had not seen", "{count} patterns it had not seen", count
        )
    return text.format(count=count)


HARDER = N_("Real messages are usually harder than patterns: expect less.")
"""What every figure measured on patterns must be read with."""


def printable(text: str) -> str:
    """Escape what would break the line, steer the terminal or fail to encode."""
    return UNPRINTABLE.sub(_escaped, text)


def printable_lines(text: str) -> str:
    """Escape what would steer the terminal or fail to encode; line breaks and tabs stay."""
    return _UNPRINTABLE_IN_LINES.sub(_escaped, text)


def printable_json(text: str) -> str:
    """Escape the same in a text that is JSON, as JSON writes it: the value stays what it was."""
    return _UNPRINTABLE_IN_LINES.sub(lambda c: f"\\u{ord(c[0]):04x}", text)


def _escaped(character: re.Match[str]) -> str:
    return character[0].encode("unicode_escape").decode()
