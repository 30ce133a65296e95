"""What can be done on the other screens."""

from __future__ import annotations

from functools import partial

from chatbot.tui.actions.action import Action

_Train = partial(Action, place="train", priority=False)
_Lab = partial(Action, place="lab", priority=False)
_Evaluate = partial(Action, place="evaluate", priority=False)
_Versions = partial(Action, place="versions", priority=False)
_Inbox = partial(Action, place="inbox", priority=False)
_Conversations = partial(Action, place="conversations", priority=False)
_Kept = partial(Action, place="conversations.list", priority=False)
_Tour = partial(Action, place="tour", priority=False)
_Settings = partial(Action, place="settings", priority=False)

LAB_PAGES = ("Circles", "Gradient", "Layers", "Chatter", "Training")
"""Titles of the pages of the lab, in its order."""

TRAIN = (
    _Train(
        "train.back",
        "escape",
        "Back",
        "To where you were; the training goes on",
        call="back",
    ),
    _Train(
        "train.cancel",
        "c",
        "Cancel",
        "Stop the training; nothing is written",
        call="cancel_training",
    ),
    _Train("train.retry", "r", "Retry", "Train again from the start", call="retry"),
    _Train("train.use", "t", "Use the new", "Let the new model answer", call="use"),
    _Train("train.keep", "k", "Keep the old", "The new one stays among the versions", call="keep"),
)

LAB = (
    _Lab("lab.back", "escape", "Back", "Leave the sentence, or else the lab", call="back"),
    _Lab(
        "lab.before",
        "left",
        "Page before",
        "Show the page before",
        call="turn(-1)",
        in_footer=False,
    ),
    _Lab("lab.next", "right", "Next page", "Show the next page", call="turn(1)"),
    _Lab(
        "lab.type",
        "slash,enter",
        "Your sentence",
        "Let every network read a sentence of yours",
        call="type",
        key_display="Enter",
    ),
    _Lab("lab.retrain", "r", "Train again", "Train the networks from the start", call="retrain"),
    *(
        _Lab(
            f"lab.{name}",
            key,
            title,
            "Scroll the page",
            call=call,
            in_footer=False,
            in_menu=False,
        )
        for name, key, title, call in (
            ("line_up", "up", "Up", "scroll(-1)"),
            ("line_down", "down", "Down", "scroll(1)"),
            ("page_up", "pageup", "Scroll up", "scroll_page(-1)"),
            ("page_down", "pagedown", "Scroll down", "scroll_page(1)"),
        )
    ),
    *(
        _Lab(
            f"lab.{title.lower()}",
            str(number + 1),
            title,
            "Show this page",
            call=f"page({number})",
            in_footer=False,
        )
        for number, title in enumerate(LAB_PAGES)
    ),
)

EVALUATE = (
    _Evaluate(
        "evaluate.back",
        "escape",
        "Back to the conversation",
        "The evaluation goes on",
        call="back",
        label="Back",
    ),
    _Evaluate("evaluate.cancel", "c", "Cancel", "Stop the evaluation", call="cancel"),
    _Evaluate("evaluate.sort", "s", "Sort", "Sort the intents by the next column", call="sort"),
    _Evaluate(
        "evaluate.again", "r", "Again", "Evaluate the file as it is now", call="start(False)"
    ),
    _Evaluate(
        "evaluate.test", "t", "Test file", "Test the model with the messages of a file", call="test"
    ),
    _Evaluate(
        "evaluate.curve", "l", "Learning curve", "Would more examples help?", call="start(True)"
    ),
)

VERSIONS = (
    _Versions("versions.back", "escape", "Back", "Back to the conversation", call="dismiss(None)"),
    _Versions(
        "versions.use",
        "enter",
        "Use this version",
        "Let the selected version answer, after asking",
        call="use",
        priority=True,
    ),
)

INBOX = (
    _Inbox("inbox.close", "escape", "Close", "Back to the conversation", call="dismiss(None)"),
    _Inbox(
        "inbox.teach",
        "enter",
        "Sort into an intent",
        "The marked messages, or the one at the cursor",
        call="teach",
        priority=True,
    ),
    _Inbox("inbox.group", "g", "Mark the group", "Mark all that are alike", call="group"),
    _Inbox("inbox.forget", "delete,d", "Forget", "Take them out of the inbox", call="forget"),
)

CONVERSATIONS = (
    _Conversations("conversations.back", "escape", "Back", "Back to where you were", call="back"),
    _Conversations(
        "conversations.to_list",
        "down",
        "To the list",
        "From the search to what it found",
        call="to_list",
        in_footer=False,
        in_menu=False,
    ),
    _Kept(
        "conversations.continue",
        "enter",
        "Continue",
        "Go on with this conversation",
        call="screen.continue",
    ),
    _Kept(
        "conversations.search",
        "slash",
        "Search",
        "Find words in all conversations",
        call="screen.search",
    ),
    _Kept("conversations.rename", "r", "Rename", "Give it a title", call="screen.rename"),
    _Kept(
        "conversations.delete",
        "delete,d",
        "Delete",
        "Delete it from this machine, once you have agreed",
        call="screen.delete",
    ),
    _Kept(
        "conversations.export",
        "e",
        "Export",
        "Write it to a file, as Markdown, JSON or HTML",
        call="screen.export",
    ),
)

TOUR = (
    _Tour(
        "tour.next",
        "right,pagedown,enter,space",
        "Next",
        "The next step",
        call="go(1)",
        key_display="→",
    ),
    _Tour("tour.before", "left,pageup", "Back", "The step before", call="go(-1)", key_display="←"),
    _Tour("tour.first", "home", "First", "The first step", call="go(-100)", in_footer=False),
    _Tour("tour.last", "end", "Last", "The last step", call="go(100)", in_footer=False),
    _Tour("tour.message", "m", "Your message", "Tell it with a message of yours", call="message"),
    _Tour(
        "tour.language",
        "l",
        "English / Tiếng Việt",
        "The language of the tour",
        call="language",
    ),
    _Tour("tour.leave", "escape", "Leave", "Back to the conversation", call="leave"),
)

SETTINGS = (
    _Settings("settings.back", "escape", "Back", "Back to where you were", call="back"),
    _Settings(
        "settings.search",
        "slash,ctrl+f",
        "Search",
        "Find a setting by a word of it",
        call="search",
        key_display="/",
    ),
    _Settings(
        "settings.reset",
        "delete,d",
        "Default",
        "Put the selected setting back to its default",
        call="reset",
    ),
    _Settings(
        "settings.file",
        "ctrl+e",
        "Open the file",
        "Edit the settings file in your own editor",
        call="outside",
    ),
)
