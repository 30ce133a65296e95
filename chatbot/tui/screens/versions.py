"""The versions screen: every training that is kept, how its answers differ, and using it.

What reads and compares versions is imported by the threads: the start-up of the screen does not
wait for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import DataTable, Static

from chatbot.common import N_, ChatbotError, Locations, _, percent
from chatbot.tui.actions import bindings
from chatbot.tui.closing import ClosingScreen
from chatbot.tui.dialogs import ask, start_asking
from chatbot.tui.fields import Page, Table
from chatbot.tui.session import key_of
from chatbot.tui.text import shown_path
from chatbot.tui.widgets import KeyFooter

if TYPE_CHECKING:
    from chatbot.versions import Version

COLUMNS = (
    N_("Version"),
    N_("Trained"),
    N_("Learned"),
    N_("Intents"),
    N_("Patterns"),
    N_("Held-out"),
    "",
)
BUSY = N_("Asking both models …")


class VersionsScreen(ClosingScreen[None]):
    """Lists the versions; the app uses the one that is chosen."""

    CSS_PATH = "versions.tcss"
    PLACE = "versions"
    BINDINGS = bindings(PLACE)

    @dataclass
    class UseRequested(Message):
        """A version is to answer."""

        number: int
        with_intents: bool

    @dataclass
    class Listed(Message):
        """The versions were read."""

        versions: tuple[Version, ...]

    @dataclass
    class Compared(Message):
        """A version was compared with the one that answers."""

        number: int
        lines: tuple[str, ...]

    def __init__(self, locations: Locations) -> None:
        super().__init__()
        self._locations = locations
        self._versions: tuple[Version, ...] = ()
        self._known: dict[int, tuple[str, ...]] = {}
        """Comparisons made so far."""

    def compose(self) -> ComposeResult:
        """The list above, the comparison below."""
        yield Static(
            Content.assemble(
                (_("Versions"), "bold"),
                (
                    _("  of {model}").format(model=shown_path(self._locations.model)),
                    "$foreground-muted not bold",
                ),
            ),
            id="title",
        )
        table: Table[str] = Table(cursor_type="row", zebra_stripes=True)
        table.add_columns(*map(_, COLUMNS))
        yield table
        with Page(id="details", can_focus=True):
            yield Static(id="comparison", markup=False)
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read the versions."""
        self.read()

    @work(thread=True, exclusive=True, group="versions", exit_on_error=False)
    def read(self) -> None:
        """Read the list again, off the interface."""
        from chatbot.versions import kept

        self.post_message(self.Listed(kept.listed(self._locations.model)))

    @on(Listed)
    def _show(self, event: Listed) -> None:
        from chatbot.versions import when

        table = self.query_one(DataTable)
        place = table.cursor_row
        self._versions, self._known = event.versions, {}
        table.clear()
        for version in event.versions:
            metrics = version.card.metrics
            accuracy, asked = metrics.held_out_accuracy, metrics.held_out_patterns
            table.add_row(
                str(version.number),
                when(version.card.trained_at),
                _("edit") if version.card.warm_retrains else _("in full"),
                f"{len(version.card.intents):7}",
                f"{metrics.patterns:8}",
                "–" if accuracy is None else f"{percent(accuracy)} of {asked}",
                _("answers now") if version.answers else "",
            )
        table.display = bool(event.versions)
        if event.versions:
            table.move_cursor(row=min(place, len(event.versions) - 1))
            table.focus()
            self._compare_selected()
        else:
            text = _("No version yet: {key} trains one, and from then on every training is kept.")
            self._write([text.format(key=key_of(self, "retrain"))])

    @property
    def _selected(self) -> Version | None:
        row = self.query_one(DataTable).cursor_row
        return self._versions[row] if 0 <= row < len(self._versions) else None

    @on(DataTable.RowHighlighted)
    def _compare_selected(self) -> None:
        version = self._selected
        present = next((v for v in self._versions if v.answers), None)
        if version is None:
            return
        if version.answers or present is None:
            self._write([_("This version answers now.")] if version.answers else [])
        elif version.number in self._known:
            self._write(self._known[version.number])
        else:
            self._write([_(BUSY)])
            self._compare(present, version)

    @work(thread=True, exclusive=True, group="compare", exit_on_error=False)
    def _compare(self, present: Version, version: Version) -> None:
        from chatbot.common import paths
        from chatbot.conversation import history
        from chatbot.versions import compare_versions, comparison_lines

        intents = self._locations.intents
        try:
            typed = history.load(paths.history_file(intents))
            lines = [
                _("With version {number} instead of {present}:").format(
                    number=version.number, present=present.number
                ),
                *comparison_lines(*compare_versions(present, version, intents, typed)),
            ]
        except ChatbotError as error:
            lines = [str(error)]
        self.post_message(self.Compared(version.number, tuple(lines)))

    @on(Compared)
    def _show_comparison(self, event: Compared) -> None:
        self._known[event.number] = event.lines
        version = self._selected
        if version is not None and version.number == event.number:
            self._write(event.lines)

    def _write(self, lines: Sequence[str]) -> None:
        """Show lines below the table, after how good the selected version is."""
        version = self._selected
        if version is not None:
            from chatbot.versions import report

            lines = [f"{report.held_out(version.card.metrics)}.", *lines]
        self.query_one("#comparison", Static).update(Content("\n".join(lines)))

    def action_use(self) -> None:
        """Use the selected version, after asking."""
        version = self._selected
        if version is not None and not version.answers:
            start_asking(self, self._use(version))

    async def _use(self, version: Version) -> None:
        """Ask whether the intents file comes along, then ask the app to use the version."""
        if version.intents_path.exists():
            answer = await ask(
                self.app,
                _(
                    "Use version {number}, with the intents file that made it? The file as it is "
                    "now is kept too."
                ).format(number=version.number),
                ("both", _("Both")),
                ("model", _("Model only")),
                ("stay", _("Stay")),
            )
        else:
            answer = await ask(
                self.app,
                _("Use version {number}? Its intents file is not known: yours stays.").format(
                    number=version.number
                ),
                ("model", _("Use it")),
                ("stay", _("Stay")),
            )
        if answer in ("both", "model"):
            self.post_message(self.UseRequested(version.number, answer == "both"))
