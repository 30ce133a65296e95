"""Making a bot: an intents file of its own, from the template or from a file of any format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chatbot.bots.examples import example_or_file
from chatbot.bots.template import template_text
from chatbot.common import ChatbotError, Locations, _, bot_name, paths, write_atomically
from chatbot.intents import Intents, check_text
from chatbot.opening import read_intents


class BotExistsError(ChatbotError):
    """There is such a bot already, or something else in its place; nothing was changed."""


@dataclass(frozen=True, slots=True)
class MadeBot:
    """A bot that was made; it has no model yet."""

    name: str
    locations: Locations
    intents: Intents
    imported_from: str
    """The format of the other program that it came from; empty for one of our own."""
    notes: tuple[str, ...]
    """What could not be carried over."""


def make_bot(name: str, folder: Path | None = None, source: Path | None = None) -> MadeBot:
    """Make a bot from `source`, else from the template, in the user's folder of bots or another.

    Raises BotNameError, BotExistsError, IntentsError for a `source` that cannot be used, OSError.
    """
    return make_at((folder or paths.bots_folder()) / f"{free_name(name, folder)}.json", source)


def free_name(text: str, folder: Path | None = None) -> str:
    """Return a name as it is kept, if no bot of the folder has it already.

    Raises BotNameError, BotExistsError.
    """
    name = bot_name(text)
    for other in paths.bot_files(folder):
        if paths.is_same_name(other.stem, name):
            raise BotExistsError(
                _("There is a bot {stem} already, in {other}. Choose another name").format(
                    stem=other.stem, other=other
                )
            )
    return name


def make_at(file: Path, source: Path | None = None) -> MadeBot:
    """Make a bot whose intents file is `file`, which must not be there yet.

    Raises BotExistsError, IntentsError for a `source` that cannot be used, OSError.
    """
    locations = paths.locations_of_file(paths.absolute(file), _("you made it"))
    text, imported_from, notes = _text_of(source)
    if locations.model.exists():
        raise BotExistsError(
            _(
                "{model} holds the model of an earlier bot of that name. Remove that folder, or "
                "choose another name"
            ).format(model=locations.model)
        )
    file = locations.intents
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.touch(exist_ok=False)  # of two that make it at the same time, one gets the name
    except FileExistsError:
        raise BotExistsError(
            _("{file} is there already. Choose another name").format(file=file)
        ) from None
    try:
        write_atomically(file, text.encode("utf-8", "surrogatepass"))
    except BaseException:
        file.unlink(missing_ok=True)
        raise
    intents = check_text(text).intents
    assert intents is not None, "the template, and what was read, are valid"
    return MadeBot(file.stem, locations, intents, imported_from, notes)


def _text_of(source: Path | None) -> tuple[str, str, tuple[str, ...]]:
    """Return the text to begin with, the other program's format, and what was not carried over."""
    if source is None:
        return template_text(), "", ()
    read = read_intents(example_or_file(paths.expanded(source)))
    if not read.imported_from:
        return read.text, "", ()
    from chatbot.formats import WRITERS  # with parsers that start-up need not load

    return WRITERS["classic"](read.intents).text, read.imported_from, read.notes
