"""One document in two views, the JSON and a form, beside the list of its intents."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import TextArea

from chatbot.common import ChatbotError
from chatbot.intents import Intent, Position
from chatbot.tui.editor import changes
from chatbot.tui.editor.intent_form import IntentForm
from chatbot.tui.editor.intents_list import IntentsList

HIGHLIGHTED_LINES = 5_000
"""Longer files are shown without colours: every key stroke queries the whole syntax tree."""


class DocumentPane(Horizontal):
    """Shows and changes the document, whose text is the one in `editor`."""

    class Replaced(Message):
        """The text was replaced as a whole."""

    intents: tuple[Intent, ...] = ()
    """Of the last valid text."""

    def compose(self) -> ComposeResult:
        """The list, and the views of which one is shown."""
        yield IntentsList(id="edit-list")
        yield TextArea.code_editor(id="edit-text", theme="css", soft_wrap=False)
        yield IntentForm(id="edit-form")

    # ---- parts

    @property
    def editor(self) -> TextArea:
        """The JSON."""
        return self.query_one("#edit-text", TextArea)

    @property
    def list(self) -> IntentsList:
        """The intents."""
        return self.query_one(IntentsList)

    @property
    def form(self) -> IntentForm:
        """The intent that is selected in the list."""
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
        """Replace the whole text; Ctrl+Z brings the old one back."""
        if text != self.text:
            cursor = self.editor.cursor_location
            self.editor.replace(text, (0, 0), self.editor.document.end)
            self.editor.move_cursor(cursor)
            self.post_message(self.Replaced())

    def apply(self, edit: changes.Edit) -> bool:
        """Change the document and go to an intent in it; return whether it could be changed."""
        try:
            text = edit.change(self.text)
        except ChatbotError as error:
            self.notify(str(error), severity="warning", markup=False)
            return False
        self.replace(text)
        if edit.tag is not None:
            self._move_cursor(changes.place_of(text, edit.tag))
        return True

    def add_intent(self) -> None:
        """Insert a new intent after the one the cursor is in, and go to its tag."""
        text, position = changes.with_new_intent(self.text, self.list.index_at(self.place[0]))
        self.replace(text)
        self.go(position)

    @on(IntentsList.Undo)
    def _undo(self, event: IntentsList.Undo) -> None:
        if event.back:
            self.editor.undo()
        else:
            self.editor.redo()

    # ---- moving

    @property
    def place(self) -> tuple[int, int]:
        """Line and column of the cursor, from 1."""
        row, column = self.editor.cursor_location
        return row + 1, column + 1

    def go(self, position: Position) -> None:
        """Go to a place of the text, in the view that is shown."""
        self._move_cursor(position)
        if self.has_class("-form"):
            self._show_form()
        self.focus_view()

    def _move_cursor(self, position: Position) -> None:
        self.editor.move_cursor((position.line - 1, position.column - 1), center=True)

    @on(IntentsList.Chosen)
    def _chosen(self, event: IntentsList.Chosen) -> None:
        self.go(event.position)

    @on(TextArea.SelectionChanged, "#edit-text")
    def _cursor_moved(self) -> None:
        self.list.follow(self.place[0])

    @on(IntentsList.OptionHighlighted)
    def _another_intent(self) -> None:
        self._show_form()

    def focus_view(self) -> None:
        """Give the keys to the view that is shown."""
        if self.has_class("-form"):
            self.form.focus_first()
        else:
            self.editor.focus()

    def toggle_list(self) -> None:
        """Move between the list of intents and the view; on a narrow screen show the list."""
        if self.list.has_focus:
            self.remove_class("-list")
            self.focus_view()
        else:
            self.add_class("-list")
            self.list.focus()

    # ---- the views

    def show(self, intents: Sequence[Intent], places: tuple[Position, ...]) -> None:
        """List the intents of a valid text, and where each begins."""
        self.intents = tuple(intents)
        self.list.show(self.intents, places)
        self.list.follow(self.place[0])
        self._show_form()

    def toggle_form(self) -> None:
        """Show the intent as a form, or the file as JSON again."""
        self.take_form()
        self.toggle_class("-form")
        if self.list.highlighted is None and self.intents:
            self.list.highlighted = 0
        self._show_form()
        self.focus_view()

    def _show_form(self) -> None:
        """Show the intent of the list in the form; what was typed of another is taken first."""
        if not self.has_class("-form"):
            return
        at = self.list.highlighted
        intent = self.intents[at] if at is not None and at < len(self.intents) else None
        if (pending := self.form.pending) is not None:
            if intent is not None and intent.tag == pending.tag:
                return  # the form posts it after a pause
            self.take_form()
        self.form.show(intent)

    @property
    def is_form_pending(self) -> bool:
        """Whether the form holds something that the document does not have yet."""
        return self.has_class("-form") and self.form.pending is not None

    def take_form(self) -> None:
        """Write what is in the form into the document now, without waiting for a pause."""
        if self.has_class("-form") and (filled := self.form.pending) is not None:
            self._fill_in(filled)

    @on(IntentForm.Filled)
    def _fill_in(self, filled: IntentForm.Filled) -> None:
        if self.apply(changes.fill_in(filled.tag, filled.new_tag, filled.patterns, filled.replies)):
            self.form.intent = Intent(filled.new_tag, filled.patterns, filled.replies)
