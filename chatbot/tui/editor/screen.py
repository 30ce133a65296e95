"""The editor of the intents file: list of intents, JSON with colours, findings while one types."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static, TextArea

from chatbot.intents import Finding, Intent, JsonPath, Position
from chatbot.tui.editor.changes import IntentChanges
from chatbot.tui.editor.document import Checked, OpenFile, check_text
from chatbot.tui.editor.findings import Findings
from chatbot.tui.editor.intent_form import IntentForm
from chatbot.tui.editor.intents_list import IntentsList
from chatbot.tui.editor.saving import Saving
from chatbot.tui.text import shown_path

if TYPE_CHECKING:
    from chatbot.conversation import Chatbot
    from chatbot.intents import Found

CHECK_SECONDS = 0.2
"""Pause in typing after which the text is checked."""

HIGHLIGHTED_LINES = 5_000
"""Longer files are shown without colours: every key stroke queries the whole syntax tree."""


class EditScreen(Screen[None]):
    """Edits a file; the app owns what the bot knows and is told when it is saved."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#edit-text"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("f2", "form", "Form/JSON", id="edit.form"),
        Binding("ctrl+s", "save", "Save", id="edit.save", priority=True),
        Binding("ctrl+t", "add_intent", "Add", id="edit.add", priority=True),
        Binding("ctrl+g", "next_finding", "Next", id="edit.next", priority=True),
        Binding("f6", "fix", "Fix", id="edit.fix", priority=True, show=False),
        Binding("ctrl+r", "revert", "Revert", id="edit.revert", priority=True),
        Binding("ctrl+o", "outside", "$EDITOR", id="edit.outside", priority=True),
        Binding("ctrl+l", "list", "List", id="edit.list", priority=True),
        Binding("ctrl+f", "search", "Search", id="edit.search", priority=True),
        Binding("escape", "close", "Back", id="edit.close", priority=True),
    ]

    @dataclass
    class CheckDone(Message):
        """A check in a thread has finished."""

        generation: int
        checked: Checked

    @dataclass
    class HealthDone(Message):
        """What the health check, which takes longer, has found besides."""

        generation: int
        findings: tuple[Finding, ...]

    def __init__(self, path: Path, bot: Chatbot | None = None) -> None:
        """Take the file, and the bot whose model says how it reads the patterns."""
        super().__init__()
        self._bot = bot
        self._health: tuple[Finding, ...] = ()
        """What the latest health check found, shown until the next one has finished."""
        self._file = OpenFile(path)
        self._saving = Saving(self, self._file)
        self._generation = 0
        self._timer: Timer | None = None
        self.intents: tuple[Intent, ...] = ()
        """Of the last valid text."""
        self._changes = IntentChanges(self)

    def compose(self) -> ComposeResult:
        """Title, list and text, findings, footer."""
        yield Static(id="edit-title", markup=False)
        with Horizontal(id="edit-body"):
            yield IntentsList(id="edit-list")
            yield TextArea.code_editor(id="edit-text", theme="css", soft_wrap=False)
            yield IntentForm(id="edit-form")
        yield Findings(id="edit-findings")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Load the file, and look at it for changes by other programs from then on."""
        self.set_interval(1.0, self._saving.look_at_file)
        text = self._file.text
        if text.count("\n") <= HIGHLIGHTED_LINES and "json" in self.editor.available_languages:
            self.editor.language = "json"
        self.editor.read_only = bool(self._file.problem)
        self.editor.load_text(text)
        self._check()

    # ---- state

    @property
    def editor(self) -> TextArea:
        """The text."""
        return self.query_one("#edit-text", TextArea)

    @property
    def list(self) -> IntentsList:
        """The intents."""
        return self.query_one(IntentsList)

    @property
    def findings(self) -> Findings:
        """What is wrong."""
        return self.query_one(Findings)

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether the text differs from the file."""
        return self._saving.has_unsaved_changes

    def request_close(self, then: Callable[[], None]) -> None:
        """Call `then` once nothing can be lost: at once, or after asking."""
        self._saving.request_close(then)

    # ---- checking while one types

    @on(TextArea.Changed, "#edit-text")
    def _typed(self) -> None:
        self.draw_title()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(CHECK_SECONDS, self._check)

    def _check(self) -> None:
        self.draw_title()
        if self._file.problem:
            self.findings.show((), self._file.problem)
            return
        self._generation += 1
        self._check_in_thread(self._generation, self.editor.text)

    @work(thread=True, group="check", exit_on_error=False)
    def _check_in_thread(self, generation: int, text: str) -> None:
        checked = check_text(text)
        self.post_message(self.CheckDone(generation, checked))
        report = checked.report
        if report.intents is None or generation != self._generation:
            return
        from chatbot.quality import examine

        reader = None if self._bot is None else self._bot.reader
        found = examine(report.document, report.intents, reader)
        self.post_message(self.HealthDone(generation, found))

    @on(CheckDone)
    def _checked(self, event: CheckDone) -> None:
        if event.generation != self._generation:
            return  # the text has changed since
        report = event.checked.report
        if report.intents is not None:
            self.intents = report.intents.intents
            self.list.show(self.intents, event.checked.places)
            self.list.follow(self.editor.cursor_location[0] + 1)
            self._show_form()
        health = self._health if report.intents is not None else ()
        self._show_findings(report.findings, health)

    @on(HealthDone)
    def _examined(self, event: HealthDone) -> None:
        if event.generation == self._generation:
            of_file = [f for f in self.findings.findings if f.kind == "file"]
            self._health = event.findings
            self._show_findings(of_file, self._health)

    def _show_findings(self, of_file: Sequence[Finding], health: Sequence[Finding]) -> None:
        found = sorted([*of_file, *health], key=lambda finding: finding.position)
        self.findings.show(found, f"{len(self.list.places)} intents, no problem found.")
        self.list.mark({finding.tag for finding in found if finding.tag})

    def draw_title(self) -> None:
        """Say which file it is, and whether it has unsaved changes."""
        mark = "  ● unsaved" if self.has_unsaved_changes else ""
        self.query_one("#edit-title", Static).update(
            Content(f"Edit intents · {shown_path(self._file.path)}{mark}")
        )

    # ---- moving

    @on(IntentsList.Chosen)
    @on(Findings.Chosen)
    def _chosen(self, event: IntentsList.Chosen | Findings.Chosen) -> None:
        self.go(event.position)

    @on(TextArea.SelectionChanged, "#edit-text")
    def _cursor_moved(self) -> None:
        self.list.follow(self.editor.cursor_location[0] + 1)

    @on(IntentsList.OptionHighlighted)
    def _another_intent(self) -> None:
        self._show_form()

    def go(self, position: Position) -> None:
        """Go to a place of the text, in the view that is shown."""
        self.editor.move_cursor((position.line - 1, position.column - 1), center=True)
        if self.has_class("-form"):
            self._show_form()
            self.form.focus_first()
        else:
            self.editor.focus()

    def action_next_finding(self) -> None:
        """Go to the finding after the cursor, from the last to the first."""
        row, column = self.editor.cursor_location
        place = self.findings.after((row + 1, column + 1))
        if place is not None:
            self.findings.point_at(place)
            self.go(place)

    def action_list(self) -> None:
        """Move between the list of intents and the text; on a narrow screen show the list."""
        if self.list.has_focus:
            self.remove_class("-list")
            self._focus_view()
        else:
            self.add_class("-list")
            self.list.focus()

    # ---- the form

    @property
    def form(self) -> IntentForm:
        """The other view of the document."""
        return self.query_one(IntentForm)

    def action_form(self) -> None:
        """Show the intent as a form, or the file as JSON again: two views of one document."""
        if self.has_class("-form"):
            self.form.tell()
        elif not self._can_change():
            return
        self.toggle_class("-form")
        if self.list.highlighted is None and self.intents:
            self.list.highlighted = 0
        self._show_form()
        self._focus_view()

    def _focus_view(self) -> None:
        if self.has_class("-form"):
            self.form.focus_first()
        else:
            self.editor.focus()

    def _show_form(self) -> None:
        """Show the intent of the list in the form; what was typed of another is told first."""
        if not self.has_class("-form"):
            return
        at = self.list.highlighted
        intent = self.intents[at] if at is not None and at < len(self.intents) else None
        before = self.form.intent
        if before is not None and self.form.is_being_filled:
            if intent is not None and intent.tag == before.tag:
                return  # it is told after a pause
            self.form.tell()
        self.form.show(intent)

    @on(IntentForm.Filled)
    def _filled_in(self, event: IntentForm.Filled) -> None:
        if self._changes.fill_in(event.tag, event.new_tag, event.patterns, event.replies):
            self.form.intent = Intent(event.new_tag, event.patterns, event.replies)

    # ---- changing

    def _can_change(self) -> bool:
        """Return whether the document is valid; say so if it is not."""
        if self._file.problem or self.findings.has_errors:
            self.notify("First mend the errors below.", severity="warning", markup=False)
            return False
        return True

    @on(IntentsList.Change)
    def _change_intent(self, event: IntentsList.Change) -> None:
        if self._can_change() and event.index < len(self.intents):
            self._changes.run(event.what, self.intents[event.index])

    @on(IntentsList.Undo)
    def _undo(self, event: IntentsList.Undo) -> None:
        if event.back:
            self.editor.undo()
        else:
            self.editor.redo()

    def action_search(self) -> None:
        """Search patterns and replies."""
        if self._can_change():
            self._changes.search()

    def go_to_value(self, found: Found) -> None:
        """Go to a pattern or reply that a search found."""
        from chatbot.intents import locate

        tags = [intent.tag for intent in self.intents]
        path: JsonPath = ("intents", tags.index(found.tag), found.kind, found.index)
        self.go(locate(self.editor.text, [path])[path])

    def action_fix(self) -> None:
        """Make the one-key remedy of the finding at the cursor or on its line; Ctrl+Z undoes it."""
        row, column = self.editor.cursor_location
        self._changes.fix(self.findings.fix_at((row + 1, column + 1)))

    def action_add_intent(self) -> None:
        """Insert a new intent after the one the cursor is in; Ctrl+Z takes it back."""
        if self._can_change():
            index = self.list.index_at(self.editor.cursor_location[0] + 1)
            self.go(self._changes.add(index))

    # ---- the file

    def action_save(self) -> None:
        """Save; with errors only after asking."""
        self._saving.save()

    def action_revert(self) -> None:
        """Go back to the text on disk; Ctrl+Z brings the changes back."""
        self._saving.revert()

    def action_outside(self) -> None:
        """Edit the file in the person's own editor."""
        self._saving.edit_outside()

    def action_close(self) -> None:
        """Go back to the conversation."""
        if self.list.has_focus:
            self.action_list()
        else:
            self.request_close(self._leave)

    def _leave(self) -> None:
        self.app.pop_screen()

    def follow(self, tag: str) -> None:
        """Put the cursor on an intent, wherever a change has taken it."""
        from chatbot.intents import locate, tag_of

        tags = [tag_of(intent) for intent in json.loads(self.editor.text)["intents"]]
        path: JsonPath = ("intents", tags.index(tag))
        line, column = locate(self.editor.text, [path])[path]
        self.editor.move_cursor((line - 1, column - 1), center=True)

    def replace(self, text: str) -> None:
        """Replace the whole text; Ctrl+Z brings the old one back."""
        if text != self.editor.text:
            cursor = self.editor.cursor_location
            self.editor.replace(text, (0, 0), self.editor.document.end)
            self.editor.move_cursor(cursor)
        self._check()
