"""A training from file to file: read the intents, train, keep the model, use it if it is good.

Nothing is written before the new model is complete, and the old one answers until the new one is
used.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chatbot.common import __version__
from chatbot.conversation import Reader
from chatbot.intents import Intents, IntentsError
from chatbot.learning import unfinished
from chatbot.learning.training import Settings, Trained, train
from chatbot.learning.warm import Earlier
from chatbot.model import FORMAT, Card, Model, sizes_in_card
from chatbot.model import files as model_files
from chatbot.network import ModelError, weights_file
from chatbot.opening import IntentsFile, read_intents
from chatbot.versions import Progress, Saved, compare_answers, kept, lock


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do before and after a training."""

    typed: Sequence[str] = ()
    """Messages that people typed: the new model is asked them before it is used."""
    full: bool = False
    """Train from the start, although a small edit could be learned by going on."""
    accept: bool = False
    """Use the new model even if answers got worse."""
    kept: int = kept.KEPT
    """Versions to keep."""


def train_file(
    intents: Path,
    model: Path,
    settings: Settings | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    plan: Plan | None = None,
) -> Iterator[Progress | Saved]:
    """Train on an intents file and keep the model; yields Progress and, at the end, Saved.

    The new model is used at once unless an answer got worse (`Saved.answers`). Raises IntentsError,
    TrainingError, TrainingCancelledError, or ModelError, also when another process is training it.
    """
    settings, plan = settings or Settings(), plan or Plan()
    file = read_intents(intents)
    with lock.held(model):
        old = _present(model)
        earlier = None if plan.full else _earlier(model, old, file.intents)
        work = model / unfinished.NAME
        for record in train(file.intents, settings, cancelled, earlier, work):
            if isinstance(record, Trained):
                saved = _save(file, model, old, record, settings, plan)
                shutil.rmtree(work, ignore_errors=True)
                yield saved
            else:
                yield record


def is_unfinished(model: Path) -> bool:
    """Return whether a training of a large file was ended early, and can go on where it was."""
    return (model / unfinished.NAME).exists()


def _present(folder: Path) -> Model | None:
    """Return the present model; None where there is none, or a damaged one."""
    try:
        return model_files.load(folder)
    except ModelError:
        return None


def _earlier(folder: Path, old: Model | None, now: Intents) -> Earlier | None:
    """Return the model to go on from and the intents that made it, if they are known."""
    made_by = _made_by(folder, old, now)
    return Earlier(old, made_by) if old is not None and made_by is not None else None


def _made_by(folder: Path, old: Model | None, now: Intents) -> Intents | None:
    """Return the intents that a model was trained on, if they are known."""
    if old is None:
        return None
    candidates = [now]
    version = kept.answering(folder)
    if version is not None and (learned := version.intents()) is not None:
        candidates.insert(0, learned)
    with suppress(IntentsError):
        candidates.append(kept.own_intents().intents)
    return next((c for c in candidates if c.digest == old.card.intents_digest), None)


def _save(
    file: IntentsFile,
    folder: Path,
    old: Model | None,
    trained: Trained,
    settings: Settings,
    plan: Plan,
) -> Saved:
    intents, card = file.intents, card_of(file.intents, trained, settings)
    new = Model(card, trained.weights)
    before = Reader.of(old, _made_by(folder, old, intents) or intents) if old else None
    compared = compare_answers(before, Reader.of(new, intents), plan.typed)
    if old is not None:
        kept.keep_present(folder, file)
    version = kept.keep(folder, card, weights_file.encode(trained.weights), kept.text_of(file))
    answers = plan.accept or not compared.is_worse
    if answers:
        kept.take_over(folder, version)
    kept.prune(folder, plan.kept)
    return Saved(
        model=str(folder),
        version=version.number,
        answers=answers,
        intents=len(trained.tags),
        warm=card.warm_retrains > 0,
        metrics=trained.metrics,
        metrics_before=old.card.metrics if old else None,
        answer_changes=compared,
    )


def card_of(intents: Intents, trained: Trained, settings: Settings) -> Card:
    """Return the card of what was trained, which does not know yet where its weights are."""
    return Card(
        format=FORMAT,
        **sizes_in_card(trained.weights),
        base=trained.base,
        intents=trained.tags,
        intents_digest=intents.digest,
        calibration=trained.calibration,
        metrics=trained.metrics,
        seed=settings.seed,
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        chatbot_version=__version__,
        weights="",
        weights_sha256="",
        warm_retrains=trained.warm_retrains,
    )
