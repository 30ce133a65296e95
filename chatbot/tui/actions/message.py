"""What can be done with a message of the conversation, and the menu of a message."""

from __future__ import annotations

from functools import partial

from chatbot.common import N_
from chatbot.tui.actions.action import Action

_Message = partial(Action, place="chat", in_footer=False)

MESSAGE = tuple(
    _Message(
        f"chat.{name}",
        key,
        *texts,
        call=f"app.message('{name}')",
        letter=letter,
        priority=True,
    )
    for name, key, letter, texts in (
        (
            "message_menu",
            "alt+m",
            "6",
            (N_("Message menu"), N_("What can be done with the selected message")),
        ),
        (
            "copy_message",
            "alt+c",
            "7",
            (N_("Copy message"), N_("Copy the selected message")),
        ),
        (
            "copy_reply",
            "alt+r",
            "8",
            (N_("Copy reply"), N_("Copy the reply to the selected message")),
        ),
        (
            "ask_again",
            "alt+a",
            "9",
            (N_("Ask again"), N_("Put the selected message into the prompt")),
        ),
        (
            "inspect",
            "alt+i",
            "0",
            (N_("Inspect"), N_("Show the selected message in the panel")),
        ),
        (
            "compare",
            "alt+b",
            "V",
            (N_("Compare message"), N_("The selected message beside another, in the panel")),
        ),
        (
            "out_of_scope",
            "alt+o",
            "Z",
            (N_("Out of scope"), N_("The bot should not have answered this")),
        ),
        (
            "remember",
            "alt+n",
            "U",
            (N_("Remember"), N_("What you said before the choice is one more way to say it")),
        ),
        (
            "must_hold",
            "alt+t",
            "K",
            (N_("Must always hold"), N_("Keep this answer as a test of the file")),
        ),
    )
)

CONTEXT = (
    _Message(
        "chat.forget_context",
        "alt+x",
        N_("Forget context"),
        N_("End what is active in the conversation, and what is offered"),
        call="app.forget_context",
        letter="J",
        priority=True,
    ),
)

MESSAGE_MENU = (
    ("c", "chat.copy_message"),
    ("r", "chat.copy_reply"),
    ("a", "chat.ask_again"),
    ("w", "correct"),
    ("o", "chat.out_of_scope"),
    ("t", "chat.must_hold"),
    ("n", "chat.remember"),
    ("i", "chat.inspect"),
    ("b", "chat.compare"),
    ("k", "pin"),
)
"""Letters and names of what the menu of a message offers."""
