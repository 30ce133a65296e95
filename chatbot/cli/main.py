"""The command `chatbot`: every command hangs below it, and is imported when it is called."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from chatbot.cli import output
from chatbot.cli.libraries import explained_libraries
from chatbot.cli.options import with_locations
from chatbot.cli.parent import end_with_parent
from chatbot.cli.speaking import Group, Option, click_speaks
from chatbot.common import ChatbotError, NoHomeError, _, __version__, paths, use_language

COMMANDS = (
    "actions",
    "api",
    "ask",
    "chat",
    "check",
    "completion",
    "convert",
    "evaluate",
    "lab",
    "new",
    "pretrain",
    "serve",
    "trace",
    "train",
    "versions",
    "where",
)
"""In the order of the help; each is a module of this package with a command of its name."""


class Commands(Group):
    """A group that imports a command when it is called for (start-up: the app needs one)."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run a command and exit. What went wrong is one line on standard error, no traceback."""
        _choose_language()
        try:
            with explained_libraries():
                code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.Abort:
            output.warn(_("Aborted!"))
            sys.exit(1)
        except click.ClickException as error:
            with click_speaks():
                output.show_error(error)
            sys.exit(error.exit_code)
        except (ChatbotError, OSError) as error:
            output.show_error(output.explained_error(error))
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command by its name, None where there is none."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"chatbot.cli.{name}"), name)
        return command


@click.command(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@with_locations
@click.version_option(
    __version__, prog_name="chatbot", cls=Option, help="Show the version and exit."
)
@click.pass_context
def main(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """A chatbot that shows, word by word, what its recurrent network remembers.

    Without a command it opens the app in the terminal.
    """
    end_with_parent()
    # Before NumPy is imported. Its matrix products are too small for a second thread to help much,
    # and two threads that wait for each other on a busy machine cost far more: with one core taken,
    # the shares of 12 words took 44 ms on one thread, 240 on two (docs/benchmarks.md, The panel).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if context.invoked_subcommand is None:
        from chatbot.cli.chat import chat  # start-up, as above

        context.invoke(
            chat, plain=False, private=False, bot=None, intents_option=None, model_option=None
        )


def _choose_language() -> None:
    """Speak as the settings say, before anything is said; else as the system does."""
    chosen = ""
    with suppress(NoHomeError):
        file = paths.settings_file()
        if file.exists():
            from chatbot.tui.settings import read  # start-up: many never change a setting

            chosen = read(file).settings.language
    use_language(chosen)
