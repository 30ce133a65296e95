"""A page that says what the words in a view of the panel mean, beginning with what is on show."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content

from chatbot.common import _
from chatbot.tui.dialogs import PageScreen
from chatbot.tui.panel import TERMS, PanelView
from chatbot.tui.text import shown


class TermsScreen(PageScreen):
    """The terms of one view."""

    BINDINGS = [Binding("shift+f11", "dismiss(None)", "Close", show=False)]

    def __init__(self, view: PanelView) -> None:
        parts = []
        if at_cursor := view.describe():
            parts += [Content.styled(shown(at_cursor), "$text-primary"), Content("")]
        for term in TERMS[view.NAME]:
            parts.append(Content.assemble((_(term.name), "bold"), f": {_(term.meaning)}"))
        parts += [
            Content(""),
            Content(_("F7 shows the next view, F8 and the arrows go through it.")),
        ]
        super().__init__(
            _("What the panel says · {view}").format(view=_(view.TITLE)), Content("\n").join(parts)
        )
