"""Help: how to read the panel, and every key."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.content import Content

from chatbot.tui.actions import ACTIONS
from chatbot.tui.dialogs import PageScreen

PANEL = """\
The network reads a message one word at a time. Each word, together with the hidden state so far, \
goes into the cell, which makes the next hidden state; the last one goes into a feed-forward layer \
that names the intent.

In the panel every word has a line and a tile. The line says what the bot would answer if you \
stopped there (with ? where it would give the fallback reply), and how much the word changed the \
state: 0 is nothing, 2 the most there can be. The tile is the state itself: one pixel per unit, \
blue below zero, amber above, always on the same scale from −1 to 1, finer near zero. ∅ marks a \
word that it has never seen.

F7 shows the other views. Memory: how much of the last state each word accounts for (its \
Shapley share: what it adds, averaged over all orders in which the words could have joined), and \
how far it speaks for or against the answer. Shares sum to 100 %, the other figures to the \
answer's logit less the mean of all intents' logits. Gates: what the cell keeps of the old state, \
writes, looks back at, and what of it is left at the end. Compare: a pinned message beside the \
next, or a message beside itself read backwards. Unit: what drives one unit, or an intent."""

PANEL_KEYS = (
    ("arrows, Home, End", "from word to word; Escape goes back to the prompt"),
    ("1 2 3 4 5", "state, memory, gates, compare, unit"),
    ("Space", "plays the words one by one"),
    ("X, A", "switch the word off or on; all words on"),
    ("N", "why not another intent?"),
    ("Shift+arrows", "from unit to unit"),
    ("O, T", "order of the units; all of them, or a row of the most decisive"),
    ("Enter, I", "what drives this unit; what drives an intent"),
    ("B", "the pinned message, or the one on show, backwards"),
)

KEYS = (
    ("Enter", "send the message"),
    ("Ctrl+J", "new line"),
    ("Up, Down", "earlier messages; your draft is kept"),
    ("Ctrl+Up, Ctrl+Down", "select a message for the panel (or click it)"),
    ("Page Up, Page Down", "scroll the conversation"),
    ("Enter, Up (Ctrl+F)", "next and previous hit; Escape closes"),
    ("Ctrl+P", "command palette"),
)


class HelpScreen(PageScreen):
    """One page of help."""

    BINDINGS = [Binding("f1", "dismiss(None)", "Close", show=False)]

    def __init__(self) -> None:
        keys = [(a.written_key or f"F10, {a.title}", a.help) for a in ACTIONS]
        page = [Content(PANEL), Content(""), *_rows((*KEYS, *keys))]
        page += [Content(""), Content("In the panel, after F8:"), *_rows(PANEL_KEYS)]
        super().__init__("Help", Content("\n").join(page))


def _rows(keys: Sequence[tuple[str, str]]) -> list[Content]:
    return [Content.assemble((f"{key:<22}", "bold"), Content(what)) for key, what in keys]
