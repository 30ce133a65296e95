"""What can be done in the conversation, and in the panel beside it."""

from __future__ import annotations

from functools import partial

from chatbot.tui.actions.action import Action

_Chat = partial(Action, place="chat", in_footer=False, priority=False)
_Prompt = partial(Action, place="prompt", priority=False)
_Find = partial(Action, place="find")
_Panel = partial(Action, place="panel", in_footer=False, priority=False)

PANEL_VIEWS = (
    ("state", "Hidden state"),
    ("memory", "Memory"),
    ("gates", "Gates"),
    ("compare", "Compare"),
    ("unit", "Unit"),
)
"""Name and title of each view of the panel, in its order."""

CHAT = (
    _Prompt("prompt.send", "enter", "Send", "Send the message", call="send"),
    _Prompt(
        "prompt.newline",
        "ctrl+j,alt+enter,shift+enter",
        "New line",
        "Begin another line in the prompt",
        call="newline",
        in_footer=False,
    ),
    _Chat(
        "chat.earlier",
        "ctrl+up,alt+up",
        "Earlier message",
        "Select the message before for the panel",
        call="select(-1)",
        priority=True,
    ),
    _Chat(
        "chat.later",
        "ctrl+down,alt+down",
        "Later message",
        "Select the message after for the panel",
        call="select(1)",
        priority=True,
    ),
    _Chat("chat.up", "pageup", "Scroll up", "Scroll the conversation up", call="page(-1)"),
    _Chat("chat.down", "pagedown", "Scroll down", "Scroll the conversation down", call="page(1)"),
    _Chat(
        "chat.explain_panel",
        "shift+f11",
        "Explain panel",
        "What the words in this view of the panel mean",
        call="app.explain_panel",
        letter="Q",
        priority=True,
    ),
    _Chat(
        "chat.prompt",
        "escape",
        "Back to the prompt",
        "Leave the panel, and put it back to its size",
        call="to_prompt",
    ),
    *(
        _Chat(f"chat.{name}", key, title, help, call=f"app.message('{name}')", priority=True)
        for name, key, title, help in (
            ("message_menu", "alt+m", "Message menu", "What can be done with the selected message"),
            ("copy_message", "alt+c", "Copy message", "Copy the selected message"),
            ("copy_reply", "alt+r", "Copy reply", "Copy the reply to the selected message"),
            ("ask_again", "alt+a", "Ask again", "Put the selected message into the prompt"),
            ("inspect", "alt+i", "Inspect", "Show the selected message in the panel"),
            ("compare", "alt+b", "Compare", "The selected message beside another, in the panel"),
            ("out_of_scope", "alt+o", "Out of scope", "The bot should not have answered this"),
            ("must_hold", "alt+t", "Must always hold", "Keep this answer as a test of the file"),
        )
    ),
)

MESSAGE_MENU = (
    ("c", "chat.copy_message"),
    ("r", "chat.copy_reply"),
    ("a", "chat.ask_again"),
    ("w", "correct"),
    ("o", "chat.out_of_scope"),
    ("t", "chat.must_hold"),
    ("i", "chat.inspect"),
    ("b", "chat.compare"),
    ("k", "pin"),
)
"""Letters and names of what the menu of a message offers."""

FIND = (
    _Find("find.next", "enter,down", "Next", "Go to the next hit", call="move(1)"),
    _Find("find.previous", "up,shift+enter", "Previous", "Go to the hit before", call="move(-1)"),
    _Find("find.close", "escape", "Close", "Close the find bar", call="close"),
)

PANEL = (
    _Panel("panel.play", "space", "Play the words", "Let the words come one by one", call="play"),
    _Panel(
        "panel.switch",
        "x",
        "Switch the word off or on",
        "What would be without this word?",
        call="switch_word",
    ),
    _Panel("panel.all", "a", "All words on", "Switch all words on again", call="all_words"),
    _Panel(
        "panel.state.before",
        "shift+left",
        "Unit before",
        "From unit to unit",
        place="panel.state",
        call="unit(-1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.after",
        "shift+right",
        "Unit after",
        "From unit to unit",
        place="panel.state",
        call="unit(1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.above",
        "shift+up",
        "Line of units before",
        "From unit to unit",
        place="panel.state",
        call="line(-1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.below",
        "shift+down",
        "Line of units after",
        "From unit to unit",
        place="panel.state",
        call="line(1)",
        in_menu=False,
    ),
    _Panel(
        "panel.state.sort",
        "o",
        "Order of the units",
        "As they are, or the most decisive first",
        place="panel.state",
        call="sort",
    ),
    _Panel(
        "panel.state.tile",
        "t",
        "All units, or one row",
        "All units, or a row of the most decisive",
        place="panel.state",
        call="tile",
    ),
    _Panel(
        "panel.state.inspect",
        "enter",
        "What drives this unit",
        "The words, patterns and intents of the unit at the cursor",
        place="panel.state",
        call="inspect",
    ),
    _Panel(
        "panel.memory.why_not",
        "n",
        "Why not another intent?",
        "Set the shares of the words against another intent",
        call="of_view('memory', 'why_not')",
    ),
    _Panel(
        "panel.compare.backwards",
        "b",
        "The message backwards",
        "The pinned message, or the one on show, read backwards",
        place="panel.compare",
        call="backwards",
    ),
    _Panel(
        "panel.unit.direction",
        "i",
        "What drives an intent",
        "The words and patterns that speak for an intent",
        call="of_view('unit', 'direction')",
    ),
    _Panel(
        "panel.unit.before",
        "left",
        "The unit before",
        "From unit to unit",
        place="panel.unit",
        call="other(-1)",
        in_menu=False,
    ),
    _Panel(
        "panel.unit.after",
        "right",
        "The unit after",
        "From unit to unit",
        place="panel.unit",
        call="other(1)",
        in_menu=False,
    ),
    _Panel(
        "panel.unit.again",
        "u",
        "The unit again",
        "From an intent back to the unit",
        place="panel.unit",
        call="unit",
    ),
    *(
        _Panel(f"panel.{name}", str(number), title, "Show this view", call=f"view('{name}')")
        for number, (name, title) in enumerate(PANEL_VIEWS, start=1)
    ),
    *(
        _Panel(
            f"panel.{name}",
            key,
            title,
            "Move the cursor of the panel",
            place="panel.view",
            call=f"move({by})",
            in_menu=False,
        )
        for name, key, title, by in (
            ("before", "left,up", "Word before", -1),
            ("after", "right,down", "Word after", 1),
            ("first", "home", "First word", -1_000_000),
            ("last", "end", "Last word", 1_000_000),
            ("page_up", "pageup", "Five words back", -5),
            ("page_down", "pagedown", "Five words on", 5),
        )
    ),
)
