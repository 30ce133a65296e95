"""Versions: every training is kept with its card and its intents file, to compare and go back.

They are in the folder `versions` inside the model's, one folder per version, numbered in order. A
version that has its number is complete: it is written under another name first.
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chatbot.common import _, bundled, write_atomically
from chatbot.formats import WRITERS, foreign_format
from chatbot.intents import Intents, IntentsError, read_text, refuse_read_only, save_text
from chatbot.model import Card, Model
from chatbot.model import files as model_files
from chatbot.network import ModelError
from chatbot.opening import IntentsFile, read_intents
from chatbot.versions.lock import held

VERSIONS = "versions"
INTENTS = "intents.json"
"""A version's copy of the intents file that made it."""
KEPT = 10
"""Versions kept by default, always including the one that answers."""
REPLACED = "replaced-intents"
"""Folder, beside the numbered ones, for intents files that going back replaced."""

_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Version:
    """One training that was kept."""

    number: int
    folder: Path
    card: Card
    answers: bool
    """Whether it is the model that answers now."""

    @property
    def intents_path(self) -> Path:
        """Where the intents file it was trained on is, if it is known."""
        return self.folder / INTENTS

    def intents(self) -> Intents | None:
        """Return the intents it was trained on; None if they are unknown or damaged."""
        try:
            return read_intents(self.intents_path).intents
        except IntentsError:
            return None

    def model(self) -> Model:
        """Load it. Raises ModelError."""
        return model_files.load(self.folder)


def listed(folder: Path) -> tuple[Version, ...]:
    """Return the versions of the model in a folder, the newest first; damaged ones are left out."""
    try:
        present: Card | None = model_files.read_card(folder)
    except ModelError:
        present = None
    found = []
    for path in _numbered(folder):
        with suppress(ModelError):
            card = model_files.read_card(path)
            found.append(Version(int(path.name), path, card, card == present))
    return tuple(sorted(found, key=lambda version: -version.number))


def find(folder: Path, number: int) -> Version:
    """Return a version by its number. Raises ModelError naming those that exist."""
    versions = listed(folder)
    for version in versions:
        if version.number == number:
            return version
    numbers = ", ".join(str(version.number) for version in reversed(versions)) or _("none yet")
    raise ModelError(
        _("{folder}: there is no version {number}. Kept: {numbers}").format(
            folder=folder, number=number, numbers=numbers
        )
    )


def answering(folder: Path) -> Version | None:
    """Return the version that answers now, if it is kept."""
    return next((version for version in listed(folder) if version.answers), None)


def keep(folder: Path, card: Card, encoded_weights: bytes, intents_text: str | None) -> Version:
    """Write a new version; it does not answer yet. The lock of the folder must be held.

    Raises ModelError when it cannot be written, and then nothing of it is left.
    """
    parent = folder / VERSIONS
    unfinished = parent / f"{_UNFINISHED}{secrets.token_hex(4)}"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)  # of a training that was killed
        number = 1 + max((int(path.name) for path in _numbered(folder)), default=0)
        if intents_text is not None:
            unfinished.mkdir()
            (unfinished / INTENTS).write_bytes(intents_text.encode())
        card = model_files.save(unfinished, card, encoded_weights)
        target = parent / f"{number:04}"
        unfinished.rename(target)
    except BaseException as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        raise ModelError(
            _(
                "{parent}: the new model could not be kept ({reason}). The old one still "
                "answers. Free some space, or choose a folder with --model"
            ).format(parent=parent, reason=error.strerror or error)
        ) from error
    return Version(number, target, card, answers=False)


def keep_present(folder: Path, file: IntentsFile | None) -> None:
    """Keep the model that answers, too, if it is not a version yet, such as the one shipped.

    Also its intents file, where that is the present one or the program's own. A model
    that is damaged is not worth keeping. Raises ModelError when it cannot be written.
    """
    try:
        model = model_files.load(folder)
    except ModelError:
        return
    if answering(folder) is not None:
        return
    digest, text = model.card.intents_digest, None
    if file is not None and file.intents.digest == digest:
        text = text_of(file)
    else:
        with suppress(IntentsError):
            own = own_intents()
            text = own.text if own.intents.digest == digest else None
    keep(folder, model.card, model_files.encoded(folder, model.card), text)


def take_over(folder: Path, version: Version) -> None:
    """Make a version answer from now on. The lock of the folder must be held.

    Raises ModelError when it is damaged or cannot be written; the old model then still answers.
    """
    card = version.model().card  # checks the weights
    model_files.save(folder, card, model_files.encoded(version.folder, card))


@dataclass(frozen=True, slots=True)
class Used:
    """What going back to a version did to the intents file."""

    version: Version
    intents_changed: bool
    replaced: Path | None
    """Where the previous intents file is now, if no version had it."""
    note: str
    """Why the intents file was not restored although that was asked for; else empty."""


def use(intents: Path, folder: Path, number: int, *, with_intents: bool = True) -> Used:
    """Make a version answer, and restore the intents file it was trained on.

    Nothing is lost: an intents file that no version holds is moved aside. Raises ModelError or
    IntentsError; the old model then continues to answer.
    """
    with held(folder):
        version = find(folder, number)
        version.model()  # before anything is written
        keep_present(folder, None)
        text, note = _text_to_restore(intents, version) if with_intents else (None, "")
        if text is not None:
            refuse_read_only(intents)
        replaced = None if text is None else _move_aside(intents, folder)
        take_over(folder, version)
        if text is not None:
            save_text(intents, text)
    return Used(version, text is not None, replaced, note)


def _text_to_restore(intents: Path, version: Version) -> tuple[str | None, str]:
    """Return the text to write into the intents file, or None and why not ("": it is the same)."""
    if version.intents() is None:
        return None, _("The intents file of this version is not known; yours stays as it is.")
    text = read_text(version.intents_path)
    foreign = foreign_format(intents) if intents.exists() else None
    if foreign is not None:
        return None, (
            _(
                "{file} is in the format {format} and is not written to; the intents of this "
                "version are in {intents_path}"
            ).format(file=intents.name, format=foreign, intents_path=version.intents_path)
        )
    try:
        return (None if read_text(intents) == text else text), ""
    except IntentsError:
        return text, ""


def _move_aside(intents: Path, folder: Path) -> Path | None:
    """Copy the intents file to where nothing overwrites it, unless a version has the same."""
    try:
        data = intents.read_bytes()
    except OSError:
        return None  # there is none
    with suppress(IntentsError):
        text = read_text(intents)
        for version in listed(folder):
            with suppress(IntentsError):
                if read_text(version.intents_path) == text:
                    return None
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = folder / VERSIONS / REPLACED / f"{intents.stem}-{now}.json"
    try:
        write_atomically(aside, data)
    except OSError as error:
        reason = error.strerror or error
        raise ModelError(
            _(
                "{aside}: your intents file could not be moved aside ({reason}). Nothing was "
                "changed"
            ).format(aside=aside, reason=reason)
        ) from error
    return aside


def prune(folder: Path, kept: int) -> None:
    """Delete the oldest versions beyond `kept`, never the one that answers."""
    for version in listed(folder)[max(kept, 1) :]:
        if not version.answers:
            shutil.rmtree(version.folder, ignore_errors=True)


def own_intents() -> IntentsFile:
    """Return the intents that the shipped model was trained on. Raises IntentsError."""
    return read_intents(bundled("intents.json"))


def text_of(file: IntentsFile) -> str:
    """Return an intents file as JSON of our own, whatever program it was imported from."""
    if not file.imported_from:
        return file.text
    return WRITERS["classic"](file.intents).text


def _numbered(folder: Path) -> list[Path]:
    """Return the folders of versions, in no order."""
    try:
        return [path for path in (folder / VERSIONS).iterdir() if path.name.isdecimal()]
    except OSError:
        return []
