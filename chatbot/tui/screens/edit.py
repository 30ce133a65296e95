"""The editor of the intents file: list of intents, JSON with colours, findings while one types."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from chatbot.intents import Finding, Intents, IntentsError, Severity, read_text, save_text
from chatbot.tui.messages import IntentsChanged
from chatbot.tui.screens.confirm import ConfirmScreen
from chatbot.tui.screens.external_editor import edit_outside
from chatbot.tui.text import shorten

if TYPE_CHECKING:
    from chatbot.intents_check import Report
    from chatbot.json_positions import Position

CHECK_SECONDS = 0.2
"""Pause in typing after which the text is checked."""

HIGHLIGHTED_LINES = 5_000
"""Longer files are shown without colours: every key stroke queries the whole syntax tree."""

SKELETON = """{
  "intents": [
    {
      "tag": "greeting",
      "patterns": ["Hello", "Hi there"],
      "responses": ["Hello!"]
    },
    {
      "tag": "goodbye",
      "patterns": ["Bye", "See you"],
      "responses": ["Goodbye!"]
    }
  ]
}
"""

NEW_INTENT = {"tag": "new_intent", "patterns": [""], "responses": [""]}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the text found, and where each intent begins."""

    report: Report
    places: tuple[Position, ...]
    """Of each intent of a valid file, in its order."""


class EditScreen(Screen[None]):
    """Edits a file; the app owns what the bot knows and is told when it is saved."""

    CSS_PATH = "edit.tcss"
    AUTO_FOCUS = "#edit-text"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("ctrl+s", "save", "Save", id="edit.save", priority=True),
        Binding("ctrl+t", "add_intent", "Add intent", id="edit.add", priority=True),
        Binding("ctrl+g", "next_finding", "Next finding", id="edit.next", priority=True),
        Binding("ctrl+r", "revert", "Revert", id="edit.revert", priority=True),
        Binding("ctrl+o", "outside", "$EDITOR", id="edit.outside", priority=True),
        Binding("ctrl+l", "list", "List", id="edit.list", priority=True),
        Binding("escape", "close", "Back", id="edit.close", priority=True),
    ]

    @dataclass
    class CheckDone(Message):
        """A check in a thread has finished."""

        generation: int
        checked: Checked

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self._saved: str | None = ""
        """What is on disk as far as we know; None where the file does not exist."""
        self._problem = ""
        """Why the file could not be read; it is then not to be saved over."""
        self._intents: Intents | None = None
        self._findings: tuple[Finding, ...] = ()
        self._places: tuple[Position, ...] = ()
        self._generation = 0
        self._timer: Timer | None = None
        self._asking = False

    def compose(self) -> ComposeResult:
        """Title, list and text, findings, footer."""
        yield Static(id="edit-title", markup=False)
        with Horizontal(id="edit-body"):
            yield OptionList(id="edit-list")
            yield TextArea.code_editor(id="edit-text", theme="css", soft_wrap=False)
        yield OptionList(id="edit-findings")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Load the file, and look at it for changes by other programs from then on."""
        self.set_interval(1.0, self._look_at_file)
        try:
            self._saved = read_text(self.path) if self.path.exists() else None
        except IntentsError as error:
            self._problem = str(error)
            self.editor.read_only = True
        text = SKELETON if self._saved is None else self._saved
        if text.count("\n") <= HIGHLIGHTED_LINES and "json" in self.editor.available_languages:
            self.editor.language = "json"
        self.editor.load_text(text)
        self._check()

    # ---- state

    @property
    def editor(self) -> TextArea:
        """The text."""
        return self.query_one("#edit-text", TextArea)

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether the text differs from the file."""
        return not self._problem and self.editor.text != self._saved

    def request_close(self, then: Callable[[], None]) -> None:
        """Call `then` once nothing can be lost: at once, or after asking."""
        if not self.has_unsaved_changes:
            then()
            return

        def answered(answer: str | None) -> None:
            if answer == "discard" or (answer == "save" and self._write()):
                then()

        self._ask(
            f"{self.path.name} has unsaved changes.",
            answered,
            ("save", "Save"),
            ("discard", "Discard"),
            ("stay", "Stay"),
        )

    # ---- checking while one types

    @on(TextArea.Changed, "#edit-text")
    def _typed(self) -> None:
        self._title()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(CHECK_SECONDS, self._check)

    def _check(self) -> None:
        self._title()
        if self._problem:
            self._show_findings((), self._problem)
            return
        self._generation += 1
        self._check_in_thread(self._generation, self.editor.text)

    @work(thread=True, group="check", exit_on_error=False)
    def _check_in_thread(self, generation: int, text: str) -> None:
        from chatbot.intents_check import check
        from chatbot.json_positions import locate

        report = check(text)
        places: tuple[Position, ...] = ()
        if report.intents is not None:
            paths = [("intents", i) for i in range(len(report.intents.intents))]
            found = locate(text, paths)
            places = tuple(found[path] for path in paths)
        self.post_message(self.CheckDone(generation, Checked(report, places)))

    @on(CheckDone)
    def _checked(self, event: CheckDone) -> None:
        if event.generation != self._generation:
            return  # the text has changed since
        report = event.checked.report
        self._findings = report.findings
        if report.intents is not None:
            self._intents, self._places = report.intents, event.checked.places
            self._show_list()
        self._show_findings(report.findings)

    def _show_list(self) -> None:
        """List the intents with their counts, and a sign where something was found."""
        assert self._intents is not None
        marked = {finding.tag for finding in self._findings if finding.tag}
        options = self.query_one("#edit-list", OptionList)
        highlighted = options.highlighted
        options.clear_options()
        for intent in self._intents.intents:
            sign = "!" if intent.tag in marked else " "
            counts = f"{len(intent.patterns):>3} {len(intent.responses):>2}"
            tag = shorten(intent.tag, 20)
            options.add_option(Option(Text(f"{sign} {tag:<20} {counts}")))
        if highlighted is not None and highlighted < options.option_count:
            options.highlighted = highlighted

    def _show_findings(self, findings: tuple[Finding, ...], problem: str = "") -> None:
        box = self.query_one("#edit-findings", OptionList)
        box.clear_options()
        if problem:
            box.add_option(Option(Text(problem, style="bold"), disabled=True))
        elif not findings:
            count = len(self._intents.intents) if self._intents else 0
            box.add_option(Option(Text(f"{count} intents, no problem found."), disabled=True))
        for finding in findings:
            line, column = finding.position
            text = f"line {line}, column {column}: {finding.severity}: {finding.message}. "
            style = "bold" if finding.severity is Severity.ERROR else ""
            box.add_option(Option(Text(text + finding.remedy, style=style)))

    def _title(self) -> None:
        mark = "  ● unsaved" if self.has_unsaved_changes else ""
        self.query_one("#edit-title", Static).update(Content(f"Edit intents · {self.path}{mark}"))

    # ---- moving

    @on(OptionList.OptionSelected, "#edit-list")
    def _intent_chosen(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._places):
            self._go(self._places[event.option_index])

    @on(OptionList.OptionSelected, "#edit-findings")
    def _finding_chosen(self, event: OptionList.OptionSelected) -> None:
        self._go(self._findings[event.option_index].position)

    @on(TextArea.SelectionChanged, "#edit-text")
    def _cursor_moved(self) -> None:
        """Highlight the intent that the cursor is in."""
        index = self._intent_at_cursor()
        options = self.query_one("#edit-list", OptionList)
        if index is not None and index < options.option_count:
            options.highlighted = index

    def _intent_at_cursor(self) -> int | None:
        row, _ = self.editor.cursor_location
        before = [i for i, place in enumerate(self._places) if place.line <= row + 1]
        return before[-1] if before else None

    def _go(self, position: Position) -> None:
        self.editor.move_cursor((position.line - 1, position.column - 1), center=True)
        self.editor.focus()

    def action_next_finding(self) -> None:
        """Go to the finding after the cursor, from the last to the first."""
        if not self._findings:
            return
        row, column = self.editor.cursor_location
        after = [f for f in self._findings if f.position > (row + 1, column + 1)]
        self._go((after or self._findings)[0].position)

    def action_list(self) -> None:
        """Move between the list of intents and the text; on a narrow screen show the list."""
        options = self.query_one("#edit-list", OptionList)
        if options.has_focus:
            self.remove_class("-list")
            self.editor.focus()
        else:
            self.add_class("-list")
            options.focus()

    # ---- changing

    def action_add_intent(self) -> None:
        """Insert a new intent after the one the cursor is in; Ctrl+Z takes it back."""
        from chatbot.json_positions import span_end

        text = self.editor.text
        index = self._intent_at_cursor()
        if (
            self._problem
            or self._intents is None
            or any(finding.severity is Severity.ERROR for finding in self._findings)
        ):
            self.notify("First mend the errors below.", severity="warning", markup=False)
            return
        if index is None:
            index = len(self._places) - 1
        end = span_end(text, ("intents", index))
        indent = " " * (self._places[index].column - 1)
        lines = json.dumps(NEW_INTENT, indent=2).splitlines()
        self.editor.insert(
            ",\n" + "\n".join(indent + line for line in lines), (end.line - 1, end.column - 1)
        )
        # Behind the opening quote of the tag, which comes first.
        self.editor.move_cursor((end.line + 1, len(indent) + len('  "tag": "')))
        self.editor.focus()

    def action_save(self) -> None:
        """Save; with errors only after asking."""
        if self._problem:
            self.notify(self._problem, severity="error", markup=False)
            return
        from chatbot.intents_check import check

        errors = len(check(self.editor.text).errors)
        if not errors:
            self._save_over()
            return

        def answered(answer: str | None) -> None:
            if answer == "save":
                self._save_over()

        self._ask(
            f"The file has {errors} errors. The bot keeps its old replies until it is valid.",
            answered,
            ("save", "Save anyway"),
            ("stay", "Stay"),
        )

    def _save_over(self) -> None:
        """Save, but ask before another program's change is overwritten."""
        if self._on_disk() in (self._saved, self.editor.text):
            self._write()
            return

        def answered(answer: str | None) -> None:
            if answer == "mine":
                self._write()
            elif answer == "theirs":
                self._load_theirs()

        self._ask(
            f"Another program has changed {self.path.name} meanwhile.",
            answered,
            ("mine", "Save mine"),
            ("theirs", "Load theirs"),
            ("stay", "Stay"),
        )

    def _write(self) -> bool:
        """Write the file and tell the app; return whether it worked."""
        from chatbot.intents_check import check

        text = self.editor.text
        try:
            save_text(self.path, text)
        except IntentsError as error:
            self.notify(str(error), title="Not saved", severity="error", markup=False)
            return False
        self._saved = text
        self._title()
        intents = check(text).intents
        if intents is None:
            self.notify("Saved, with errors: the bot keeps its old replies.", markup=False)
        else:
            self.app.post_message(IntentsChanged(intents, by_us=True))
            self.notify("Saved. Changed replies work at once; F5 retrains.", markup=False)
        return True

    def action_revert(self) -> None:
        """Go back to the text on disk; Ctrl+Z brings the changes back."""
        if not self.has_unsaved_changes or self._saved is None:
            return

        def answered(answer: str | None) -> None:
            if answer == "revert":
                self._replace(self._saved or "")

        self._ask("Go back to the saved text?", answered, ("revert", "Revert"), ("stay", "Stay"))

    def action_outside(self) -> None:
        """Edit the file in the person's own editor."""
        self.request_close(lambda: edit_outside(self.app, self.path, self._load_theirs))

    def action_close(self) -> None:
        """Go back to the conversation."""
        if self.query_one("#edit-list").has_focus:
            self.action_list()
        else:
            self.request_close(self._leave)

    def _leave(self) -> None:
        self.app.pop_screen()

    # ---- the file on disk

    def _on_disk(self) -> str | None:
        """Return the text on disk, None where there is none or it cannot be read."""
        try:
            return read_text(self.path)
        except IntentsError:
            return None

    def _look_at_file(self) -> None:
        """Notice a change by another program: load it, or ask where it would cost changes."""
        if self._asking or self._problem:
            return
        on_disk = self._on_disk()
        if on_disk is None or on_disk == self._saved:
            return
        if not self.has_unsaved_changes or on_disk == self.editor.text:
            self._load_theirs()
            self.notify("Loaded the file as another program left it.", markup=False)
            return

        def answered(answer: str | None) -> None:
            if answer == "theirs":
                self._load_theirs()
            else:
                self._saved = on_disk  # known now: not asked again

        self._ask(
            f"Another program has changed {self.path.name}. You have unsaved changes.",
            answered,
            ("theirs", "Load theirs"),
            ("mine", "Keep mine"),
        )

    def _load_theirs(self) -> None:
        """Show the text on disk; ours stays in the editor's undo history."""
        on_disk = self._on_disk()
        if on_disk is not None:
            self._saved = on_disk
            self._replace(on_disk)

    def _replace(self, text: str) -> None:
        if text != self.editor.text:
            cursor = self.editor.cursor_location
            self.editor.replace(text, (0, 0), self.editor.document.end)
            self.editor.move_cursor(cursor)
        self._check()

    def _ask(
        self, question: str, answered: Callable[[str | None], None], *answers: tuple[str, str]
    ) -> None:
        """Ask one question at a time."""
        if self._asking:
            return
        self._asking = True

        def done(answer: str | None) -> None:
            self._asking = False
            answered(answer)

        self.app.push_screen(ConfirmScreen(question, answers), done)
