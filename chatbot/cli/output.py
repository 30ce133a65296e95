"""What the commands print: every text goes through here, so that none of it steers the terminal.

Replies, tags and paths come from files of other people. A test sees to it that no command prints
around this module.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from chatbot.common import ChatbotError, _, ngettext, printable, printable_json, printable_lines

_CLEAR = "\r\x1b[K"


class OutputError(click.ClickException):
    """Standard output is closed (`chatbot ask hi >&-`), or what it leads to is full."""


def use_utf8() -> None:
    """Write UTF-8, which pipes and files expect, on any console."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def is_person() -> bool:
    """Return whether somebody sits at a terminal who can be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def say(text: str, end: str = "\n") -> None:
    """Print a text at once. Raises OutputError, as all that prints here."""
    _write(printable_lines(text) + end)


def say_json(value: Any) -> None:
    """Print a value as one line of JSON, which escapes what a terminal must not see."""
    import json  # the app does not pay for it at start-up

    _write(printable_json(json.dumps(value, ensure_ascii=False)) + "\n")


def say_record(line: str) -> None:
    """Print a record, which is a line of JSON already."""
    _write(printable_json(line) + "\n")


def say_file(data: bytes) -> None:
    """Print what else would be a file: byte for byte, but to a terminal as `say` does.

    Raises OutputError, also for an archive that a terminal cannot show.
    """
    if sys.stdout is not None and not sys.stdout.isatty():
        _write(data)  # the line ends of CSV as they are
        return
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = _("This is an archive, which a terminal cannot show. Name a file to write it to")
        raise OutputError(message) from error
    say(text, end="")


def _write(text: str | bytes) -> None:
    if sys.stdout is None:
        raise OutputError(_("Standard output is closed: there is nowhere to print to"))
    try:
        if isinstance(text, str):
            sys.stdout.write(text)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # as in `chatbot … | head`: click ends quietly
        raise
    except OSError as error:
        _forget_output()
        raise OutputError(
            _(
                "The output cannot be written ({reason}). Free some space, or print to another "
                "place"
            ).format(reason=error.strerror or error)
        ) from error


def _forget_output() -> None:
    """Drop what could not be written, or it is tried again when Python ends, with a traceback."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        with Path(os.devnull).open("w") as nothing, suppress(OSError):
            os.dup2(nothing.fileno(), sys.stdout.fileno())


def warn(text: str) -> None:
    """Print to standard error."""
    if sys.stderr is not None:  # else `print` would take standard output
        print(printable_lines(text), file=sys.stderr, flush=True)


def confirm(question: str) -> bool:
    """Ask a person; Enter is no."""
    return click.confirm(printable_lines(question))


def show_progress(line: str) -> None:
    """Overwrite the line of progress on standard error, where that is a terminal."""
    if _shows_progress():
        print(f"{_CLEAR}{printable(line)}", end="", file=sys.stderr, flush=True)


def clear_progress() -> None:
    """Remove the line."""
    if _shows_progress():
        print(_CLEAR, end="", file=sys.stderr, flush=True)


def fail(message: str) -> None:
    """Remove the line of progress and print an error."""
    clear_progress()
    warn(_("Error: {message}").format(message=message))


def explained_error(error: ChatbotError | OSError) -> click.ClickException:
    """Return an error as click shows it: one of ours, or one of the system with the file's name."""
    if isinstance(error, ChatbotError):
        return click.ClickException(str(error))
    name = f"{error.filename}: " if error.filename else ""
    _forget_output()  # it may have been the output that could not be written
    return click.ClickException(f"{name}{error.strerror or error}")


def show_error(error: click.ClickException) -> None:
    """Print an error of click's as click does, and how the command is used where it was misused."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        warn(context.get_usage())
        try_help = _("Try '{command} {option}' for help.")
        help_option = context.help_option_names[0]
        warn(try_help.format(command=context.command_path, option=help_option) + "\n")
    message = error.format_message()
    warn(_("Error: {message}").format(message=message))
    if context is not None and _says_too_many(message):
        warn(_('Text of several words stands in quotes: "what time is it".'))


def _says_too_many(message: str) -> bool:
    """Whether click says that there are more words than the command takes."""
    one, many = "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"
    return any(message.startswith(ngettext(one, many, n).partition("{")[0]) for n in (1, 2))


def _shows_progress() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
