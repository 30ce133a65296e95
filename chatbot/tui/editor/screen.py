"""The editor of the intents file: checks the document while one types, saves it, asks."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from chatbot.common import FileStates, _, ngettext, states_of
from chatbot.intents import Intent, JsonPath, locate
from chatbot.tui.actions import bindings
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.dialogs import is_asking, start_asking
from chatbot.tui.editor import changes
from chatbot.tui.editor.checking import CheckDone, Checking, HealthDone
from chatbot.tui.editor.document import OpenFile
from chatbot.tui.editor.findings import Findings
from chatbot.tui.editor.intents_list import IntentsList
from chatbot.tui.editor.pane import DocumentPane
from chatbot.tui.editor.saving import Saving
from chatbot.tui.editor.typed_ahead import typed_ahead
from chatbot.tui.jobs import edit_outside
from chatbot.tui.session import Session, key_of
from chatbot.tui.text import shown, shown_path
from chatbot.tui.widgets import KeyFooter, place_toasts

CHECK_SECONDS = 0.2
"""Pause in typing after which the text is checked."""


class EditScreen(ClosingScreen[None]):
    """Edits the intents file; the app is told when it is saved, and lets the bot know."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#edit-text"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    PLACE = "edit"
    BINDINGS = bindings(PLACE)

    def __init__(self, session: Session, unsaved: Callable[[], str | None] = lambda: None) -> None:
        """Edit the file of the session; `unsaved` gives the text of an editor that was killed."""
        super().__init__()
        self._session = session
        self._unsaved = unsaved
        self._seen = states_of(session.locations).intents
        """Of the file when it was read last, or before."""
        self._file = OpenFile(session.locations.intents)
        self._saving = Saving(self, self._file)
        self._checking = Checking(self)
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, document, findings, footer."""
        yield Static(id="edit-title", markup=False)
        yield DocumentPane(id="edit-pane")
        yield Findings(id="edit-findings")
        yield KeyFooter()

    def on_mount(self) -> None:
        """Load the file; follow what other programs do to it, and which bot answers."""
        self.pane.load(self._file.text, read_only=bool(self._file.problem))
        if not self._file.problem and (unsaved := self._unsaved()) is not None:
            self._bring_back(unsaved)
        self._check()
        self._session.files_seen.subscribe(self, self._follow_file)
        self._session.bot_changed.subscribe(self, lambda _: self._check())
        self._session.keys_changed.subscribe(self, lambda _: self._check())

    def _bring_back(self, unsaved: str) -> None:
        """Go on with the text of an editor that was killed; undo leads back to the file."""
        self.pane.replace(unsaved)
        text = _("They are not saved yet. {undo} or {revert} goes back to the file as it is now.")
        self.notify(
            text.format(undo=key_of(self, "text.undo"), revert=key_of(self, "edit.revert")),
            title=_("Your changes are there again"),
            markup=False,
        )

    @property
    def pane(self) -> DocumentPane:
        """The document."""
        return self.query_one(DocumentPane)

    @property
    def findings(self) -> Findings:
        """What is wrong."""
        return self.query_one(Findings)

    # ---- checking while one types

    @on(TextArea.Changed, "#edit-text")
    def _typed(self) -> None:
        self._draw_title()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(CHECK_SECONDS, self._check)

    @on(TextArea.SelectionChanged)
    def _cursor_moved(self) -> None:
        place_toasts(self)
        at = self.pane.list.index_at(self.pane.place[0])
        intents = self.pane.intents
        self.findings.follow(intents[at].tag if at is not None and at < len(intents) else None)

    @on(DocumentPane.Replaced)
    def _check(self) -> None:
        self._draw_title()
        if self._file.problem:
            self.findings.say(self._file.problem)
        else:
            self._checking.begin(self.pane.text, self._session.bot)

    @on(CheckDone)
    def _checked(self, event: CheckDone) -> None:
        if not self._checking.is_latest(event):
            return
        self.pane.show(event.text, event.checked)
        count = len(self.pane.list.places)
        none = ngettext(
            "{count} intent, no problem found.", "{count} intents, no problem found.", count
        )
        self.findings.show_checked(event.checked.report, none.format(count=count))
        self.pane.list.mark(self.findings.tags)

    @on(HealthDone)
    def _examined(self, event: HealthDone) -> None:
        if self._checking.is_latest(event):
            self.findings.show_health(event.findings)
            self.pane.list.mark(self.findings.tags)

    def _draw_title(self) -> None:
        """Say which file it is, and whether it has unsaved changes."""
        # Before the path: a long one is cut at its end.
        title = _("Edit intents ● unsaved") if self.has_unsaved_changes else _("Edit intents")
        self.query_one("#edit-title", Static).update(
            Content(f"{title} · {shown_path(self._file.path)}")
        )

    # ---- moving

    @on(Findings.Chosen)
    def _chosen(self, event: Findings.Chosen) -> None:
        self.pane.go(event.position)

    def action_next_finding(self) -> None:
        """Go to the finding after the cursor; after the last one comes the first."""
        position = self.findings.after(self.pane.place)
        if position is not None:
            self.findings.point_at(position)
            self.pane.go(position)

    def action_filter_findings(self) -> None:
        """List all findings, those of the intent at the cursor, or errors only."""
        self.findings.next_filter()

    def action_show_silenced(self) -> None:
        """List the silenced findings too, or not."""
        self.findings.toggle_silenced()

    def action_silence_finding(self) -> None:
        """Do not show the selected finding again, or do; the file keeps that. Ctrl+Z undoes it."""
        finding = self.findings.selected
        if finding is None or not self._can_change():
            return  # with an error the file cannot be changed so, and it says that
        quiet = not self.findings.is_silenced(finding)
        if self.pane.apply(changes.silencing(finding, is_silenced=quiet)):
            said = (
                _("It is not shown again: the file keeps that. {key} undoes it.")
                if quiet
                else _("It is shown again: the file keeps that. {key} undoes it.")
            )
            self.notify(said.format(key=key_of(self, "text.undo")), markup=False)

    def action_list(self) -> None:
        """Move between the list of intents and the text."""
        self.pane.toggle_list()

    def action_form(self) -> None:
        """Show the intent as a form, or the file as JSON again."""
        if self.pane.has_class("-form") or self._can_change():
            self.pane.toggle_form()

    async def action_after_typing(self, name: str) -> None:
        """Run an action once the letters typed ahead of its key have arrived in their field."""
        if self.focused is not None:
            await typed_ahead(self.focused)
        getattr(self, f"action_{name}")()

    def action_search(self) -> None:
        """Search patterns and replies."""
        if self._can_change():
            start_asking(self, self._search())

    async def _search(self) -> None:
        self.pane.take_form()
        found = await changes.search(self.app, self.pane.text)
        if found is not None and self.pane.sync():
            tags = [intent.tag for intent in self.pane.intents]
            path: JsonPath = ("intents", tags.index(found.tag), found.kind, found.index)
            self.pane.go(locate(self.pane.text, [path])[path])

    # ---- changing

    def _can_change(self) -> bool:
        """Return whether the document, as it is now, is valid; say so if it is not."""
        if self._file.problem or not self.pane.sync():
            self.notify(_("Fix the errors below first."), severity="warning", markup=False)
            return False
        return True

    @on(IntentsList.Change)
    def _change_intent(self, event: IntentsList.Change) -> None:
        if not self._can_change():
            return
        intent = self.pane.named(event.tag)
        if intent is None:
            gone = _("There is no intent {intent} any more.")
            self.notify(gone.format(intent=shown(event.tag)), markup=False)
        elif event.what in ("up", "down"):
            self.pane.apply(changes.move(intent, -1 if event.what == "up" else 1))
        else:
            start_asking(self, self._ask_and_change(event.what, intent))

    async def _ask_and_change(self, what: str, intent: Intent) -> None:
        edit = await changes.ask_for(self.app, what, intent, self.pane.intents)
        if edit is not None:
            self.pane.apply(edit)

    def action_fix(self) -> None:
        """Make the one-key remedy of the finding at the cursor or on its line."""
        fix = self.findings.fix_at(self.pane.place)
        # The findings are of a moment ago: by now another intent may stand on the line.
        if fix is None or not self.pane.is_at(fix.tag, fix.pattern):
            self.notify(_("No finding on this line can be fixed automatically."), markup=False)
        elif self.pane.apply(changes.remedy(fix)):
            done = _("{fix}: done. {key} undoes it.")
            done = done.format(fix=shown(fix.title), key=key_of(self, "text.undo"))
            self.notify(done, markup=False)

    def action_add_intent(self) -> None:
        """Insert a new intent after the one the cursor is in."""
        if self._can_change():
            self.pane.add_intent()

    # ---- the file

    @property
    def has_unsaved_changes(self) -> bool:
        """Whether the document, or the form, differs from the file."""
        differs = self.pane.text != self._file.saved or self.pane.is_form_pending
        return differs and not self._file.problem

    def action_save(self) -> None:
        """Save; with errors, or over another program's change, only after asking."""
        self.pane.take_form()
        if self._file.problem:
            self.notify(self._file.problem, severity="error", markup=False)
        elif self._saving.is_safe(self.pane.text):
            self._saving.write(self.pane.text)
            self._draw_title()
        else:
            start_asking(self, self._save())

    async def _save(self) -> None:
        self._show(await self._saving.save(self.pane.text))

    def action_revert(self) -> None:
        """Go back to the text on disk; Ctrl+Z brings the changes back."""
        if self.has_unsaved_changes and self._file.saved is not None:
            start_asking(self, self._revert())

    async def _revert(self) -> None:
        self._show(await self._saving.revert())

    def action_outside(self) -> None:
        """Edit the file in the person's own editor."""
        start_asking(self, self._outside())

    async def _outside(self) -> None:
        command = self._session.settings.editor
        if await self.may_close() and edit_outside(self.app, self._file.path, command):
            self._show(self._saving.load())

    def _show(self, text: str | None) -> None:
        """Show the text on disk, if it is wanted; ours stays in the undo history."""
        if text is not None:
            self.pane.replace(text)
        self._check()

    def action_close(self) -> None:
        """Leave the list of intents, or else the editor."""
        if self.pane.list.has_focus:
            self.action_list()
        elif self.has_unsaved_changes:
            start_asking(self, self._close())
        else:
            self.dismiss()

    async def _close(self) -> None:
        if await self.may_close():
            self.dismiss()

    async def may_close(self) -> bool:
        """Return whether nothing can be lost, after asking where something could be."""
        self.pane.take_form()
        return not self.has_unsaved_changes or await self._saving.may_close(self.pane.text)

    def _follow_file(self, states: FileStates) -> None:
        """Notice a change by another program: load it, or ask where it would cost changes."""
        if states.intents == self._seen or self._file.problem or is_asking(self.app):
            return
        self._seen = states.intents
        on_disk = self._file.on_disk()
        if on_disk is None or on_disk == self._file.saved:
            return
        if not self.has_unsaved_changes or on_disk == self.pane.text:
            self._show(self._saving.load())
            self.notify(_("Loaded what another program saved."), markup=False)
        else:
            start_asking(self, self._choose(on_disk))

    async def _choose(self, on_disk: str) -> None:
        self._show(await self._saving.choose(on_disk))
