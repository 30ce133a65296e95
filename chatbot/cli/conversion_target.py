"""Writes what `convert` made: a file or a new folder, complete or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from chatbot.common import ChatbotError, write_atomically

if TYPE_CHECKING:
    from chatbot.formats import Written


class ConvertError(ChatbotError):
    """The target cannot be written."""


def becomes_folder(target: Path, written: Written) -> bool:
    """Tell whether a target is written as a folder: several files, unless it is named .zip."""
    return bool(written.files) and target.suffix.lower() != ".zip"


def refuse_existing(target: Path, *, force: bool, as_folder: bool = False) -> None:
    """Raise ConvertError for what must not be written over: a folder never is."""
    if target.is_dir() and not as_folder:
        raise ConvertError(f"{target} is a folder. Name a file in it, like intents.json")
    if target.exists() and (as_folder or not force):
        remedy = "Name a new folder, or a .zip" if as_folder else "--force overwrites it"
        raise ConvertError(f"{target} already exists. {remedy}")


def write(target: Path, written: Written) -> None:
    """Write the file or folder. Raises ConvertError, and OSError for a file."""
    if not becomes_folder(target, written):
        write_atomically(target, written.data)
        return
    try:
        with TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
            for name, text in written.files:
                file = Path(folder, "new", name)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
            Path(folder, "new").rename(target)
    except OSError as error:
        message = f"{target} cannot be written ({error.strerror or error}). Name another folder"
        raise ConvertError(message) from error
