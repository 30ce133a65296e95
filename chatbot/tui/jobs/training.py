"""A training in a process of its own."""

from __future__ import annotations

from chatbot.common import N_, Locations
from chatbot.tui.jobs.process import Child, Job
from chatbot.tui.settings import Settings
from chatbot.versions import Failed, Progress, Record, records

DEFAULTS = Settings()

CANCELLED = N_("Cancelled. Nothing was written.")

TRAINING: Job[Record] = Job(
    arguments=("train", "--json"),
    decode=records.decode,
    is_final=lambda record: not isinstance(record, Progress),
    failed=Failed,
    cancelled=CANCELLED,
    not_started=N_("The training could not be started ({reason})."),
    stopped=N_("The training was stopped from outside by signal {signal} ({name})."),
    killed=N_(
        "The training was stopped from outside by signal {signal} ({name}), "
        "as happens when memory runs out."
    ),
    ended=N_("The training ended with exit code {code} before the model was complete."),
    # The old model is complete at every moment: the new one replaces it in a single step.
    reassurance=N_(
        "Nothing was written. Press Retry, or run `chatbot train` in a terminal to "
        "see everything it prints."
    ),
)


class TrainingProcess(Child[Record]):
    """One training of a model under way; the last of its records is a Saved or Failed."""

    @classmethod
    async def start(cls, locations: Locations, settings: Settings = DEFAULTS) -> TrainingProcess:
        """Start training the model of an intents file; raises nothing."""
        arguments = ["--intents", str(locations.intents), "--model", str(locations.model)]
        if settings.cell != DEFAULTS.cell:
            arguments += ["--cell", settings.cell]
        if settings.hidden_size:
            arguments += ["--hidden", str(settings.hidden_size)]
        return await cls.begin(TRAINING, arguments)
