"""The schema: every setting with its default, what it means and which values it may have.

A new setting is a field of `Settings`. The file, its checks, the settings screen and the list that
docs/settings.md is held to are made from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TypeVar

from chatbot.common import N_, _

Value = str | int | float | bool
T = TypeVar("T", bound=Value)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a setting is, for people and for the check."""

    section: str
    title: str
    """In English, as `help` and `shown`: the file keeps it so, the screen translates it."""
    help: str
    choices: tuple[str, ...] = ()
    """The values it may have; empty for any."""
    limits: tuple[float, float] | None = None
    """The smallest and the largest value of a number."""
    shown: Mapping[Value, str] = field(default_factory=dict)
    """Values that the screen tells in words, such as what an empty text means."""


def setting(
    default: T,
    section: str,
    title: str,
    help: str,
    *,
    choices: tuple[str, ...] = (),
    limits: tuple[float, float] | None = None,
    shown: Mapping[Value, str] | None = None,
) -> T:
    """Return the field of a setting; its type is that of its default."""
    meaning = Meaning(section, title, help, choices, limits, shown or {})
    made: T = field(default=default, metadata={"meaning": meaning})
    return made


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    theme: str = setting(
        "textual-dark",
        "appearance",
        N_("Theme"),
        N_("The colours; your own lie in the folder themes."),
    )
    animations: str = setting(
        "full",
        "appearance",
        N_("Animations"),
        N_("How much moves. The environment variable TEXTUAL_ANIMATIONS wins."),
        choices=("full", "basic", "none"),
        shown={"full": N_("full"), "basic": N_("basic"), "none": N_("none")},
    )
    language: str = setting(
        "",
        "appearance",
        N_("Language"),
        N_("Of the interface. CHATBOT_LANGUAGE in the environment wins."),
        choices=("", "en", "vi"),
        shown={"": N_("the system's"), "en": "English", "vi": "Tiếng Việt"},
    )
    keep_conversations: bool = setting(
        True,
        "conversations",
        N_("Keep conversations"),
        N_("From the next start; if not, nothing of what is said is kept, as with --private."),
    )
    threshold: float = setting(
        0.0,
        "answers",
        N_("Threshold"),
        N_(
            "How sure the bot must be to answer: below this confidence it gives the fallback reply."
        ),
        limits=(0, 1),
        shown={0.0: N_("the model's own")},
    )
    cell: str = setting(
        "gru",
        "training",
        N_("Cell"),
        N_("Of the next training."),
        choices=("gru", "lstm", "rnn"),
        shown={"gru": "GRU", "lstm": "LSTM", "rnn": "RNN"},
    )
    hidden_size: int = setting(
        0,
        "training",
        N_("Hidden units"),
        N_("Of the next training. Only the base's size can start from the base."),
        limits=(0, 2048),
        shown={0: N_("as the base has")},
    )
    editor: str = setting(
        "",
        "editor",
        N_("Your own editor"),
        N_("The command that opens a file. The environment variables VISUAL and EDITOR win."),
        shown={"": N_("none")},
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of the schema."""

    name: str
    """In the file, and of the field of `Settings`."""
    default: Value
    meaning: Meaning

    @property
    def section(self) -> str:
        """The table of the file that it is in."""
        return self.meaning.section

    def in_words(self, value: Value) -> str:
        """Return a value as people read it."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        words = self.meaning.shown.get(value)
        return str(value) if words is None else _(words)

    def problem(self, value: object) -> str:
        """Return what is wrong with a value, and the remedy; empty where nothing is."""
        meaning = self.meaning
        if isinstance(self.default, bool) or isinstance(value, bool):
            fits = type(value) is type(self.default)
        elif isinstance(self.default, float):
            fits = isinstance(value, int | float)
        else:
            fits = isinstance(value, type(self.default))
        if not fits:
            return _("write {wanted}").format(wanted=_(WANTED[type(self.default)]))
        if meaning.choices and value not in meaning.choices:
            return _("write one of {choices}").format(
                choices=", ".join(quoted(choice) for choice in meaning.choices)
            )
        if meaning.limits is not None and isinstance(value, int | float):
            least, most = meaning.limits
            if not least <= value <= most:
                return _("write a number from {least:g} to {most:g}").format(least=least, most=most)
        return ""


WANTED = {
    bool: N_("true or false"),
    int: N_("a whole number, without quotation marks"),
    float: N_("a number, without quotation marks"),
    str: N_("a text in quotation marks"),
}


def quoted(text: str) -> str:
    """Return a text as it stands in the file."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


SCHEMA: tuple[Setting, ...] = tuple(
    Setting(name, value, of.metadata["meaning"])
    for of, (name, value) in zip(fields(Settings), asdict(Settings()).items(), strict=True)
)
"""Every setting, in the order of the file and of the screen."""

KEYS = "keys"
"""The table of the file with the keys: the name of an action, and its keys with commas."""

SECTION_TITLES: Mapping[str, str] = {
    "appearance": N_("Appearance"),
    "conversations": N_("Conversations"),
    "answers": N_("Answers"),
    "training": N_("Training"),
    "editor": N_("Editor"),
}
"""What the screen calls the tables, but that of the keys."""

SECTIONS: tuple[str, ...] = (*dict.fromkeys(each.section for each in SCHEMA), KEYS)
"""The tables of the file."""
