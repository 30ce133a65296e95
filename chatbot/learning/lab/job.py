"""The lab from file to file: train on an intents file and keep the results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from chatbot.lab import Lab, LabProgress, LabReady, files
from chatbot.opening import read_intents


def train_lab(
    intents: Path, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[LabProgress | LabReady]:
    """Train the lab on an intents file and keep the results; yields LabReady as the last record.

    Nothing is written before the end. Raises IntentsError, TrainingError,
    TrainingCancelledError, ModelError, or ChatbotError when the results cannot be written.
    """
    file = read_intents(intents)
    # After reading the file (start-up): its errors should not wait for the import of torch.
    from chatbot.learning.lab.training import run_lab

    for record in run_lab(file.intents, cancelled=cancelled):
        if isinstance(record, Lab):
            files.save(record, file.intents.digest)
            yield LabReady(file.intents.digest)
        else:
            yield record
