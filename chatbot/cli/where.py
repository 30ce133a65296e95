"""The command `where`: the paths in use, and why."""

from __future__ import annotations

from pathlib import Path

import click

from chatbot.archive import archive_file
from chatbot.cli import output
from chatbot.cli.options import explained, locations_of, utf8, with_locations
from chatbot.common import Locations, paths


@click.command()
@with_locations
@click.pass_context
@utf8
def where(context: click.Context, intents_option: Path | None, model_option: Path | None) -> None:
    """Print the paths in use, and why."""
    found = locations_of(context, intents_option, model_option, makes_copy=False)
    with explained():
        for name, path, because in _rows(found):
            output.say(f"{name:13} {path}  ({because})")


def _rows(found: Locations) -> list[tuple[str, Path, str]]:
    has_model = found.model_card.exists()
    names = [file.stem for file in paths.bot_files()]
    return [
        ("intents", found.intents, found.intents_because),
        ("model", found.model, found.model_because + ("" if has_model else ", not trained yet")),
        ("bots", paths.bots_folder(), ", ".join(names) or "none yet: `chatbot new` makes one"),
        ("settings", paths.settings_file(), "theme, keys and the rest"),
        ("conversations", archive_file(), "conversations that are kept"),
        ("history", paths.history_file(found.intents), "messages typed to this bot"),
        ("lab", paths.lab_folder(), "what the forgetting lab has trained"),
    ]
