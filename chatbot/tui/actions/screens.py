"""What can be done on the other screens."""

from __future__ import annotations

from functools import partial

from chatbot.common import N_
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

LAB_PAGES = (N_("Circles"), N_("Gradient"), N_("Layers"), N_("Chatter"), N_("Training"))
"""Titles of the pages of the lab, in its order."""

TRAIN = (
    _Train(
        "train.back",
        "escape",
        N_("Back"),
        N_("To where you were; the training goes on"),
        call="back",
    ),
    _Train(
        "train.cancel",
        "c",
        N_("Cancel"),
        N_("Stop the training; nothing is written"),
        call="cancel_training",
    ),
    _Train("train.retry", "r", N_("Retry"), N_("Train again from the start"), call="retry"),
    _Train("train.use", "t", N_("Use the new"), N_("Let the new model answer"), call="use"),
    _Train(
        "train.keep",
        "k",
        N_("Keep the old"),
        N_("The new one stays among the versions"),
        call="keep",
    ),
)

LAB = (
    _Lab("lab.back", "escape", N_("Back"), N_("Leave the sentence, or else the lab"), call="back"),
    _Lab(
        "lab.before",
        "left",
        N_("Page before"),
        N_("Show the page before"),
        call="turn(-1)",
        in_footer=False,
    ),
    _Lab("lab.next", "right", N_("Next page"), N_("Show the next page"), call="turn(1)"),
    _Lab(
        "lab.type",
        "slash,enter",
        N_("Your sentence"),
        N_("Let every network read a sentence of yours"),
        call="type",
        key_display="Enter",
    ),
    _Lab(
        "lab.retrain",
        "r",
        N_("Train again"),
        N_("Train the networks from the start"),
        call="retrain",
    ),
    *(
        _Lab(
            f"lab.{name}",
            key,
            title,
            N_("Scroll the page"),
            call=call,
            in_footer=False,
            in_menu=False,
        )
        for name, key, title, call in (
            ("line_up", "up", N_("Up"), "scroll(-1)"),
            ("line_down", "down", N_("Down"), "scroll(1)"),
            ("page_up", "pageup", N_("Scroll up"), "scroll_page(-1)"),
            ("page_down", "pagedown", N_("Scroll down"), "scroll_page(1)"),
        )
    ),
    *(
        _Lab(
            f"lab.{title.lower()}",
            str(number + 1),
            title,
            N_("Show this page"),
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
        N_("Back to the conversation"),
        N_("The evaluation goes on"),
        call="back",
        label="Back",
    ),
    _Evaluate("evaluate.cancel", "c", N_("Cancel"), N_("Stop the evaluation"), call="cancel"),
    _Evaluate(
        "evaluate.sort", "s", N_("Sort"), N_("Sort the intents by the next column"), call="sort"
    ),
    _Evaluate(
        "evaluate.again",
        "r",
        N_("Again"),
        N_("Evaluate the file as it is now"),
        call="start(False)",
    ),
    _Evaluate(
        "evaluate.test",
        "t",
        N_("Test file"),
        N_("Test the model with the messages of a file"),
        call="test",
    ),
    _Evaluate(
        "evaluate.curve",
        "l",
        N_("Learning curve"),
        N_("Would more examples help?"),
        call="start(True)",
    ),
)

VERSIONS = (
    _Versions(
        "versions.back", "escape", N_("Back"), N_("Back to the conversation"), call="dismiss(None)"
    ),
    _Versions(
        "versions.use",
        "enter",
        N_("Use this version"),
        N_("Let the selected version answer, after asking"),
        call="use",
        priority=True,
    ),
)

INBOX = (
    _Inbox(
        "inbox.close", "escape", N_("Close"), N_("Back to the conversation"), call="dismiss(None)"
    ),
    _Inbox(
        "inbox.teach",
        "enter",
        N_("Sort into an intent"),
        N_("The marked messages, or the one at the cursor"),
        call="teach",
        priority=True,
    ),
    _Inbox("inbox.group", "g", N_("Mark the group"), N_("Mark all that are alike"), call="group"),
    _Inbox(
        "inbox.forget", "d,delete", N_("Forget"), N_("Take them out of the inbox"), call="forget"
    ),
)

CONVERSATIONS = (
    _Conversations(
        "conversations.back", "escape", N_("Back"), N_("Back to where you were"), call="back"
    ),
    _Conversations(
        "conversations.to_list",
        "down",
        N_("To the list"),
        N_("From the search to what it found"),
        call="to_list",
        in_footer=False,
        in_menu=False,
    ),
    _Kept(
        "conversations.continue",
        "enter",
        N_("Continue"),
        N_("Go on with this conversation"),
        call="screen.continue",
    ),
    _Kept(
        "conversations.search",
        "slash",
        N_("Search"),
        N_("Find words in all conversations"),
        call="screen.search",
    ),
    _Kept("conversations.rename", "r", N_("Rename"), N_("Give it a title"), call="screen.rename"),
    _Kept(
        "conversations.delete",
        "delete,d",
        N_("Delete"),
        N_("Delete it from this machine, once you have agreed"),
        call="screen.delete",
    ),
    _Kept(
        "conversations.export",
        "e",
        N_("Export"),
        N_("Write it to a file, as Markdown, JSON or HTML"),
        call="screen.export",
    ),
)

TOUR = (
    _Tour(
        "tour.next",
        "right,pagedown,enter,space",
        N_("Next"),
        N_("The next step"),
        call="go(1)",
        key_display="→",
    ),
    _Tour(
        "tour.before",
        "left,pageup",
        N_("Back"),
        N_("The step before"),
        call="go(-1)",
        key_display="←",
    ),
    _Tour(
        "tour.first", "home", N_("First"), N_("The first step"), call="go(-100)", in_footer=False
    ),
    _Tour("tour.last", "end", N_("Last"), N_("The last step"), call="go(100)", in_footer=False),
    _Tour(
        "tour.message",
        "m",
        N_("Your message"),
        N_("Tell it with a message of yours"),
        call="message",
    ),
    _Tour(
        "tour.language",
        "l",
        "English / Tiếng Việt",
        N_("The language of the interface"),
        call="language",
    ),
    _Tour("tour.leave", "escape", N_("Leave"), N_("Back to the conversation"), call="leave"),
)

SETTINGS = (
    _Settings("settings.back", "escape", N_("Back"), N_("Back to where you were"), call="back"),
    _Settings(
        "settings.search",
        "slash,ctrl+f",
        N_("Search"),
        N_("Find a setting by a word of it"),
        call="search",
        key_display="/",
    ),
    _Settings(
        "settings.reset",
        # No letter: letters begin a search.
        "delete,backspace",
        N_("Default"),
        N_("Put the selected setting back to its default"),
        call="reset",
    ),
    _Settings(
        "settings.file",
        "ctrl+e",
        N_("Open the file"),
        N_("Edit the settings file in your own editor"),
        call="outside",
    ),
)
