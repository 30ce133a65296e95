"""What people do with intents in the editor: asks what is needed, and returns the edit to apply."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from textual.app import App

from chatbot.common import ChatbotError, _, ngettext
from chatbot.intents import (
    JsonPath,
    Position,
    changes,
    fixes,
    locate,
    tag_of,
    with_data,
    with_silenced,
)
from chatbot.tui.dialogs import ChooseScreen, PickScreen, WriteScreen, ask
from chatbot.tui.session import key_of
from chatbot.tui.text import shorten

if TYPE_CHECKING:
    from chatbot.intents import Finding, Fix, Found, Intent
    from chatbot.tui.editor.intent_form import Filled

NEW_TAG = "new_intent"


@dataclass(frozen=True, slots=True)
class Edit:
    """A change to the document."""

    change: Callable[[str], str]
    """Returns the changed text; raises ChatbotError where it cannot be changed so."""
    tag: str | None = None
    """Of the intent to go to afterwards."""


def move(intent: Intent, by: int) -> Edit:
    """Move an intent up (negative) or down."""
    return Edit(partial(changes.move, tag=intent.tag, by=by), intent.tag)


def filled_in(text: str, filled: Filled) -> str:
    """Return the text with an intent as a form holds it. Raises ChatbotError."""
    return changes.fill_in(text, filled.tag, filled.new_tag, filled.patterns, filled.replies)


def remedy(fix: Fix) -> Edit:
    """Make the one-key remedy of a finding."""
    return Edit(partial(fixes.apply, fix=fix))


def silencing(finding: Finding, *, is_silenced: bool) -> Edit:
    """Do not show a finding again, or do."""
    return Edit(partial(with_silenced, finding=finding, is_silenced=is_silenced))


async def ask_for(
    app: App[Any], change: str, intent: Intent, intents: Sequence[Intent]
) -> Edit | None:
    """Ask what a change of an intent needs: rename, merge, split or remove. None: not after all."""
    if change == "rename":
        return await _rename(app, intent)
    if change == "merge":
        return await _merge(app, intent, [other.tag for other in intents])
    if change == "split":
        return await _split(app, intent)
    return await _remove(app, intent)


async def _rename(app: App[Any], intent: Intent) -> Edit | None:
    new = await app.push_screen_wait(
        WriteScreen(_("New name for {intent}").format(intent=intent.tag))
    )
    if new is None:
        return None
    return Edit(partial(changes.rename, tag=intent.tag, new=new), new)


async def _merge(app: App[Any], intent: Intent, tags: Sequence[str]) -> Edit | None:
    others = [tag for tag in tags if tag != intent.tag]
    choice = await app.push_screen_wait(
        ChooseScreen(_("Merge {intent} into …").format(intent=intent.tag), others)
    )
    if choice is None:
        return None
    return Edit(partial(changes.merge, tag=intent.tag, into=choice.name), choice.name)


async def _split(app: App[Any], intent: Intent) -> Edit | None:
    title = _("Which patterns of {intent} go to a new intent?").format(intent=intent.tag)
    patterns = await app.push_screen_wait(PickScreen(title, intent.lines))
    if not patterns:
        return None
    new = await app.push_screen_wait(WriteScreen(_("Name of the new intent")))
    if new is None:
        return None
    reply = await app.push_screen_wait(WriteScreen(_("Reply for {intent}").format(intent=new)))
    if reply is None:
        return None
    split = partial(changes.split, tag=intent.tag, patterns=patterns, new=new, reply=reply)
    return Edit(split, new)


async def _remove(app: App[Any], intent: Intent) -> Edit | None:
    count = len(intent.lines)
    question = ngettext(
        "Remove {intent} and its {count} pattern? {key} undoes it.",
        "Remove {intent} and its {count} patterns? {key} undoes it.",
        count,
    ).format(intent=shorten(intent.tag, 40), count=count, key=key_of(app, "list.undo"))
    if await ask(app, question, ("remove", _("Remove")), ("stay", _("Keep"))) != "remove":
        return None
    return Edit(partial(changes.remove, tag=intent.tag))


async def search(app: App[Any], text: str) -> Found | None:
    """Ask for words, list where they stand in the text, and return the place that was chosen."""
    words = await app.push_screen_wait(WriteScreen(_("Search patterns and replies")))
    if words is None:
        return None
    try:
        found = changes.search(text, words)
    except ChatbotError as error:
        app.notify(str(error), severity="warning", markup=False)
        return None
    if not found:
        app.notify(_("“{words}” was not found.").format(words=shorten(words, 40)), markup=False)
        return None
    names = [f"{n + 1:>3} {hit.tag}: {hit.text}" for n, hit in enumerate(found)]
    choice = await app.push_screen_wait(
        ChooseScreen(_("{count} found").format(count=len(found)), names)
    )
    return None if choice is None else found[names.index(choice.name)]


def with_new_intent(text: str, after: int | None) -> tuple[str, Position]:
    """Return the text with an intent behind the one of an index, or at the end; and its place."""
    data = json.loads(text)
    new = len(data["intents"]) if after is None else after + 1
    taken = {tag_of(intent) for intent in data["intents"]}
    numbered = (f"{NEW_TAG}_{n}" for n in count(2))
    free = next(tag for tag in chain([NEW_TAG], numbered) if tag not in taken)
    data["intents"].insert(new, {"tag": free, "patterns": [""], "responses": [""]})
    text = with_data(text, data)
    tag: JsonPath = ("intents", new, "tag")
    line, column = locate(text, [tag])[tag]
    return text, Position(line, column + 1)  # behind its opening quote


def place_of(text: str, tag: str) -> Position:
    """Return where an intent begins in a valid text."""
    tags = [tag_of(intent) for intent in json.loads(text)["intents"]]
    path: JsonPath = ("intents", tags.index(tag))
    return locate(text, [path])[path]
