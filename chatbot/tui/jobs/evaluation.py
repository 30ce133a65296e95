"""An evaluation in a process of its own."""

from __future__ import annotations

from pathlib import Path

from chatbot.common import N_, Locations
from chatbot.quality import EvaluationFailed, EvaluationProgress, EvaluationRecord, results
from chatbot.tui.jobs.process import Child, Job

EVALUATION: Job[EvaluationRecord] = Job(
    arguments=("evaluate", "--json-lines"),
    decode=results.decode,
    is_final=lambda record: not isinstance(record, EvaluationProgress),
    failed=EvaluationFailed,
    cancelled=N_("Cancelled. An evaluation changes nothing, so nothing is lost."),
    not_started=N_("The evaluation could not be started ({reason})."),
    stopped=N_("The evaluation was stopped from outside by signal {signal} ({name})."),
    killed=N_(
        "The evaluation was stopped from outside by signal {signal} ({name}), "
        "as happens when memory runs out."
    ),
    ended=N_("The evaluation ended with exit code {code} before it had a result."),
    reassurance=N_(
        "Nothing was changed. Run `chatbot evaluate` in a terminal to see everything it prints."
    ),
)


class EvaluationProcess(Child[EvaluationRecord]):
    """One cross-validation under way; the last record is Evaluated or EvaluationFailed."""

    @classmethod
    async def start(
        cls, locations: Locations, *, with_learning_curve: bool = False, test: Path | None = None
    ) -> EvaluationProcess:
        """Start evaluating an intents file, or its model on a test file; raises nothing."""
        more = ["--intents", str(locations.intents), "--model", str(locations.model)]
        more += [] if test is None else ["--test", str(test)]
        return await cls.begin(EVALUATION, more + ["--learning-curve"] * with_learning_curve)
