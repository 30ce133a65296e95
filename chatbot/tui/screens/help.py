"""Help: how to read the panel, and every key."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content

from chatbot.tui.actions import ACTIONS
from chatbot.tui.screens.page import PageScreen

PANEL = """\
The network reads a message one word at a time. Each word, together with the hidden state so far, \
goes into the cell, which makes the next hidden state; the last one goes into a feed-forward layer \
that names the intent.

In the panel every word has a line and a tile. The line says what the bot would answer if you \
stopped there (with ? where it would rather ask again), and how much the word changed the state: 0 \
is nothing, 2 the most there can be. The tile is the state itself: a unit a pixel, blue below \
zero, amber above, always on the same scale from −1 to 1, finer near zero. ∅ marks a word that it \
has never met.

F7 shows the memory instead: how much of the last state every word is the cause of (its Shapley \
share: what it adds, averaged over all orders in which the words could have joined), and how much \
it speaks for or against the answer. Shares sum to 100 %, the other figures to the answer's logit \
less the mean of all intents' logits."""

KEYS = (
    ("Enter", "send the message"),
    ("Ctrl+J", "new line"),
    ("Up, Down", "earlier messages; your draft is kept"),
    ("Ctrl+Up, Ctrl+Down", "select a message for the panel (or click it)"),
    ("Page Up, Page Down", "scroll the conversation"),
    ("F8, then the arrows", "step through words and units; Escape goes back"),
    ("Ctrl+P", "command palette"),
)


class HelpScreen(PageScreen):
    """One page of help."""

    BINDINGS = [Binding("f1", "dismiss(None)", "Close", show=False)]

    def __init__(self) -> None:
        keys = [(action.written_key, action.help) for action in ACTIONS]
        rows = [
            Content.assemble((f"{key:<22}", "bold"), Content(what)) for key, what in (*KEYS, *keys)
        ]
        super().__init__("Help", Content("\n").join([Content(PANEL), Content(""), *rows]))
