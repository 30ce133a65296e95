"""What one does with intents in the editor: asks what is needed, and changes the document."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from chatbot.common import ChatbotError
from chatbot.intents import JsonPath, Position, locate, with_data
from chatbot.intents import changes as intents_change
from chatbot.intents import fixes as intents_fix
from chatbot.tui.dialogs import Choice, ChooseScreen, PickScreen, WriteScreen, ask
from chatbot.tui.text import shorten, shown

if TYPE_CHECKING:
    from chatbot.intents import Fix, Intent
    from chatbot.tui.editor.screen import EditScreen

NEW_INTENT = {"tag": "new_intent", "patterns": [""], "responses": [""]}


class IntentChanges:
    """Changes to the document of an editor; every one of them can be undone there."""

    def __init__(self, screen: EditScreen) -> None:
        self._screen = screen

    def run(self, change: str, intent: Intent) -> None:
        """Ask for what a change needs, and make it."""
        getattr(self, f"_{change}")(intent)

    def _rename(self, intent: Intent) -> None:
        def written(new: str | None) -> None:
            if new is not None:
                self._change(partial(intents_change.rename, tag=intent.tag, new=new), new)

        self._screen.app.push_screen(WriteScreen(f"A new name for {intent.tag}"), written)

    def _merge(self, intent: Intent) -> None:
        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                into = choice.name
                self._change(partial(intents_change.merge, tag=intent.tag, into=into), into)

        names = [other.tag for other in self._screen.intents if other.tag != intent.tag]
        self._screen.app.push_screen(ChooseScreen(f"Merge {intent.tag} into …", names), chosen)

    def _split(self, intent: Intent) -> None:
        app = self._screen.app

        def picked(patterns: tuple[str, ...] | None) -> None:
            if not patterns:
                return

            def named(new: str | None) -> None:
                if new is None:
                    return

                def replied(reply: str | None) -> None:
                    if reply is not None:
                        self._change(
                            partial(
                                intents_change.split,
                                tag=intent.tag,
                                patterns=patterns,
                                new=new,
                                reply=reply,
                            ),
                            new,
                        )

                app.push_screen(WriteScreen(f"What shall it reply to {new}?"), replied)

            app.push_screen(WriteScreen("The name of the new intent"), named)

        title = f"Which patterns of {intent.tag} go to a new intent?"
        app.push_screen(PickScreen(title, intent.patterns), picked)

    def _remove(self, intent: Intent) -> None:
        def answered(answer: str | None) -> None:
            if answer == "remove":
                self._change(partial(intents_change.remove, tag=intent.tag))

        count = len(intent.patterns)
        question = f"Remove {shorten(intent.tag, 40)} and its {count} patterns? Ctrl+Z undoes it."
        ask(self._screen.app, question, answered, ("remove", "Remove"), ("stay", "Keep"))

    def _up(self, intent: Intent) -> None:
        self._change(partial(intents_change.move, tag=intent.tag, by=-1), intent.tag)

    def _down(self, intent: Intent) -> None:
        self._change(partial(intents_change.move, tag=intent.tag, by=1), intent.tag)

    def fill_in(
        self, tag: str, new_tag: str, patterns: tuple[str, ...], replies: tuple[str, ...]
    ) -> bool:
        """Write what a form holds into the document; return whether it could be."""
        return self._change(
            partial(
                intents_change.fill_in,
                tag=tag,
                new_tag=new_tag,
                patterns=patterns,
                replies=replies,
            )
        )

    def add(self, after: int | None) -> Position:
        """Insert an intent behind the one of an index, or at the end; return where its tag is."""
        screen = self._screen
        data = json.loads(screen.editor.text)
        new = len(data["intents"]) if after is None else after + 1
        data["intents"].insert(new, NEW_INTENT)
        screen.replace(with_data(screen.editor.text, data))
        tag: JsonPath = ("intents", new, "tag")
        line, column = locate(screen.editor.text, [tag])[tag]
        return Position(line, column + 1)  # behind its opening quote

    def fix(self, fix: Fix | None) -> None:
        """Make the one-key remedy of a finding."""
        screen = self._screen
        if fix is None:
            screen.notify("No finding on this line that one key can remedy.", markup=False)
        elif self._change(partial(intents_fix.apply, fix=fix)):
            screen.notify(f"{shown(fix.title)}: done. Ctrl+Z takes it back.", markup=False)

    def search(self) -> None:
        """Ask for words, list where they stand, and go there."""
        screen = self._screen

        def written(words: str | None) -> None:
            if words is None:
                return
            found = intents_change.search(screen.editor.text, words)
            if not found:
                screen.notify(f"Nothing holds “{shorten(words, 40)}”.", markup=False)
                return
            names = [f"{n + 1:>3} {hit.tag}: {hit.text}" for n, hit in enumerate(found)]

            def chosen(choice: Choice | None) -> None:
                if choice is not None:
                    screen.go_to_value(found[names.index(choice.name)])

            screen.app.push_screen(ChooseScreen(f"{len(found)} found", names), chosen)

        screen.app.push_screen(WriteScreen("Search patterns and replies"), written)

    def _change(self, change: Callable[[str], str], tag: str | None = None) -> bool:
        """Change the document and go to an intent in it; return whether it could be changed."""
        try:
            text = change(self._screen.editor.text)
        except ChatbotError as error:
            self._screen.notify(str(error), severity="warning", markup=False)
            return False
        self._screen.replace(text)
        if tag is not None:
            self._screen.follow(tag)
        return True
