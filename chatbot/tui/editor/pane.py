"""One document in two views, the JSON and a form, beside the list of its intents.

The check of the text comes a moment after a key. Whatever changes an intent first makes sure, with
`sync`, that the list and its places are those of the text that is there now, and names the intent
by its tag: a place in the list of a moment ago may be another intent's.
"""

from __future__ import annotations

import json
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from chatbot.common import ChatbotError
from chatbot.intents import Intent, Position
from chatbot.tui.editor import changes
from chatbot.tui.editor.changed_part import changed_part, lines_of
from chatbot.tui.editor.document import Checked, check_text
from chatbot.tui.editor.intent_form import IntentForm
from chatbot.tui.editor.intents_list import IntentsList
from chatbot.tui.editor.json_view import JsonView

HIGHLIGHTED_LINES = 5_000
"""Longer files are shown without colours: every key stroke queries the whole syntax tree."""


class DocumentPane(Horizontal):
    """Shows and changes the document, whose text is the one in `editor`."""

    class Replaced(Message):
        """The text was replaced as a whole."""

    intents: tuple[Intent, ...] = ()
    """Of the last valid text."""
    _listed: str | None = None
    """The text whose intents are listed."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._renamed: dict[str, str] = {}
        """New tags from the form, by the old ones, which the list may have shown a moment ago."""

    def compose(self) -> ComposeResult:
        """The list, and the views of which one is shown."""
        yield IntentsList(id="edit-list")
        yield JsonView(id="edit-text")
        yield IntentForm(id="edit-form")

    def on_mount(self) -> None:
        """Follow the person in the list, and undo what the form wants undone."""
        self.list.moved.subscribe(self, self._go_to_intent)
        self.form.undo_wanted.subscribe(self, self.undo)

    # ---- parts

    @property
    def editor(self) -> JsonView:
        """The JSON."""
        return self.query_one(JsonView)

    @property
    def list(self) -> IntentsList:
        """The intents."""
        return self.query_one(IntentsList)

    @property
    def form(self) -> IntentForm:
        """The intent that the cursor is in."""
        return self.query_one(IntentForm)

    # ---- the document

    @property
    def text(self) -> str:
        """The document."""
        return self.editor.text

    def load(self, text: str, *, read_only: bool) -> None:
        """Begin with a text."""
        if text.count("\n") <= HIGHLIGHTED_LINES and "json" in self.editor.available_languages:
            self.editor.language = "json"
        self.editor.read_only = read_only
        self.editor.load_text(text)

    def replace(self, text: str) -> None:
        """Make the document a text; Ctrl+Z brings back the old one, with what is in the form."""
        self.take_form()
        self._write(text)
        self._show_intent()

    def _write(self, text: str) -> None:
        """Change what differs, as one step of the history; the cursor stays in its place."""
        editor = self.editor
        part = changed_part(editor.document.lines, lines_of(text))
        if part is not None:
            editor.history.checkpoint()
            editor.replace(part.insert, part.start, part.end)
            editor.history.checkpoint()
            self.post_message(self.Replaced())

    def apply(self, edit: changes.Edit) -> bool:
        """Change the document and go to an intent in it; return whether it could be changed."""
        self.take_form()
        try:
            text = edit.change(self.text)
        except ChatbotError as error:
            self.notify(str(error), severity="warning", markup=False)
            return False
        self._write(text)
        if edit.tag is not None:
            self._move_cursor(changes.place_of(text, edit.tag))
        self._show_intent()
        return True

    def add_intent(self) -> None:
        """Insert a new intent after the one the cursor is in; what is typed next is its name."""
        self.take_form()
        self.sync()
        text, position = changes.with_new_intent(self.text, self.list.index_at(self.place[0]))
        self._write(text)
        self.go(position)
        if self.has_class("-form"):
            self.form.focus_name()
        else:
            row, start = self.editor.cursor_location
            end = self.editor.document.get_line(row).index('"', start)
            self.editor.selection = Selection((row, start), (row, end))

    @on(IntentsList.Undo)
    def _undo(self, event: IntentsList.Undo) -> None:
        self.undo(event.back)

    def undo(self, back: bool) -> None:
        """Undo the latest change, or make it again, and go to where it was."""
        self.take_form()
        before = list(self.editor.document.lines)
        if back:
            self.editor.undo()
        else:
            self.editor.redo()
        part = changed_part(before, self.editor.document.lines)
        if part is not None:
            self.editor.move_cursor(part.start, center=True)
        self._show_intent()

    # ---- moving

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the cursor, from 1."""
        row, column = self.editor.cursor_location
        return row + 1, column + 1

    def go(self, position: Position) -> None:
        """Go to a place of the text, in the view that is shown."""
        self.take_form()
        self._move_cursor(position)
        self._show_intent()
        self.focus_view()

    def _move_cursor(self, position: Position) -> None:
        self.editor.move_cursor((position.line - 1, position.column - 1), center=True)

    @on(IntentsList.Chosen)
    def _chosen(self, event: IntentsList.Chosen) -> None:
        intent = self.named(event.tag)
        text = self.text
        is_known = text == self._listed and intent is not None
        self.go(changes.place_of(text, intent.tag) if is_known and intent else event.position)

    @on(TextArea.SelectionChanged, "#edit-text")
    def _cursor_moved(self) -> None:
        if not self.has_class("-form"):  # there the list is followed at once
            self.list.follow(self.place[0])

    def _go_to_intent(self, index: int) -> None:
        """With the form, take the cursor along to where a person goes in the list."""
        if not self.has_class("-form") or index >= len(self.intents):
            return
        tag = self.intents[index].tag
        if (intent := self.named(tag)) is not None:
            self._move_cursor(changes.place_of(self.text, intent.tag))
            self._show_intent()

    def focus_view(self) -> None:
        """Give the keys to the view that is shown."""
        if self.has_class("-form"):
            self.form.focus_first()
        else:
            self.screen.set_focus(self.editor)

    def toggle_list(self) -> None:
        """Move between the list of intents and the view; on a narrow screen show the list."""
        if self.list.has_focus:
            self.remove_class("-list")
            self.focus_view()
        else:
            self.take_form()
            self._show_intent()
            self.add_class("-list")
            self.screen.set_focus(self.list)

    # ---- the intents

    def show(self, text: str, checked: Checked) -> None:
        """List the intents of a text that was checked, if it is valid and still there."""
        if text == self.text and text != self._listed:
            self._list(text, checked)
            self._show_intent()

    def sync(self) -> bool:
        """List the intents of the text that is there now; return whether it is valid."""
        text = self.text
        if text != self._listed:
            self._list(text, check_text(text))
        return text == self._listed

    def _list(self, text: str, checked: Checked) -> None:
        if checked.report.intents is None:
            return
        self._listed = text
        self.intents = checked.report.intents.intents
        self.list.show(self.intents, checked.places)
        self.list.follow(self.place[0])

    def named(self, tag: str) -> Intent | None:
        """Return the intent of a tag, as it is now that the form is in the document.

        Where the form has just renamed it, it is the intent of the new tag.
        """
        self.take_form()
        self.sync()
        by_tag = {intent.tag: intent for intent in reversed(self.intents)}
        while tag not in by_tag and tag in self._renamed:
            tag = self._renamed.pop(tag)
        return by_tag.get(tag)

    def is_at(self, tag: str, text: str) -> bool:
        """Return whether the cursor's line is of an intent and holds a text of it.

        Of a text with errors the intents are not known: then the line alone counts.
        """
        is_valid = self.sync()
        at = self.list.index_at(self.place[0])
        line = self.editor.document.get_line(self.place[0] - 1)
        spellings = (json.dumps(text, ensure_ascii=is_ascii) for is_ascii in (False, True))
        is_there = any(spelling in line for spelling in spellings)
        return is_there and (not is_valid or (at is not None and self.intents[at].tag == tag))

    # ---- the views

    def toggle_form(self) -> None:
        """Show the intent as a form, or the file as JSON again."""
        self.take_form()
        if self.has_class("-form"):
            self.remove_class("-form")
        elif self.sync():
            self.add_class("-form")
            at = self.list.highlighted or 0
            if at != self.list.index_at(self.place[0]) and at < len(self.list.places):
                self._move_cursor(self.list.places[at])
        self._show_intent()
        self.focus_view()

    def _show_intent(self) -> None:
        """Show in the list, and in the form, the intent that the cursor is in."""
        valid = self.sync()
        self.list.follow(self.place[0])
        if not self.has_class("-form"):
            return
        if not valid:  # an undo, or another program's change, led back to a text with errors
            self.remove_class("-form")
            self.form.show(None)
            self.screen.set_focus(self.editor)
            return
        at = self.list.index_at(self.place[0])
        intent = None if at is None else self.intents[at]
        pending = self.form.pending
        if pending is None or intent is None or intent.tag != pending.tag:
            self.form.show(intent)

    @property
    def is_form_pending(self) -> bool:
        """Whether the form holds something that the document does not have yet."""
        return self.has_class("-form") and self.form.pending is not None

    @on(IntentForm.Paused)
    def take_form(self) -> None:
        """Write what is in the form into the document now, without waiting for a pause."""
        filled = self.form.pending if self.has_class("-form") else None
        if filled is None:
            return
        # Where the name cannot be had, the rest is kept under the old one.
        for tag in dict.fromkeys((filled.new_tag, filled.tag)):
            try:
                text = changes.filled_in(self.text, replace(filled, new_tag=tag))
            except ChatbotError as error:
                self.notify(str(error), severity="warning", markup=False)
                continue
            self._write(text)
            self.form.intent = Intent(tag, filled.patterns, filled.replies)
            self._move_cursor(changes.place_of(text, tag))
            if tag != filled.tag:
                self._renamed[filled.tag] = tag
                self.sync()  # else the check, in its thread, is early enough
            return
