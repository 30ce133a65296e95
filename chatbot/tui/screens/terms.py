"""A page that says what the words in a view of the panel mean, beginning with what is on show."""

from __future__ import annotations

from textual.content import Content

from chatbot.tui.actions import keys_for
from chatbot.tui.dialogs import PageScreen
from chatbot.tui.panel import TERMS, PanelView
from chatbot.tui.session import keys_of
from chatbot.tui.text import shown


class TermsScreen(PageScreen):
    """The terms of one view."""

    BINDINGS = keys_for({"chat.explain_panel": "dismiss(None)"})

    def __init__(self, view: PanelView) -> None:
        parts = []
        if at_cursor := view.describe():
            parts += [Content.styled(shown(at_cursor), "$text-primary"), Content("")]
        for term in TERMS[view.NAME]:
            parts.append(Content.assemble((term.name, "bold"), f": {term.meaning}"))
        keys = keys_of(view)
        text = (
            f"{keys.written('next_view')} shows the next view. {keys.written('focus_panel')} goes "
            f"to the panel, {keys.signs('panel.before', 'panel.after')} from word to word there."
        )
        parts += [Content(""), Content(text)]
        super().__init__(f"What the panel says · {view.TITLE}", Content("\n").join(parts))
