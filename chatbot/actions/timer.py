"""Timers and alarms: say when a while is over or a time of day has come, unless stopped before."""

from __future__ import annotations

import re
from datetime import date as Date  # noqa: N812 (beside the other values of slots)
from datetime import datetime, timedelta

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

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
"""A time of day as slots have it."""

_SECONDS = {
    "years": 31_536_000, "months": 2_592_000, "weeks": 604_800, "days": 86_400,
    "hours": 3_600, "minutes": 60, "seconds": 1,
}  # fmt: skip
"""What is longer than a day is too long for a timer, however long the month is."""


@fills("for", "at")
def timer(asked: Asked) -> Done:
    """Say something once the slot `duration` is over, or when the slot `at` comes, a time of day.

    The time is the next one that the clock shows, or that of the day in the slot `when`. Raises
    ActionError if the message has neither, or what is too far away.
    """
    seconds = next(filter(None, map(seconds_of, _candidates(asked, "duration"))), None)
    if seconds is not None:
        if seconds > MOST_SECONDS:
            raise ActionError(_("I can wait for at most a day"))
        shown, rings = written(seconds), asked.now + timedelta(seconds=seconds)
        said = _("I will tell you in {duration}").format(duration=shown)
        over = Later(seconds, _("Time is up: {duration}").format(duration=shown))
        return Done(said, {"for": shown, "at": f"{rings:%H:%M}"}, over)
    clock = next(filter(None, map(_CLOCK.fullmatch, _candidates(asked, "at"))), None)
    if clock is None:
        missing = _("For how long, or until when? Say “10 minutes”, or “7:30”")
        raise ActionError(missing, asks="duration")
    rings = _next(asked, int(clock[1]), int(clock[2]))
    # Of moments, not of what clocks show: a night may have an hour more or less.
    seconds = rings.timestamp() - asked.now.timestamp()
    values = {"for": written(seconds), "at": f"{rings:%H:%M}"}
    said = _("I will tell you at {at}, in {for}").format(**values)
    return Done(said, values, Later(seconds, _("It is {at}").format(**values)))


@fills()
def stop_timers(asked: Asked) -> Done:
    """Stop the timers that run."""
    return Done(_("No timer is running any more"), calls_off=True)


def _candidates(asked: Asked, slot: str) -> list[str]:
    return [asked.slots.get(slot, ""), *asked.slots.values()]


def _next(asked: Asked, hour: int, minute: int) -> datetime:
    """Return when the clock shows a time next: on the day that the message names, if it does.

    Raises ActionError for a day that is over, or comes after tomorrow.
    """
    today = asked.now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    try:
        day = Date.fromisoformat(asked.slots.get("when", ""))
    except ValueError:
        return today if today > asked.now else today + timedelta(days=1)
    rings = today + timedelta(days=(day - asked.now.date()).days)
    if rings <= asked.now:
        raise ActionError(_("That is over already"))
    if day > asked.now.date() + timedelta(days=1):
        raise ActionError(_("I can wait until tomorrow at most"))
    return rings


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
