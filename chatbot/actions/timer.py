"""Timers: say when a while is over, unless they are stopped before."""

from __future__ import annotations

import re

from chatbot.actions.asked import ActionError, Asked, Done, Later, fills
from chatbot.common import _

MOST_SECONDS = 24 * 3600
"""Nobody keeps a terminal open for longer to be told something."""

_ISO = re.compile(
    r"P(?:(?P<years>\d+(?:\.\d+)?)Y)?(?:(?P<months>\d+(?:\.\d+)?)M)?"
    r"(?:(?P<weeks>\d+(?:\.\d+)?)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?(?:T(?:(?P<hours>\d+(?:\.\d+)?)H)?"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
"""A duration of ISO 8601."""

_SECONDS = {
    "years": 31_536_000, "months": 2_592_000, "weeks": 604_800, "days": 86_400,
    "hours": 3_600, "minutes": 60, "seconds": 1,
}  # fmt: skip
"""What is longer than a day is too long for a timer, however long the month is."""


@fills("for")
def timer(asked: Asked) -> Done:
    """Say something once the slot `duration` is over.

    Raises ActionError if the message has none, or one that is too long.
    """
    seconds = next(filter(None, map(seconds_of, _candidates(asked))), None)
    if seconds is None:
        raise ActionError(_("For how long? Say it with a number, such as “10 minutes”"))
    if seconds > MOST_SECONDS:
        raise ActionError(_("I can wait for at most a day"))
    shown = written(seconds)
    over = Later(seconds, _("Time is up: {duration}").format(duration=shown))
    return Done(_("I will tell you in {duration}").format(duration=shown), {"for": shown}, over)


@fills()
def stop_timers(asked: Asked) -> Done:
    """Stop the timers that run."""
    return Done(_("No timer is running any more"), calls_off=True)


def _candidates(asked: Asked) -> list[str]:
    return [asked.slots.get("duration", ""), *asked.slots.values()]


def seconds_of(duration: str) -> float | None:
    """Return the seconds of a duration of ISO 8601 ("PT10M"); None for what is none, or zero."""
    found = _ISO.fullmatch(duration)
    if found is None:
        return None
    return sum(float(found[part] or 0) * size for part, size in _SECONDS.items()) or None


def written(seconds: float) -> str:
    """Return a duration as "1:30 h", "10:00 min" or "45 s"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3_600:
        return f"{whole // 60}:{whole % 60:02} min"
    return f"{whole // 3_600}:{whole % 3_600 // 60:02} h"
