"""Paths in use: which intents file, which model folder, where settings live, and why."""

from __future__ import annotations

import os
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from chatbot.common import _
from chatbot.common.atomic import write_atomically
from chatbot.common.bot_names import is_bot_name
from chatbot.common.errors import ChatbotError

APP = "chatbot"

CARD = "card.json"
"""Of a folder of weights: the file that says what they are. It is written last."""

PACKAGE = Path(__file__).absolute().parents[1]
"""The folder of the package itself."""

INTENTS_VARIABLE = "CHATBOT_INTENTS"
MODEL_VARIABLE = "CHATBOT_MODEL"

PARENT_VARIABLE = "CHATBOT_ENDS_WITH_STDIN"
"""Set for the processes that the app starts: they end when their standard input does."""


@dataclass(frozen=True, slots=True)
class Locations:
    """An intents file and the folder of its model, with the reason for each choice."""

    intents: Path
    intents_because: str
    model: Path
    model_because: str
    note: str = ""
    """What the person should know about the choice; mostly nothing."""

    @property
    def model_card(self) -> Path:
        """The file that is replaced when another model takes over."""
        return self.model / CARD


def locate(intents: Path | None = None, model: Path | None = None) -> Locations:
    """Choose the intents file and the model folder; create nothing.

    The file: what is asked for, else the environment, else ./intents.json, else the user's own
    copy. The first two may name a bot instead of a file; a file of that name comes first.
    The model: the option, else the environment, else models/<name of the file> beside the file.
    """
    note = ""
    if intents is not None:
        file, because, note = _file_or_bot(intents, _("as you asked"))
    elif value := os.environ.get(INTENTS_VARIABLE):
        file, because, note = _file_or_bot(
            Path(value), _("environment variable {name}").format(name=INTENTS_VARIABLE)
        )
    elif Path("intents.json").is_file():
        file, because = Path("intents.json"), _("intents.json in this folder")
    else:
        file, because = own_intents(), _("your own copy of the default bot")
    file = absolute(file)
    if model is not None:
        folder, why = model, _("option --model")
    elif value := os.environ.get(MODEL_VARIABLE):
        folder, why = Path(value), _("environment variable {name}").format(name=MODEL_VARIABLE)
    else:
        return replace(locations_of_file(file, because), note=note)
    folder = absolute(folder)
    return Locations(file, because, folder, why, note)


def locations_of_file(file: Path, because: str) -> Locations:
    """Return the locations of a bot whose model lies beside its file, whatever the environment.

    For a bot that is not the one that the program was started with.
    """
    model = file.parent / "models" / file.stem
    return Locations(file, because, model, _("beside the intents file"))


def _file_or_bot(given: Path, because: str) -> tuple[Path, str, str]:
    """Return the file that a path or the name of a bot stands for, why, and a note."""
    name = str(given)
    if not is_bot_name(name):
        return given, because, ""
    try:
        bot = bot_file(name)
    except NoHomeError:
        if given.exists():
            return given, because, ""
        raise
    # A folder may hold another program's project, but where there is a bot that one is meant.
    if not given.exists() or (bot.exists() and not given.is_file()):
        return bot, _("{because}: your bot {stem}").format(because=because, stem=bot.stem), ""
    return (
        given,
        because,
        _("{name} is a file here; your bot {name}: {bot}").format(name=name, bot=bot)
        if bot.exists()
        else "",
    )


class NoHomeError(ChatbotError):
    """Nobody knows where the person's own files are."""


def expanded(path: Path) -> Path:
    """Return a path with its ~ or ~NAME resolved. Raises NoHomeError where nobody has that name."""
    try:
        return path.expanduser()
    except RuntimeError:
        name = path.parts[0]
        said = _(
            "{path}: there is no home folder {name}. Write the whole path, or ./{name} for what is "
            "called so"
        )
        raise NoHomeError(said.format(path=path, name=name)) from None


def absolute(path: Path) -> Path:
    """Return a path from the root, without ~ and .. in it. Raises NoHomeError."""
    return Path(os.path.abspath(expanded(path)))  # noqa: PTH100 - resolve() would follow links


def data_folder() -> Path:
    """Return where the person's bots and conversations lie. Raises NoHomeError, as all these do."""
    return _folder("data")


def state_folder() -> Path:
    """Return where is kept what was typed, and what went wrong."""
    return _folder("state")


def require_home() -> None:
    """Raise NoHomeError unless there is a place for everything that the app keeps."""
    for kind in ("data", "state", "config", "cache"):
        _folder(kind)


def _folder(kind: str) -> Path:
    """Return the folder of this program for "data", "state", "config" or "cache"."""
    try:
        found: Path = getattr(platformdirs, f"user_{kind}_path")(APP)
    except RuntimeError:
        said = _(
            "There is no home folder for what is yours. Set the environment variable HOME, or "
            "{name}, to a folder of yours"
        )
        raise NoHomeError(said.format(name=f"XDG_{kind.upper()}_HOME")) from None
    # A folder may be named with .. in it; then the same file would have two names.
    return Path(os.path.abspath(found))  # noqa: PTH100


def bots_folder() -> Path:
    """Return where the bots lie that are opened by their name alone."""
    return data_folder() / "bots"


def bot_file(name: str) -> Path:
    """Return the intents file of a bot, or where it would be. The case of its name is free."""
    file = bots_folder() / f"{unicodedata.normalize('NFC', name)}.json"
    if file.exists():
        return file
    return next((other for other in bot_files() if is_same_name(other.stem, name)), file)


def is_same_name(one: str, other: str) -> bool:
    """Return whether two names cannot be told apart: some file systems ignore case."""
    first, second = (unicodedata.normalize("NFC", name).casefold() for name in (one, other))
    return first == second


def bot_files(folder: Path | None = None) -> list[Path]:
    """Return the intents files of the user's bots by name; those of another folder, if given."""
    try:
        found = [file for file in (folder or bots_folder()).iterdir() if file.suffix == ".json"]
    except OSError:
        return []
    return sorted((file for file in found if is_bot_name(file.stem)), key=lambda file: file.stem)


def copy_default_bot(locations: Locations) -> None:
    """Copy the default bot, file and model, to the user's own folder on first use.

    Only where the intents file is that copy; any other file must exist already.
    """
    try:
        own = own_intents()
    except NoHomeError:  # then a file was named
        return
    if locations.intents != own or own.exists():
        return
    target = locations.intents.parent / "models" / locations.intents.stem
    shipped = bundled("models") / "intents"
    # Weights before the card that names them; the intents file last, as the sign of completeness.
    for source in [*shipped.glob("*.safetensors"), shipped / CARD]:
        write_atomically(target / source.name, source.read_bytes())
    write_atomically(locations.intents, bundled("intents.json").read_bytes())


def own_intents() -> Path:
    """Return where the user's own intents file is, or would be."""
    return data_folder() / "intents.json"


def recent_file() -> Path:
    """Return where is kept which bots were open lately."""
    return state_folder() / "recent.jsonl"


def settings_file() -> Path:
    """Return where the settings are kept."""
    return _folder("config") / "settings.toml"


def welcomed_file() -> Path:
    """Return the file whose being there says that the first start is over."""
    return platformdirs.user_state_path(APP) / "welcomed"


def is_first_start() -> bool:
    """Return whether nobody has said anything to a bot of this program yet, as far as is kept."""
    file = welcomed_file()
    return not (file.exists() or file.with_name("history").exists())


def themes_folder() -> Path:
    """Return where a person's own themes lie."""
    return settings_file().with_name("themes")


def history_file(intents: Path) -> Path:
    """Return where the messages typed to a bot are kept, on this machine only.

    For Up and Down, and to ask a new model what people have really typed.
    """
    return state_folder() / "history" / _file_of(intents)


def inbox_file(intents: Path) -> Path:
    """Return where a bot's messages that got the fallback are kept until they are sorted."""
    return state_folder() / "inbox" / _file_of(intents)


def _file_of(intents: Path) -> str:
    """Return a file name for an intents file, wherever that is and whatever it is called."""
    import hashlib  # start-up: after the first paint

    digest = hashlib.sha256(str(intents).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:16]}.jsonl"


def lab_folder() -> Path:
    """Return where the forgetting lab keeps its networks; they can be trained again."""
    return _folder("cache") / "forgetting-lab"


def bundled(name: str) -> Path:
    """Return a file or folder that ships with the program: from a wheel, else from the checkout."""
    installed = PACKAGE / "bundled" / name
    return installed if installed.exists() else PACKAGE.parent / name
