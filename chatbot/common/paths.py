"""Paths in use: which intents file, which model folder, where settings live, and why."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from chatbot.common.atomic import write_atomically

APP = "chatbot"

CARD = "card.json"
"""Of a folder of weights: the file that says what they are. It is written last."""

PACKAGE = Path(__file__).absolute().parents[1]
"""The folder of the package itself."""

INTENTS_VARIABLE = "CHATBOT_INTENTS"
MODEL_VARIABLE = "CHATBOT_MODEL"


@dataclass(frozen=True, slots=True)
class Locations:
    """An intents file and the folder of its model, with the reason for each choice."""

    intents: Path
    intents_because: str
    model: Path
    model_because: str

    @property
    def model_card(self) -> Path:
        """The file that is replaced when another model takes over."""
        return self.model / CARD


def locate(intents: Path | None = None, model: Path | None = None) -> Locations:
    """Choose the intents file and the model folder; create nothing.

    The file: the option, else the environment, else ./intents.json, else the user's own copy.
    The model: the option, else the environment, else models/<name of the file> beside the file.
    """
    if intents is not None:
        file, because = intents, "option --intents"
    elif value := os.environ.get(INTENTS_VARIABLE):
        file, because = Path(value), f"environment variable {INTENTS_VARIABLE}"
    elif Path("intents.json").is_file():
        file, because = Path("intents.json"), "intents.json in this folder"
    else:
        file, because = own_intents(), "your own copy of the default bot"
    file = Path(os.path.abspath(file.expanduser()))  # noqa: PTH100 - resolve() would follow links
    if model is not None:
        folder, why = model, "option --model"
    elif value := os.environ.get(MODEL_VARIABLE):
        folder, why = Path(value), f"environment variable {MODEL_VARIABLE}"
    else:
        folder, why = file.parent / "models" / file.stem, "beside the intents file"
    folder = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100
    return Locations(file, because, folder, why)


def copy_default_bot(locations: Locations) -> None:
    """Copy the default bot, file and model, to the user's own folder on first use.

    Only where the intents file is that copy; any other file must exist already.
    """
    if locations.intents != own_intents() or locations.intents.exists():
        return
    target = locations.intents.parent / "models" / locations.intents.stem
    shipped = bundled("models") / "intents"
    # Weights before the card that names them; the intents file last, as the sign of completeness.
    for source in [*shipped.glob("*.safetensors"), shipped / CARD]:
        write_atomically(target / source.name, source.read_bytes())
    write_atomically(locations.intents, bundled("intents.json").read_bytes())


def own_intents() -> Path:
    """Return where the user's own intents file is, or would be."""
    return platformdirs.user_data_path(APP) / "intents.json"


def settings_file() -> Path:
    """Return where the settings are kept."""
    return platformdirs.user_config_path(APP) / "settings.toml"


def earlier_settings_file() -> Path:
    """Return where earlier versions kept them, to take them over."""
    return settings_file().with_name("settings.json")


def themes_folder() -> Path:
    """Return where a person's own themes lie."""
    return settings_file().with_name("themes")


def history_file(intents: Path) -> Path:
    """Return where the messages typed to a bot are kept, on this machine only.

    For Up and Down, and to ask a new model what people have really typed.
    """
    return platformdirs.user_state_path(APP) / "history" / _file_of(intents)


def inbox_file(intents: Path) -> Path:
    """Return where a bot's messages that got the fallback are kept until they are sorted."""
    return platformdirs.user_state_path(APP) / "inbox" / _file_of(intents)


def _file_of(intents: Path) -> str:
    """Return a file name for an intents file, wherever that is and whatever it is called."""
    digest = hashlib.sha256(str(intents).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:16]}.jsonl"


def lab_folder() -> Path:
    """Return where the forgetting lab keeps its networks; they can be trained again."""
    return platformdirs.user_cache_path(APP) / "forgetting-lab"


def bundled(name: str) -> Path:
    """Return a file or folder that ships with the program: from a wheel, else from the checkout."""
    installed = PACKAGE / "bundled" / name
    return installed if installed.exists() else PACKAGE.parent / name
