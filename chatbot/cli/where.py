"""The command `where`: the paths in use, and why."""

from __future__ import annotations

from pathlib import Path

import click

from chatbot.archive import archive_file
from chatbot.cli import output
from chatbot.cli.options import explained, locations_of, utf8, with_locations
from chatbot.cli.speaking import Command
from chatbot.common import Locations, _, paths


@click.command(cls=Command)
@with_locations
@click.pass_context
@utf8
def where(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """Print the paths in use, and why."""
    found = locations_of(context, intents_option, model_option, makes_copy=False)
    with explained():
        rows = _rows(found)
        width = max(len(name) for name, *_rest in rows)
        for name, path, because in rows:
            output.say(f"{name:{width}} {path}  ({because})")


def _rows(found: Locations) -> list[tuple[str, Path, str]]:
    because = found.model_because
    if not found.model_card.exists():
        because = _("{because}, not trained yet").format(because=because)
    none_yet = _("none yet: `chatbot new` makes one")
    names = [file.stem for file in paths.bot_files()]
    return [
        (_("intents"), found.intents, found.intents_because),
        (_("model"), found.model, because),
        (_("bots"), paths.bots_folder(), ", ".join(names) or none_yet),
        (_("settings"), paths.settings_file(), _("theme, keys and the rest")),
        (_("conversations"), archive_file(), _("conversations that are kept")),
        (_("history"), paths.history_file(found.intents), _("messages typed to this bot")),
        (_("lab"), paths.lab_folder(), _("what the forgetting lab has trained")),
    ]
