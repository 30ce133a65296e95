"""What can be done in the conversation, and in the panel beside it."""

from __future__ import annotations

from functools import partial

from chatbot.common import N_
from chatbot.tui.actions.action import Action

_Chat = partial(Action, place="chat", in_footer=False, priority=False)
_Prompt = partial(Action, place="prompt", priority=False)
_Find = partial(Action, place="find")
_Panel = partial(Action, place="panel", in_footer=False, priority=False)

PANEL_VIEWS = (
    ("state", N_("Hidden state")),
    ("memory", N_("Memory")),
    ("gates", N_("Gates")),
    ("compare", N_("Compare")),
    ("unit", N_("Unit")),
)
"""Name and title of each view of the panel, in its order."""

CHAT = (
    _Prompt("prompt.send", "enter", N_("Send"), N_("Send the message"), call="send"),
    _Prompt(
        "prompt.newline",
        "ctrl+j,alt+enter,shift+enter",
        N_("New line"),
        N_("Begin another line in the prompt"),
        call="newline",
        in_footer=False,
    ),
    _Chat(
        "chat.earlier",
        "ctrl+up,alt+up",
        N_("Earlier message"),
        N_("Select the message before for the panel"),
        call="select(-1)",
        priority=True,
    ),
    _Chat(
        "chat.later",
        "ctrl+down,alt+down",
        N_("Later message"),
        N_("Select the message after for the panel"),
        call="select(1)",
        priority=True,
    ),
    _Chat("chat.up", "pageup", N_("Scroll up"), N_("Scroll the conversation up"), call="page(-1)"),
    _Chat(
        "chat.down",
        "pagedown",
        N_("Scroll down"),
        N_("Scroll the conversation down"),
        call="page(1)",
    ),
    _Chat(
        "chat.explain_panel",
        "shift+f11",
        N_("Explain panel"),
        N_("What the words in this view of the panel mean"),
        call="app.explain_panel",
        letter="Q",
        priority=True,
    ),
    _Chat(
        "chat.prompt",
        "escape",
        N_("Back to the prompt"),
        N_("Leave the panel, and put it back to its size"),
        call="to_prompt",
    ),
)

FIND = (
    _Find("find.next", "enter,down", N_("Next"), N_("Go to the next hit"), call="move(1)"),
    _Find(
        "find.previous",
        "up,shift+enter",
        N_("Previous"),
        N_("Go to the hit before"),
        call="move(-1)",
    ),
    _Find("find.close", "escape", N_("Close"), N_("Close the find bar"), call="close"),
)

PANEL = (
    _Panel(
        "panel.play",
        "space",
        N_("Play the words"),
        N_("Let the words come one by one"),
        call="play",
    ),
    _Panel(
        "panel.switch",
        "x",
        N_("Switch the word off or on"),
        N_("What would be without this word?"),
        call="switch_word",
    ),
    _Panel("panel.all", "a", N_("All words on"), N_("Switch all words on again"), call="all_words"),
    _Panel(
        "panel.state.before",
        "shift+left",
        N_("Unit before"),
        N_("From unit to unit"),
        place="panel.state",
        call="unit(-1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.after",
        "shift+right",
        N_("Unit after"),
        N_("From unit to unit"),
        place="panel.state",
        call="unit(1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.above",
        "shift+up",
        N_("Line of units before"),
        N_("From unit to unit"),
        place="panel.state",
        call="line(-1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.below",
        "shift+down",
        N_("Line of units after"),
        N_("From unit to unit"),
        place="panel.state",
        call="line(1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.sort",
        "o",
        N_("Order of the units"),
        N_("As they are, or the most decisive first"),
        place="panel.state",
        call="sort",
    ),
    _Panel(
        "panel.state.tile",
        "t",
        N_("All units, or one row"),
        N_("All units, or a row of the most decisive"),
        place="panel.state",
        call="tile",
    ),
    _Panel(
        "panel.state.inspect",
        "enter",
        N_("What drives this unit"),
        N_("The words, patterns and intents of the unit at the cursor"),
        place="panel.state",
        call="inspect",
    ),
    _Panel(
        "panel.memory.why_not",
        "n",
        N_("Why not another intent?"),
        N_("Set the shares of the words against another intent"),
        call="of_view('memory', 'why_not')",
    ),
    _Panel(
        "panel.compare.backwards",
        "b",
        N_("The message backwards"),
        N_("The pinned message, or the one on show, read backwards"),
        place="panel.compare",
        call="backwards",
    ),
    _Panel(
        "panel.unit.direction",
        "i",
        N_("What drives an intent"),
        N_("The words and patterns that speak for an intent"),
        call="of_view('unit', 'direction')",
    ),
    _Panel(
        "panel.unit.before",
        "left",
        N_("The unit before"),
        N_("From unit to unit"),
        place="panel.unit",
        call="other(-1)",
        in_menu=False,
    ),
    _Panel(
        "panel.unit.after",
        "right",
        N_("The unit after"),
        N_("From unit to unit"),
        place="panel.unit",
        call="other(1)",
        in_menu=False,
    ),
    _Panel(
        "panel.unit.again",
        "u",
        N_("The unit again"),
        N_("From an intent back to the unit"),
        place="panel.unit",
        call="unit",
    ),
    *(
        _Panel(f"panel.{name}", str(number), title, N_("Show this view"), call=f"view('{name}')")
        for number, (name, title) in enumerate(PANEL_VIEWS, start=1)
    ),
    *(
        _Panel(
            f"panel.{name}",
            key,
            title,
            N_("Move the cursor of the panel"),
            place="panel.view",
            call=f"move({by})",
            in_menu=False,
        )
        for name, key, title, by in (
            ("before", "left,up", N_("Word before"), -1),
            ("after", "right,down", N_("Word after"), 1),
            ("first", "home", N_("First word"), -1_000_000),
            ("last", "end", N_("Last word"), 1_000_000),
            ("page_up", "pageup", N_("Five words back"), -5),
            ("page_down", "pagedown", N_("Five words on"), 5),
        )
    ),
)
