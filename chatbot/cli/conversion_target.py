"""Writes what `convert` made: a file or a new folder, complete or not at all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from chatbot.common import ChatbotError, _, write_atomically

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
        is_folder = _("{target} is a folder. Name a file in it, like intents.json")
        raise ConvertError(is_folder.format(target=target))
    if target.exists() and (as_folder or not force):
        exists = (
            _("{target} already exists. Name a new folder, or a .zip")
            if as_folder
            else _("{target} already exists. --force overwrites it")
        )
        raise ConvertError(exists.format(target=target))


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
        message = _("{target} cannot be written ({reason}). Name another folder")
        reason = error.strerror or error
        raise ConvertError(message.format(target=target, reason=reason)) from error
