"""Dates: which weekday one is, and how many days away."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 (the action is called date)

from chatbot.actions.asked import ActionError, Asked, Done, fills
from chatbot.common import N_, _, ngettext

WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
)  # fmt: skip


@fills("weekday", "date", "days", "away")
def date(asked: Asked) -> Done:
    """Say the weekday of the slot `date`, and how far away it is.

    Raises ActionError if the message has no date.
    """
    wanted = _first_date(asked)
    if wanted is None:
        raise ActionError(_("Which date do you mean?"), asks="date")
    days = (wanted - asked.now.date()).days
    if days == 0:
        away = _("today")
    elif days > 0:
        away = ngettext("tomorrow", "in {days} days", days).format(days=f"{days:,}")
    else:
        away = ngettext("yesterday", "{days} days ago", -days).format(days=f"{-days:,}")
    weekday = _(WEEKDAYS[wanted.weekday()])
    values = {"weekday": weekday, "date": wanted.isoformat(), "days": str(days), "away": away}
    return Done(f"{weekday}, {wanted.isoformat()} ({away})", values)


def _first_date(asked: Asked) -> Date | None:
    """Return the date in the slot of that name, or else the first slot that is one."""
    named = asked.slots.get("date")
    for value in (named, *asked.slots.values()):
        try:
            return Date.fromisoformat((value or "")[:10])
        except ValueError:
            continue
    return None
