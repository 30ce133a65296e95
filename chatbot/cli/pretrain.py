"""The command `pretrain`: from a corpus to a base, in steps that may be interrupted.

The functions import what they need (start-up).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli import output
from chatbot.cli.options import FILE, explained, utf8
from chatbot.cli.speaking import Command, option

if TYPE_CHECKING:
    from chatbot.learning.pretraining import Plan, Progress


@click.command(cls=Command)
@option(
    "--corpus",
    type=FILE,
    required=True,
    multiple=True,
    help="Folder with messages/, practice/, sentences/ and wordlists/; may be given repeatedly.",
)
@option(
    "--held-back",
    type=FILE,
    multiple=True,
    help="Evaluation file, or a folder of them, whose texts are not learned.",
)
@option("--work", type=FILE, required=True, help="Folder for unfinished work.")
@option(
    "--start", type=FILE, help="Folder of unfinished work of an earlier run, to go on from its end."
)
@option("--out", type=FILE, required=True, help="Folder of the new base.")
@option("--epochs", type=click.IntRange(1), default=15, show_default=True)
@option("--learning-rate", type=click.FloatRange(0, min_open=True), help="Peak.")
@utf8
def pretrain(
    corpus: tuple[Path, ...],
    held_back: tuple[Path, ...],
    work: Path,
    start: Path | None,
    out: Path,
    epochs: int,
    learning_rate: float | None,
) -> None:
    """Make a pretrained base, as models/base was made (docs/base.md). Takes minutes on a GPU.

    After an interruption, call it again to continue. On several processors or machines, let
    torchrun start it. Needs the extra "pretraining". Neither chatting nor retraining needs it.
    """
    from chatbot.learning.pretraining import Plan

    plan = Plan(epochs=epochs)
    if learning_rate is not None:
        plan = replace(plan, learning_rate=learning_rate)
    with explained():
        _run(corpus, held_back, work, start, out, plan)


def _run(
    folders: tuple[Path, ...],
    held_back: tuple[Path, ...],
    work: Path,
    start: Path | None,
    out: Path,
    plan: Plan,
) -> None:
    """Pretrain and write the base into `out`; unfinished work stays in `work` for the next call.

    Raises PretrainingError.
    """
    from chatbot.learning.pretraining import (
        Course,
        assembled,
        learned_sureness,
        processes,
        read_corpus,
        supervised,
        targets_of,
        teachers,
        weights_of,
        without,
    )
    from chatbot.model import BaseCard, pretrained

    is_first = processes.join()
    work.mkdir(parents=True, exist_ok=True)
    evaluations = [file for path in held_back for file in _json_files(path)]
    corpus = assembled(without(read_corpus(folders), evaluations))
    if is_first:
        _say(f"{len(corpus.texts):,} lines to learn from, {len(corpus.bots)} practice bots")
        for done in teachers.embed(corpus, work):
            _say(done)
    processes.wait()
    targets = targets_of(*teachers.embeddings(corpus, work), corpus.languages)
    practised, kept = supervised(corpus)
    course = Course(replace(corpus, bots=practised), targets, work, plan, start)
    for progress in course.run():
        if is_first:
            _say(_line(progress))
    if not is_first:
        return
    weights = weights_of(course)
    card = BaseCard(
        cell=weights.cell,
        word_size=weights.word_size,
        hidden_size=weights.hidden_size,
        features=len(weights.own),
        input_size=plan.input_size,
        parts=weights.parts,
        four_bits=True,
        teachers=teachers.NAMES,
        lines=len(course.learned),
        epochs=plan.epochs,
        held_out_cosines=tuple(round(cosine, 4) for cosine in course.held_out_cosines()),
        sureness=learned_sureness(weights, corpus, kept),
        weights="",
        weights_sha256="",
    )
    card = pretrained.save(out, card, weights)
    output.say(f"{out / card.weights}: held-out cosines to the teachers {card.held_out_cosines}")


def _json_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.json")) if path.is_dir() else [path]


def _line(progress: Progress) -> str:
    held_out = ""
    if progress.held_out is not None:
        held_out = ", held out {:.4f} and {:.4f}".format(*progress.held_out)
    return (
        f"epoch {progress.epoch}/{progress.epochs}, step {progress.step:,}/{progress.steps:,}: "
        f"cosines {progress.e5_cosine:.4f} and {progress.minilm_cosine:.4f}"
        f"{held_out}, {progress.eta_seconds / 60:.0f} min left"
    )


def _say(text: str) -> None:
    output.warn(text)
