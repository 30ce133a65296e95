"""The command `chatbot` itself, and what all its commands share."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from io import TextIOWrapper
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

import chatbot
from chatbot.errors import ChatbotError
from chatbot.paths import Locations, locate, prepare

P = ParamSpec("P")
R = TypeVar("R")

FILE = click.Path(path_type=Path)


def with_locations(command: Callable[P, R]) -> Callable[P, R]:
    """Give a command --intents and --model; before or behind its name they mean the same."""
    with_model = click.option(
        "--model", "model_option", type=FILE, metavar="DIR", help="Folder of the trained model."
    )(command)
    return click.option(
        "--intents", "intents_option", type=FILE, metavar="FILE", help="The intents file."
    )(with_model)


def locations_of(
    context: click.Context, intents_option: Path | None, model_option: Path | None
) -> Locations:
    """Return the paths that a command works on, and make the user's own bot on first use."""
    at: click.Context | None = context
    while at is not None:
        intents_option = intents_option or at.params.get("intents_option")
        model_option = model_option or at.params.get("model_option")
        at = at.parent
    locations = locate(intents_option, model_option)
    with explained():
        prepare(locations)
    return locations


@contextmanager
def explained() -> Iterator[None]:
    """Turn the program's own errors into a message on stderr and exit code 1."""
    try:
        yield
    except ChatbotError as error:
        raise click.ClickException(str(error)) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        message = f"{error.filename or ''}: {error.strerror or error}"
        raise click.ClickException(message) from error


def utf8(command: Callable[P, R]) -> Callable[P, R]:
    """Write UTF-8 whatever the console's code page; it is what pipes and files expect."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="replace")
        return command(*args, **kwargs)

    return wrapped


def print_json(value: Any) -> None:
    """Print a value as one line of JSON, whatever characters it holds."""
    # Lone surrogates cannot be written as UTF-8; JSON's own escape keeps them.
    text = json.dumps(value, ensure_ascii=False)
    if not text.isprintable():
        text = json.dumps(value)
    print(text, flush=True)


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@with_locations
@click.version_option(chatbot.__version__, prog_name="chatbot")
@click.pass_context
def main(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """A chatbot that shows, word by word, what its recurrent network remembers.

    Without a command it opens the app in the terminal.
    """
    # Before NumPy is imported. Its matrix products are too small for a second thread to help much,
    # and two threads that wait for each other on a busy machine cost far more: with one core taken,
    # the shares of 12 words took 44 ms on one thread, 240 on two (docs/benchmarks.md, The panel).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if context.invoked_subcommand is None:
        from chatbot.cli.talking import chat

        context.invoke(chat, plain=False, intents_option=None, model_option=None)
