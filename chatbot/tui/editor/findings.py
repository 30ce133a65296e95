"""The findings under the editor: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from chatbot.common import N_, _
from chatbot.intents import Finding, Fix, Position, Report, Severity, parted
from chatbot.tui.actions import bindings
from chatbot.tui.fields import Choices, is_still_there
from chatbot.tui.session import key_of
from chatbot.tui.text import shown


class Findings(Choices):
    """Lists findings by position; choosing one leads to its place."""

    @dataclass
    class Chosen(Message):
        """A finding was chosen."""

        position: Position

    PLACE = "edit.findings"
    BINDINGS = bindings(PLACE)
    FILTERS = (N_("all"), N_("of this intent"), N_("errors only"))

    findings: tuple[Finding, ...] = ()
    """That are listed."""
    shows_silenced = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, chooses=N_("Go to it"))
        self._of_file: tuple[Finding, ...] = ()
        """What the latest check of the file itself found."""
        self._health: tuple[Finding, ...] = ()
        """What the latest health check found, shown until the next one has finished."""
        self._quiet: tuple[str, ...] = ()
        """Findings that the file says nobody wants to see."""
        self._all: tuple[Finding, ...] = ()
        self._silenced: tuple[Finding, ...] = ()
        self._otherwise = ""
        """What is said where there are none."""
        self._filter = self.FILTERS[0]
        self._tag: str | None = None
        """Of the intent at the cursor of the document."""

    _key = ""
    """That of the remedy, as it is named in them."""

    @property
    def selected(self) -> Finding | None:
        """The finding at the cursor of the list."""
        at = self.highlighted
        return self.findings[at] if at is not None and at < len(self.findings) else None

    def is_silenced(self, finding: Finding) -> bool:
        """Return whether somebody does not want to see a finding."""
        return finding in self._silenced

    @property
    def tags(self) -> set[str]:
        """Those of the intents in which somebody should look."""
        return {finding.tag for finding in self._all if finding.tag}

    def say(self, problem: str) -> None:
        """Say why there is nothing to check."""
        self._all = self._silenced = ()
        self._otherwise = problem
        self._list()

    def show_checked(self, report: Report, otherwise: str) -> None:
        """List what the check of the file found, or say `otherwise` where there is nothing."""
        self._of_file, self._otherwise = report.findings, otherwise
        self._quiet = () if report.intents is None else report.intents.silenced
        self._part(self._health if report.intents is not None else ())

    def show_health(self, findings: Sequence[Finding]) -> None:
        """List what the health check found, beside what the check of the file did."""
        self._health = tuple(findings)
        self._part(self._health)

    def _part(self, health: Sequence[Finding]) -> None:
        self._all, self._silenced = parted([*self._of_file, *health], self._quiet)
        self._list()

    def next_filter(self) -> None:
        """List others of the findings."""
        at = self.FILTERS.index(self._filter)
        self._filter = self.FILTERS[(at + 1) % len(self.FILTERS)]
        self._list()

    def toggle_silenced(self) -> None:
        """List the silenced ones too, or not."""
        self.shows_silenced = not self.shows_silenced
        self._list()

    def follow(self, tag: str | None) -> None:
        """Know which intent the cursor of the document is in."""
        if tag != self._tag:
            self._tag = tag
            if self._filter == "of this intent":
                self._list()

    def _wanted(self, finding: Finding) -> bool:
        if self._filter == "errors only":
            return finding.severity is Severity.ERROR
        return self._filter == "all" or finding.tag == self._tag

    def _list(self) -> None:
        silenced = self._silenced if self.shows_silenced else ()
        found = sorted([*self._all, *silenced], key=lambda finding: finding.position)
        findings = tuple(filter(self._wanted, found))
        notes = (
            []
            if self._filter == "all"
            else [
                _("{which}: {count} of {all}").format(
                    which=_(self._filter), count=len(findings), all=len(found)
                )
            ]
        )
        if self._silenced:
            notes.append(_("{count} silenced").format(count=len(self._silenced)))
        self.border_title = " · ".join(notes)
        key = key_of(self, "edit.fix")
        if findings and (findings, key) == (self.findings, self._key):
            return  # keeps its place
        self.findings, self._key = findings, key
        self.clear_options()
        if not findings:
            self.add_option(Option(Text("" if found else self._otherwise), disabled=True))
        for finding in findings:
            line, column = finding.position
            place = _("line {line}, column {column}").format(line=line, column=column)
            sign = _("silenced") if finding in self._silenced else finding.severity.word
            said = f"{sign}: {finding.message}. {finding.remedy}"
            style = "bold" if finding.severity is Severity.ERROR else ""
            way = "" if finding.fix is None else f". {key}: {shown(finding.fix.title)}"
            self.add_option(Option(Text(f"{place}: {said}{way}", style=style)))

    def point_at(self, position: Position) -> None:
        """Show the finding at a position."""
        places = [finding.position for finding in self.findings]
        if position in places:
            self.highlighted = places.index(position)

    def fix_at(self, place: tuple[int, int]) -> Fix | None:
        """Return the one-key remedy of the finding at a place, else of the first on its line."""
        fixable = [f for f in self.findings if f.fix is not None and f.position.line == place[0]]
        at_place = [finding for finding in fixable if finding.position == place]
        return next((finding.fix for finding in (*at_place, *fixable)), None)

    def after(self, place: tuple[int, int]) -> Position | None:
        """Return where the first finding after a place is; after the last comes the first again."""
        if not self.findings:
            return None
        behind = [finding for finding in self.findings if finding.position > place]
        return (behind or self.findings)[0].position

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if is_still_there(event):
            self.post_message(self.Chosen(self.findings[event.option_index].position))
