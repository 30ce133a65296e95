"""Which practice bots a base has learned from, and which are new to it.

Those that are new teach what a base cannot learn from bots that it knows by heart: which directions
of its states tell intents apart (`tuning`), and how sure is sure enough (`sure_enough`).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence, Set
from pathlib import Path

from chatbot.common import write_atomically
from chatbot.learning.data import Indices
from chatbot.learning.pretraining.corpus import Corpus
from chatbot.learning.pretraining.errors import PretrainingError

EVERY = 6
"""Of so many practice bots one is kept from the base."""

NAME = "practised.json"
"""In a base's folder: the names of the practice bots that it has learned from, in order."""

Names = Set[int]
"""Practice bots by the CRC-32 of their first message."""

Bots = tuple[Indices, ...]
"""The lines of each."""


def names_of(corpus: Corpus, bots: Sequence[Indices]) -> list[int]:
    """Return the names of practice bots."""
    return [name_of(corpus.texts[bot[0]]) for bot in bots]


def name_of(first_message: str) -> int:
    """Return the name of the practice bot that begins with a message."""
    return zlib.crc32(first_message.encode())


def supervised(corpus: Corpus) -> tuple[Bots, Bots]:
    """Return the practice bots that supervise a base, and one in `EVERY` that is kept from it.

    Its first message says which: a bot that was kept from an earlier run is kept from those that go
    on from it, whatever bots have joined.
    """
    names = set(names_of(corpus, corpus.bots))
    kept = {name for name in names if name % EVERY == 0}
    return _named(corpus, names - kept), _named(corpus, kept)


def new_to(learned: Names, corpus: Corpus) -> Bots:
    """Return the practice bots whose names are not among the learned ones.

    Raises PretrainingError when there are too few: each half of them judges what the other teaches.
    """
    new = _named(corpus, set(names_of(corpus, corpus.bots)) - learned)
    if len(new) < 2:
        raise PretrainingError(
            f"the base has learned from all practice bots of the corpus but {len(new)}: write new "
            "ones, two at least (corpus/README.md says how)"
        )
    return new


def learned_by(base: Path) -> Names:
    """Return the names of the bots that the base in a folder has learned from.

    Raises PretrainingError when the folder does not say.
    """
    path = base / NAME
    try:
        return frozenset(int(name) for name in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise PretrainingError(
            f"{path}: cannot be read ({error}). It says which practice bots the base has learned "
            "from; `chatbot pretrain` without --base writes one"
        ) from error


def record(base: Path, names: Names) -> None:
    """Write into a base's folder which practice bots it has learned from. Raises OSError."""
    write_atomically(base / NAME, f"{json.dumps(sorted(names))}\n".encode())


def _named(corpus: Corpus, names: Names) -> Bots:
    of_bots = names_of(corpus, corpus.bots)
    return tuple(bot for bot, name in zip(corpus.bots, of_bots, strict=True) if name in names)
