"""The prompt: where messages are typed. Enter sends, Up and Down walk through earlier ones."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.signal import Signal
from textual.widgets.text_area import Edit, EditResult

from chatbot.common import MESSAGE_CHARACTERS, N_, _
from chatbot.conversation import History
from chatbot.tui.actions import Keymap, at, bindings
from chatbot.tui.fields import SteadyTextArea
from chatbot.tui.session import follow_keys
from chatbot.tui.widgets.pasted import Pasted

PLACEHOLDER = N_("Type a message…")

EDITED_CHARACTERS = 10_000
"""Characters that can be edited in the prompt; a longer text is a label there. A key among so many
takes 20 ms of work."""

WORTH_A_LABEL = 1_000
"""Characters of the shortest text that gets a label: what is typed never does."""


class Prompt(SteadyTextArea):
    """A text area that grows with its text and behaves like the line of a shell."""

    DEFAULT_CSS = """
    Prompt {
        height: auto;
        max-height: 8;
        min-width: 12;
        border: round $border-blurred;
        background: $background;
        padding: 0 1;
        &:focus { border: round $primary; }
    }
    """

    PLACE = "prompt"
    BINDINGS = bindings(PLACE)

    @dataclass
    class Submitted(Message):
        """A message was sent."""

        prompt: Prompt
        text: str

        @property
        def control(self) -> Prompt:
            """The prompt, so that handlers can name it in their selector."""
            return self.prompt

    class NothingSent(Message):
        """The key that sends was pressed, and there is no text."""

    def __init__(self, *, id: str | None = None) -> None:
        self._pasted = Pasted()
        super().__init__(
            id=id,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
            placeholder=_(PLACEHOLDER),
            tab_behavior="focus",
        )
        self.taken: dict[str, str] = {}
        """What is done with a key before the text area sees it."""
        self.sent = History()
        """Earlier messages (TextArea's own `history` is that of edits)."""
        self.edited: Signal[str] = Signal(self, "edited")
        """Published with the new text before the prompt is drawn with it.

        `Changed` arrives a moment too late: what it changes elsewhere is not in the prompt's own
        frame, and Textual draws the next one 17 to 33 ms later."""

    def on_mount(self) -> None:
        """Follow the keys."""
        follow_keys(self, self._take_keys)

    def say_again(self) -> None:
        """Say everything anew, in another language."""
        self.placeholder = _(PLACEHOLDER)

    @property
    def text(self) -> str:
        """The message: with the long texts that were pasted into it."""
        return self._pasted.whole(self.document.text)

    @text.setter
    def text(self, value: str) -> None:
        self.load_text(value)

    @property
    def selected_text(self) -> str:
        """The text that is selected."""
        return self._pasted.whole(super().selected_text)

    def edit(self, edit: Edit) -> EditResult:
        """Edit the text, and tell at once; a long text is put away, and its label is there."""
        first, last = self._line(edit.top[0]), self._line(edit.bottom[0])
        start, end = self._pasted.widened(edit.top, edit.bottom, first, last)
        text = self._fitting(edit.text)
        if len(text) > WORTH_A_LABEL and len(self.document.text) + len(text) > EDITED_CHARACTERS:
            text = self._pasted.label(text)
        result = super().edit(Edit(text, start, end, edit.maintain_selection_offset))
        self.edited.publish(self.text)
        return result

    def _line(self, row: int) -> str:
        """Return a line; Textual deletes below the last one too."""
        return self.document.get_line(row) if row < self.document.line_count else ""

    def _fitting(self, text: str) -> str:
        """Return as much of a text as a message has room for, and tell that some is left out."""
        room = max(MESSAGE_CHARACTERS - len(self.text), 0)
        if len(text) > room:
            problem = _("A message has at most {count:,} characters: the rest was left out.")
            self.notify(problem.format(count=MESSAGE_CHARACTERS), severity="warning", markup=False)
        return text[:room]

    def load_text(self, text: str) -> None:
        """Show another text, a long one as its label."""
        text = text[:MESSAGE_CHARACTERS]
        super().load_text(self._pasted.label(text) if len(text) > EDITED_CHARACTERS else text)

    async def _on_key(self, event: events.Key) -> None:
        """Take Enter before the text area breaks the line with it.

        Not as a priority binding: that would run before the letters typed just ahead of it have
        arrived here, and a fast typist's Enter (or a script's) would send nothing.
        """
        if event.key in self.taken:
            event.stop()
            event.prevent_default()
            await self.run_action(self.taken[event.key])
        else:
            await super()._on_key(event)

    def _take_keys(self, keys: Keymap) -> None:
        """Use other keys: Enter may begin a new line, and another key send."""
        self.taken = {key: action.call for action in at(self.PLACE) for key in keys.of(action.name)}

    def action_newline(self) -> None:
        """Begin another line."""
        self.insert("\n")

    def action_send(self) -> None:
        """Send the text, unless it is only blanks."""
        text = self.text
        if not text.strip():
            if not text:
                self.post_message(self.NothingSent())
            return
        self.sent.add(text)
        self.clear()
        self.post_message(self.Submitted(self, text))

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up, or at the first line to the message before."""
        at_top = (
            self.cursor_location[0] == 0
            and self.wrapped_document.location_to_offset(self.cursor_location).y == 0
        )
        if select or not at_top:
            super().action_cursor_up(select)
        else:
            self._show(self.sent.older(self.text))

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down, or at the last line to the message after; the last one is the draft."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        if select or row < self.wrapped_document.height - 1:
            super().action_cursor_down(select)
        else:
            self._show(self.sent.newer(self.text))

    def action_cursor_page_up(self) -> None:
        """Move up by a page; with one line there is none, and the conversation pages instead."""
        if self.wrapped_document.height > 1:
            super().action_cursor_page_up()
        else:
            self.call_next(self.run_action, "screen.page(-1)")

    def action_cursor_page_down(self) -> None:
        """Move down by a page; with one line there is none, and the conversation pages instead."""
        if self.wrapped_document.height > 1:
            super().action_cursor_page_down()
        else:
            self.call_next(self.run_action, "screen.page(1)")

    def recall(self, text: str) -> None:
        """Put a text in place of what is there, to be edited or sent; undo brings that back."""
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor(self.document.end)
        self.focus()

    def _show(self, text: str | None) -> None:
        if text is not None:
            self.load_text(text)
            self.move_cursor(self.document.end)
