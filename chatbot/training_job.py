"""A training from file to file: read the intents, train, save the model, say what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

import chatbot
from chatbot import intents as intents_file
from chatbot import model_files, weights_file
from chatbot.bot import Chatbot
from chatbot.intents import Intents
from chatbot.model_files import Card, Model
from chatbot.records import Progress, Saved
from chatbot.replies import Replier
from chatbot.training import Settings, Trained, train
from chatbot.weights_file import ModelError

COMPARED = 2_000
"""Patterns asked of the old and the new model for the report: under a second for both."""


def train_file(
    intents: Path,
    model: Path,
    settings: Settings | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Progress | Saved]:
    """Train on an intents file and save the model; yields Progress and, at the end, Saved.

    Until the very end nothing is written: whatever happens before leaves the old model answering.
    Raises IntentsError, TrainingError, TrainingCancelledError or ModelError.
    """
    settings = settings or Settings()
    file = intents_file.read(intents)
    for record in train(file.intents, settings, cancelled):
        if isinstance(record, Trained):
            yield _save(file.intents, model, record, settings)
        else:
            yield record


def _save(intents: Intents, folder: Path, trained: Trained, settings: Settings) -> Saved:
    try:
        old: Model | None = model_files.load(folder)
    except ModelError:
        old = None  # none yet, or one that is damaged: either way this training replaces it
    card = Card(
        format=model_files.FORMAT,
        cell=trained.weights.cell,
        word_size=trained.weights.word_size,
        hidden_size=trained.weights.hidden_size,
        embedding_size=trained.weights.embedding_size,
        features=len(trained.weights.own.vectors),
        base=trained.base,
        intents=trained.tags,
        intents_digest=intents.digest,
        calibration=trained.calibration,
        metrics=trained.metrics,
        seed=settings.seed,
        trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
        chatbot_version=chatbot.__version__,
        weights="",
        weights_sha256="",
    )
    # The comparison first: once the model is saved, the record must follow at once.
    right_before = _patterns_right(intents, old) if old else None
    right = _patterns_right(intents, Model(card, trained.weights))
    model_files.save(folder, card, weights_file.encode(trained.weights))
    return Saved(
        model=str(folder),
        intents=len(trained.tags),
        metrics=trained.metrics,
        metrics_before=old.card.metrics if old else None,
        patterns_right_before=right_before,
        patterns_right=right,
    )


def _patterns_right(intents: Intents, model: Model) -> float:
    """Return the share of the file's patterns (a fixed sample of many) that a model gets right."""
    bot = Chatbot(intents, model, Replier(user=""))
    pairs = [(p, intent.tag) for intent in intents.trainable for p in intent.patterns]
    if len(pairs) > COMPARED:
        chosen = np.random.default_rng(0).choice(len(pairs), COMPARED, replace=False)
        pairs = [pairs[i] for i in chosen]
    right = [bot.read(pattern).prediction.intent == tag for pattern, tag in pairs]
    return round(sum(right) / len(right), 4)
