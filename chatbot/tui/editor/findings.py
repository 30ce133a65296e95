"""The findings under the editor: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import on
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from chatbot.common import _
from chatbot.intents import Finding, Fix, Position, Severity
from chatbot.tui.fields import Choices
from chatbot.tui.session import key_of
from chatbot.tui.text import shown


class Findings(Choices):
    """Lists findings by position; choosing one leads to its place."""

    @dataclass
    class Chosen(Message):
        """A finding was chosen."""

        position: Position

    findings: tuple[Finding, ...] = ()
    _key = ""
    """That of the remedy, as it is named in them."""

    @property
    def has_errors(self) -> bool:
        """Whether one of them makes the file unusable."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def show(self, findings: Sequence[Finding], otherwise: str) -> None:
        """List findings, or say `otherwise` where there are none."""
        key = key_of(self, "edit.fix")
        if findings and (tuple(findings), key) == (self.findings, self._key):
            return  # keeps its place
        self.findings, self._key = tuple(findings), key
        self.clear_options()
        if not findings:
            self.add_option(Option(Text(otherwise), disabled=True))
        for finding in findings:
            line, column = finding.position
            place = _("line {line}, column {column}").format(line=line, column=column)
            said = f"{finding.severity.word}: {finding.message}. {finding.remedy}"
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
        self.post_message(self.Chosen(self.findings[event.option_index].position))
