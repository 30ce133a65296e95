"""Work that would be stopped: a training, an evaluation or a timer is not ended unasked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from chatbot.common import _, ngettext
from chatbot.tui.dialogs import start_asking
from chatbot.tui.session import Session
from chatbot.tui.text import shown


def quit_once_allowed(
    app: App[Any], session: Session, leave: Callable[[], object], promised: int
) -> None:
    """Leave the app, after asking where work is under way; asked again, it asks again.

    `promised` is how many timers run.
    """
    told = [_told(session)]
    if promised:
        told.append(
            ngettext(
                "{count} timer is running, and would not ring.",
                "{count} timers are running, and would not ring.",
                promised,
            ).format(count=promised)
        )
    if any(told):
        start_asking(app, _quit(app, " ".join(filter(None, told)), leave), instead=True)
    else:
        leave()


async def _quit(app: App[Any], told: str, leave: Callable[[], object]) -> None:
    if await _may(app, told, _("Stop and quit")):
        leave()


async def may_stop_work(app: App[Any], session: Session, stop: str) -> bool:
    """Return whether no training or evaluation is under way, or it may be stopped.

    `stop` is the answer that stops it.
    """
    told = _told(session)
    return not told or await _may(app, told, stop)


async def _may(app: App[Any], told: str, stop: str) -> bool:
    from chatbot.tui.dialogs import ask  # start-up: seldom needed

    return await ask(app, told, ("stop", stop), ("stay", _("Stay"))) == "stop"


def _told(session: Session) -> str:
    """Return what would be stopped, in words; empty where nothing is under way."""
    training, evaluation = (
        course is not None and course.is_running
        for course in (session.training, session.evaluation)
    )
    if training and evaluation:
        text = _("The training and the evaluation of {name} would be stopped.")
    elif training:
        text = _("The training of {name} would be stopped.")
    elif evaluation:
        text = _("The evaluation of {name} would be stopped.")
    else:
        return ""
    told = text.format(name=shown(session.locations.intents.stem))
    stays = _("Its model stays.")
    return told if session.bot is None else f"{told} {stays}"
