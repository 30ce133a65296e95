"""A page that says what the words in a view of the panel mean, beginning with what is on show."""

from __future__ import annotations

from textual.content import Content

from chatbot.common import _
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
            parts.append(Content.assemble((_(term.name), "bold"), f": {_(term.meaning)}"))
        keys = keys_of(view)
        text = _(
            "{next} shows the next view. {panel} goes to the panel, {arrows} from word to word "
            "there."
        ).format(
            next=keys.written("next_view"),
            panel=keys.written("focus_panel"),
            arrows=keys.signs("panel.before", "panel.after"),
        )
        parts += [Content(""), Content(text)]
        super().__init__(
            _("What the panel says · {view}").format(view=_(view.TITLE)), Content("\n").join(parts)
        )
