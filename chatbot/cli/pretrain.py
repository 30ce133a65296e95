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
from chatbot.common import _

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
@option("--work", type=FILE, help="Folder for unfinished work; needed without --base.")
@option(
    "--start", type=FILE, help="Folder of unfinished work of an earlier run, to go on from its end."
)
@option(
    "--base",
    type=FILE,
    help="Keep the network of this base; only its projections and when to answer are learned, from "
    "practice bots that are new to it.",
)
@option("--out", type=FILE, required=True, help="Folder of the new base.")
@option("--epochs", type=click.IntRange(1), default=15, show_default=True)
@option("--learning-rate", type=click.FloatRange(0, min_open=True), help="Peak.")
@utf8
def pretrain(
    corpus: tuple[Path, ...],
    held_back: tuple[Path, ...],
    work: Path | None,
    start: Path | None,
    base: Path | None,
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
        if base is not None:
            _tune(corpus, held_back, base, out)
        elif work is None:
            raise click.UsageError(_("--work is needed, or --base to keep a network"))
        else:
            _learn(corpus, held_back, work, start, out, plan)


def _tune(folders: tuple[Path, ...], held_back: tuple[Path, ...], base: Path, out: Path) -> None:
    """Write a base into `out` with the network of another and what new practice bots teach it.

    Raises ModelError, PretrainingError.
    """
    from chatbot.learning.pretraining import (
        assembled,
        finished,
        practised,
        read_practice,
        without,
    )
    from chatbot.model import pretrained

    corpus = assembled(without(read_practice(folders), _json_files(held_back)))
    learned = practised.learned_by(base)
    new = practised.new_to(learned, corpus)
    text = _("{new} practice bots of {all} are new to the base")
    output.warn(text.format(new=len(new), all=len(corpus.bots)))
    before = pretrained.load(base)
    weights, sureness = finished(before.weights, corpus, new)
    pretrained.save(out, replace(before.card, sureness=sureness), weights)
    practised.record(out, learned | set(practised.names_of(corpus, new)))


def _learn(
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
        finished,
        practised,
        processes,
        read_corpus,
        targets_of,
        teachers,
        weights_of,
        without,
    )
    from chatbot.model import BaseCard, pretrained

    is_first = processes.join()
    work.mkdir(parents=True, exist_ok=True)
    corpus = assembled(without(read_corpus(folders), _json_files(held_back)))
    if is_first:
        text = _("{lines:,} lines to learn from, {bots} practice bots")
        output.warn(text.format(lines=len(corpus.texts), bots=len(corpus.bots)))
        for done in teachers.embed(corpus, work):
            output.warn(done)
    processes.wait()
    targets = targets_of(*teachers.embeddings(corpus, work), corpus.languages)
    supervising, kept = practised.supervised(corpus)
    course = Course(replace(corpus, bots=supervising), targets, work, plan, start)
    for progress in course.run():
        if is_first:
            output.warn(_line(progress))
    if not is_first:
        return
    weights, sureness = finished(weights_of(course), corpus, kept)
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
        sureness=sureness,
        weights="",
        weights_sha256="",
    )
    card = pretrained.save(out, card, weights)
    practised.record(out, set(practised.names_of(corpus, corpus.bots)))
    text = _("{file}: held-out cosines to the teachers {cosines}")
    cosines = card.held_out_cosines
    output.say(text.format(file=out / card.weights, cosines=cosines))


def _json_files(paths: tuple[Path, ...]) -> list[Path]:
    found = [sorted(path.rglob("*.json")) if path.is_dir() else [path] for path in paths]
    return [file for files in found for file in files]


def _line(progress: Progress) -> str:
    held_out = ""
    if progress.held_out is not None:
        first, second = progress.held_out
        held_out = _(", held out {first:.4f} and {second:.4f}").format(first=first, second=second)
    return _(
        "epoch {epoch}/{epochs}, step {step:,}/{steps:,}: cosines {first:.4f} and {second:.4f}"
        "{held_out}, {minutes:.0f} min left"
    ).format(
        epoch=progress.epoch,
        epochs=progress.epochs,
        step=progress.step,
        steps=progress.steps,
        first=progress.e5_cosine,
        second=progress.minilm_cosine,
        held_out=held_out,
        minutes=progress.eta_seconds / 60,
    )
