"""The command `pretrain`: from a corpus to a base, in steps that may be interrupted.

The function imports what it needs (start-up).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chatbot.cli.options import FILE, explained, utf8

if TYPE_CHECKING:
    from chatbot.learning.pretraining import Plan, Progress


@click.command()
@click.option("--corpus", type=FILE, required=True, help="One sentence per line; .gz is read too.")
@click.option("--work", type=FILE, required=True, help="Folder for unfinished work.")
@click.option("--out", type=FILE, required=True, help="Folder of the new base.")
@click.option("--epochs", type=click.IntRange(1), default=20, show_default=True)
@utf8
def pretrain(corpus: Path, work: Path, out: Path, epochs: int) -> None:
    """Make a pretrained base, as models/base was made. Takes an hour.

    After an interruption, call it again to continue. Needs the extra "pretraining". Neither
    chatting nor retraining needs this command.
    """
    from chatbot.learning.pretraining import Plan

    with explained():
        _run(corpus, work, out, Plan(epochs=epochs))


def _run(corpus: Path, work: Path, out: Path, plan: Plan) -> None:
    """Pretrain and write the base into `out`; unfinished work stays in `work` for the next call.

    Raises PretrainingError.
    """
    from chatbot.learning.pretraining import Distillation, lines_of, read_corpus, teacher
    from chatbot.model import BaseCard, pretrained

    work.mkdir(parents=True, exist_ok=True)
    lines = lines_of(read_corpus(corpus))
    _say(f"{len(lines):,} lines to learn from")
    for done in teacher.embed(lines, work):
        _say(f"teacher: {done:,} of {len(lines):,} lines")
    distillation = Distillation(lines, teacher.embeddings(len(lines), work), work, plan)
    for progress in distillation.epochs():
        _say(_line(progress))
    card = BaseCard(
        cell="gru",
        word_size=plan.word_size,
        hidden_size=plan.hidden_size,
        features=distillation.table.size,
        embedding_size=teacher.SIZE,
        teacher=teacher.NAME,
        lines=len(distillation.learned),
        epochs=plan.epochs,
        held_out_cosine=round(distillation.held_out_cosine(), 4),
        weights="",
        weights_sha256="",
    )
    card = pretrained.save(out, card, distillation.weights())
    print(f"{out / card.weights}: held-out cosine to the teacher {card.held_out_cosine}")


def _line(progress: Progress) -> str:
    held_out = progress.held_out_cosine
    return (
        f"epoch {progress.epoch}/{progress.epochs}, step {progress.step:,}/{progress.steps:,}: "
        f"cosine {progress.cosine:.4f}"
        + (f", held out {held_out:.4f}" if held_out is not None else "")
        + f", {progress.eta_seconds / 60:.0f} min left"
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
