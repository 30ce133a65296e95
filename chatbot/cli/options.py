"""What the commands share: options, the paths they name, the bot, errors and output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from chatbot.cli import output
from chatbot.cli.speaking import option
from chatbot.common import (
    MESSAGE_CHARACTERS,
    ChatbotError,
    Locations,
    MessageTooLongError,
    _,
    copy_default_bot,
    locate,
    ngettext,
    printable,
)

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot, Reading

P = ParamSpec("P")
R = TypeVar("R")

FILE = click.Path(path_type=Path)

MOST_BYTES = 4 * (MESSAGE_CHARACTERS + 1) + 2
"""Of a line that is read at once: the longest message in UTF-8, and the end of its line."""


def with_locations(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command --intents and --model, which may stand before its name or after it."""
    with_model = option(
        "--model", "model_option", type=FILE, metavar="DIR", help="Folder of the trained model."
    )(command)
    return option(
        "--intents",
        "intents_option",
        type=FILE,
        metavar="FILE",
        help="The intents file, or the name of one of your bots.",
    )(with_model)


def with_address(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command that serves others --host and --port."""
    with_port = option(
        "--port",
        type=click.IntRange(0, 65_535),
        default=8000,
        show_default=True,
        help="The port; 0 is any that is free.",
    )(command)
    return option(
        "--host",
        default="127.0.0.1",
        show_default=True,
        help="The address to listen on. By default only this computer reaches it.",
    )(with_port)


def named_once(bot: Path | None, intents_option: Path | None) -> Path | None:
    """Return the bot that is named as an argument or by the option; raise for both."""
    if bot is not None and intents_option is not None:
        raise click.UsageError(_("Name the bot either as BOT or with --intents."))
    return bot or intents_option


def locations_of(
    context: click.Context,
    intents_option: Path | None,
    model_option: Path | None,
    *,
    makes_copy: bool = True,
) -> Locations:
    """Return the paths that a command works on, and create the user's own bot on first use."""
    at: click.Context | None = context
    while at is not None:
        intents_option = intents_option or at.params.get("intents_option")
        model_option = model_option or at.params.get("model_option")
        at = at.parent
    with explained():
        locations = locate(intents_option, model_option)
        if makes_copy:
            _copy_default_bot(locations)
    if locations.note:
        output.warn(noted(locations.note))
    return locations


def _copy_default_bot(locations: Locations) -> None:
    try:
        copy_default_bot(locations)
    except OSError as error:
        raise ChatbotError(
            _(
                "{file}: your copy of the default bot cannot be made there ({reason}). Name a bot "
                "of yours with --intents, or set the environment variable XDG_DATA_HOME to a "
                "folder that you may write"
            ).format(file=locations.intents, reason=error.strerror or error)
        ) from error


def make_after_asking(locations: Locations) -> None:
    """Offer a person at a terminal to make the intents file, which is not there.

    Everybody else gets the error of the command, which says how to make one.
    """
    if not output.is_person():
        return
    from chatbot.bots import make_at  # start-up: hardly ever needed

    question = _("{file} is not there. Make it, from a template of three intents?")
    if output.confirm(question.format(file=locations.intents)):
        with explained():
            make_at(locations.intents)


def about_keys(reply: str) -> str:
    """Return what to say of a reply that names keys, where there are none; else an empty text."""
    import re  # start-up: the app has the keys

    keys = dict.fromkeys(re.findall(r"\b(?:F(?:1[0-2]|[1-9])|Ctrl\+\w+)\b", reply))
    if not keys:
        return ""
    return ngettext(
        "{keys}: a key of the app. `chatbot` opens it.",
        "{keys}: keys of the app. `chatbot` opens it.",
        len(keys),
    ).format(keys=", ".join(keys))


def counted_intents(count: int) -> str:
    """Return a number of intents in words."""
    return ngettext("{count} intent", "{count} intents", count).format(count=count)


def counted_patterns(count: int) -> str:
    """Return a number of patterns in words."""
    return ngettext("{count} pattern", "{count} patterns", count).format(count=count)


def noted(note: str) -> str:
    """Return a note as it is printed."""
    return _("note: {note}").format(note=note)


@contextmanager
def explained() -> Iterator[None]:
    """Turn the program's own errors into a message on stderr and exit code 1."""
    try:
        yield
    except BrokenPipeError:
        raise
    except (ChatbotError, OSError) as error:
        raise output.explained_error(error) from error


def utf8(command: Callable[P, R]) -> Callable[P, R]:
    """Make a command write UTF-8, which pipes and files expect, on any console."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        output.use_utf8()
        return command(*args, **kwargs)

    return wrapped


def load_bot(locations: Locations, seed: int | None = None) -> Chatbot:
    """Load the bot of a command, and say if its model is older than its patterns.

    `seed` fixes the choice of replies.
    """
    from chatbot.conversation import Chatbot  # here for start-up: it needs NumPy

    with explained():
        bot = Chatbot.load(locations.intents, locations.model, seed)
    if bot.is_stale:
        file = printable(locations.intents.name)  # on one line
        changed = _("the patterns of {file} have changed since the training: `chatbot train`")
        output.warn(noted(changed.format(file=file)))
    return bot


def stdin_messages() -> Iterator[str]:
    """Yield the messages on standard input, one per line; bytes that are not UTF-8 become �.

    A line that is too long for a message comes cut, one character longer than a message may be: its
    rest is passed over, so that no line fills the memory.
    """
    if sys.stdin is None:
        raise click.ClickException(_("Standard input is closed: there is nothing to read"))
    while line := sys.stdin.buffer.readline(MOST_BYTES):
        rest = line
        while not rest.endswith(b"\n") and rest:
            rest = sys.stdin.buffer.readline(MOST_BYTES)
        text = line.decode("utf-8", errors="replace").removeprefix("\ufeff").rstrip("\r\n")
        yield text[: MESSAGE_CHARACTERS + 1]


def refused(message: str) -> str | None:
    """Return why a message is too long to be read; None for one that is not."""
    return str(MessageTooLongError()) if len(message) > MESSAGE_CHARACTERS else None


def tell_unread(reading: Reading) -> None:
    """Say on stderr how much of a very long message was not read."""
    if reading.unread:
        read, length = len(reading.message) - reading.unread, len(reading.message)
        told = _("the first {read:,} of {length:,} characters were read.")
        output.warn(noted(told.format(read=read, length=length)))


def tell_not_later() -> None:
    """Say on stderr that nobody is there to say what an action promised to say."""
    output.warn(
        noted(_("nothing is said later here: that needs the app, or `chat` on a terminal."))
    )
