"""Commands and options that speak the language of the interface, and click with them.

Help is written in English, in the docstring of a command and in `help=` of an option. It is
translated when it is shown: the modules are imported before the language is known.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from chatbot.common import CATALOGUES, N_, _, language, ngettext

F = TypeVar("F", bound=Callable[..., Any])

LANGUAGE = "LANGUAGE"
"""Where gettext looks first for the language, and click asks nobody else."""

OF_CLICK = (
    *(N_("Usage:"), N_("Options"), N_("Commands")),
    *(N_("default: {default}"), N_("env var: {var}"), N_("required"), N_("Missing command.")),
    *(N_("Missing argument"), N_("Missing option"), N_("Missing parameter")),
    *(N_("No such option {name!r}."), N_("No such command {name!r}.")),
    *(N_("Try '{command} {option}' for help."), N_("Option {name!r} does not take a value.")),
    *(N_("Invalid value: {message}"), N_("Invalid value for {param_hint}: {message}")),
    *(N_("{value} is not in the range {range}."), N_("{value!r} is not a valid {number_type}.")),
    *(N_("Choose from:\n\t{choices}"), N_("Error: {message}"), N_("Error: invalid input")),
    N_("Aborted!"),
)
"""What click says in our name, as it looks it up."""


def of_click_counted(count: int) -> tuple[str, ...]:
    """Return what click says of one thing or many, in the language of the interface."""
    return (
        ngettext(
            "Got unexpected extra argument ({args})",
            "Got unexpected extra arguments ({args})",
            count,
        ),
        ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", count),
        ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", count),
        ngettext(
            "Option {name!r} requires an argument.",
            "Option {name!r} requires {nargs} arguments.",
            count,
        ),
    )


def in_paragraphs(text: str) -> str:
    """Return a docstring as it is translated: a line per paragraph, an empty one between."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


class _Translated:
    """What has a `help` that is translated each time that it is read."""

    _help: str | None = None

    @property
    def help(self) -> str | None:
        """Return the help in the language of the interface."""
        return None if self._help is None else _(self._help)

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = None if text is None else in_paragraphs(text)


class Option(_Translated, click.Option):
    """An option with translated help."""


class Command(_Translated, click.Command):
    """A command with translated help."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the arguments; click prints help, and says what is wrong, in our language."""
        with click_speaks():
            return super().make_context(*args, **kwargs)

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """Return `--help`, which click makes once, in the language of now."""
        found = super().get_help_option(context)
        if found is not None:
            found.help = _("Show this message and exit.")
        return found


class Group(Command, click.Group):
    """A group of commands with translated help."""

    command_class = Command

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called for; click says in our language that there is none."""
        with click_speaks():
            return super().resolve_command(context, args)


def option(*names: str, **attributes: Any) -> Callable[[F], F]:
    """Give a command an option, as click.option does, with translated help."""
    return click.option(*names, cls=Option, **attributes)


@contextmanager
def click_speaks() -> Iterator[None]:
    """Let click look up its texts in our catalogue: it asks gettext's domain of the process.

    Only for so long: programs that we start are to speak as the system does.
    """
    code = language()
    if code == "en":
        yield
        return
    import gettext  # start-up: English needs none

    domain, before = gettext.textdomain(), os.environ.get(LANGUAGE)
    gettext.bindtextdomain("chatbot", str(CATALOGUES))
    gettext.textdomain("chatbot")
    os.environ[LANGUAGE] = code
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ[LANGUAGE]
        else:
            os.environ[LANGUAGE] = before
