"""How far a training or an evaluation is: its records so far, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from chatbot.quality import EvaluationProgress, EvaluationRecord
from chatbot.versions import Failed, Phase, Progress, Record, Saved


class Point(NamedTuple):
    """What is known of one epoch."""

    phase: Phase
    epoch: int
    loss: float
    held_out_accuracy: float | None


@dataclass(frozen=True, slots=True)
class TrainingCourse:
    """The course of one training so far; it is under way until it has an end."""

    points: tuple[Point, ...] = ()
    """One per epoch, oldest first."""
    latest: Progress | None = None
    end: Saved | Failed | None = None
    share: float | None = None
    """Done, from 0 to 1, over both phases; None before the first batch."""

    @property
    def is_running(self) -> bool:
        """Whether the training is under way."""
        return self.end is None

    @property
    def waiting(self) -> Saved | None:
        """The new model that answers worse here or there: somebody has to decide about it."""
        return self.end if isinstance(self.end, Saved) and not self.end.answers else None

    def after(self, record: Record) -> TrainingCourse:
        """Return the course with the next record. Progress after an end is a new training's."""
        if not isinstance(record, Progress):
            return replace(self, end=record)
        before = self if self.end is None else TrainingCourse()
        # By time, so that the bar and the time left agree; and never backwards, though a machine
        # that gets busy moves the end away. 1 is for the model that is saved.
        total = record.seconds + record.eta_seconds
        share = min(record.seconds / total, 0.99) if total > 0 else 0.0
        return TrainingCourse(
            points=_with_progress(before.points, record),
            latest=record,
            share=max(share, before.share or 0.0),
        )


def _with_progress(points: tuple[Point, ...], progress: Progress) -> tuple[Point, ...]:
    """Return the points with a progress record: it adds an epoch, or updates the last one."""
    if progress.phase == "reading":
        return points  # nothing is learned yet
    point = Point(progress.phase, progress.epoch, progress.loss, progress.held_out_accuracy)
    if points and points[-1][:2] == point[:2]:
        return (*points[:-1], point)
    return (*points, point)


@dataclass(frozen=True, slots=True)
class EvaluationCourse:
    """The course of one evaluation so far."""

    latest: EvaluationRecord | None = None
    """None until the process reports for the first time."""

    @property
    def is_running(self) -> bool:
        """Whether the evaluation is under way."""
        return self.latest is None or isinstance(self.latest, EvaluationProgress)
