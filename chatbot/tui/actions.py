"""The actions of the app: one registry feeds the keys, the command palette and the menu."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do anywhere in the app."""

    name: str
    """Runs `ChatbotApp.action_<name>`."""
    key: str
    """Empty for what is in the menu and the command palette only."""
    title: str
    help: str
    in_footer: bool = True

    @property
    def written_key(self) -> str:
        """The key as people write it: F5, Ctrl+Q."""
        return "+".join(part.capitalize() for part in self.key.split("+"))

    def binding(self) -> Binding:
        """Return the key binding. Priority: the prompt has focus nearly always."""
        return Binding(
            self.key,
            self.name,
            self.title,
            tooltip=self.help,
            show=self.in_footer,
            priority=True,
            id=self.name,
        )


ACTIONS: tuple[Action, ...] = (
    Action("help", "f1", "Help", "Keys, and what you are looking at"),
    Action(
        "new_conversation",
        "ctrl+n",
        "New conversation",
        "Clear the screen and start afresh",
        in_footer=False,
    ),
    Action(
        "new_bot",
        "shift+f8",
        "New bot…",
        "Make a bot, from three intents or from a file",
        in_footer=False,
    ),
    Action(
        "open_bot", "shift+f9", "Open bot…", "Open another bot, by name or file", in_footer=False
    ),
    Action(
        "recent_bots",
        "shift+f12",
        "Recent bots…",
        "Open a bot that was open before",
        in_footer=False,
    ),
    Action("edit_intents", "f2", "Edit intents", "Change patterns and replies in intents.json"),
    Action(
        "model_info", "f3", "Model info", "What the model is and how good it is", in_footer=False
    ),
    Action(
        "choose_theme", "f4", "Theme", "Choose the colours; the choice is kept", in_footer=False
    ),
    Action("retrain", "f5", "Retrain", "Teach the model the intents file as it is now"),
    Action(
        "versions",
        "shift+f5",
        "Versions",
        "Trainings that are kept: compare them, use one",
        in_footer=False,
    ),
    Action("correct", "f6", "Wrong?", "Teach what the selected message should have been"),
    Action(
        "undo_correction",
        "ctrl+b",
        "Undo teaching",
        "Undo the latest correction",
        in_footer=False,
    ),
    Action("inbox", "f12", "Inbox", "Sort messages that got the fallback reply", in_footer=False),
    Action(
        "forgetting_lab",
        "shift+f6",
        "Forgetting lab",
        "RNN, LSTM and GRU on your file: what each forgets",
        in_footer=False,
    ),
    Action(
        "evaluate",
        "",
        "Evaluate",
        "How good the bot is on messages it has not learned",
        in_footer=False,
    ),
    Action(
        "next_view",
        "f7",
        "Panel view",
        "Switch the panel: state, memory, gates, compare, unit",
        in_footer=False,
    ),
    Action(
        "explain_panel",
        "shift+f11",
        "Explain panel",
        "What the words in this view of the panel mean",
        in_footer=False,
    ),
    Action("focus_panel", "f8", "Panel", "Step through the words and units with the arrow keys"),
    Action("pin", "f9", "Pin", "Keep this message in the panel while you type"),
    Action("menu", "f10", "Menu", "Everything you can do"),
    Action(
        "maximise_panel",
        "f11",
        "Maximise panel",
        "The panel over the whole screen and back",
        in_footer=False,
    ),
    Action(
        "tour",
        "shift+f1",
        "Guided tour",
        "What happens inside, in eight steps (tiếng Việt too)",
        in_footer=False,
    ),
    Action("quit", "ctrl+q", "Quit", "Leave; nothing is lost", in_footer=False),
)

MENU_ORDER = (
    "new_conversation",
    "new_bot",
    "open_bot",
    "recent_bots",
    "edit_intents",
    "retrain",
    "versions",
    "correct",
    "undo_correction",
    "inbox",
    "forgetting_lab",
    "evaluate",
    "model_info",
    "choose_theme",
    "next_view",
    "explain_panel",
    "focus_panel",
    "maximise_panel",
    "tour",
    "help",
    "quit",
)


def menu() -> tuple[Action, ...]:
    """Return the menu's actions in their order."""
    by_name = {action.name: action for action in ACTIONS}
    return tuple(by_name[name] for name in MENU_ORDER)


def written_key(name: str) -> str:
    """Return the key of an action as people write it."""
    return next(action.written_key for action in ACTIONS if action.name == name)
