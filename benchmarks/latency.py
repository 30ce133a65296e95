"""How long does one message take, from words to reply, compared with one nn.GRU pass in torch?

Ours does everything: words, features, every step with its gates kept, ranking, reply. Torch gets
the word vectors ready-made and runs only its recurrent layer, on one thread like ours.
`python benchmarks/latency.py [--intents FILE --model DIR]`
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command line has it

import numpy as np

from chatbot.conversation import Chatbot
from chatbot.words import words

ROOT = Path(__file__).resolve().parents[1]
TWELVE = "could you please tell me what time it is right now friend"


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1e3


def report(name: str, values: list[float]) -> float:
    """Print median and 99th percentile; return the median."""
    median, p99 = np.percentile(values, [50, 99])
    print(f"{name:46} median {median:6.3f} ms   p99 {p99:6.3f} ms")
    return float(median)


def main() -> None:
    """Measure in one process, ours and torch's in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--intents", type=Path, default=ROOT / "intents.json")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "intents")
    options = parser.parse_args()
    fresh = Chatbot.load(options.intents, options.model, seed=0)
    patterns = [p for intent in fresh.intents.trainable for p in intent.patterns]
    first = [milliseconds(lambda p=p: fresh.reply(p)) for p in patterns]  # type: ignore[misc]

    import torch

    torch.set_num_threads(1)
    weights = fresh.model.weights
    gru = torch.nn.GRU(weights.word_size, weights.hidden_size, batch_first=True).eval()
    ours: list[float] = []
    theirs: list[float] = []
    with torch.inference_mode():
        for pattern in patterns * 5:
            vectors = torch.randn(1, len(words(pattern)), weights.word_size)
            theirs.append(milliseconds(lambda v=vectors: gru(v)))  # type: ignore[misc]
            ours.append(milliseconds(lambda p=pattern: fresh.reply(p)))  # type: ignore[misc]
        vectors = torch.randn(1, len(words(TWELVE)), weights.word_size)
        torch_12 = [milliseconds(lambda: gru(vectors)) for _ in range(3000)]
        ours_12 = [milliseconds(lambda: fresh.reply(TWELVE)) for _ in range(3000)]
    print(f"{len(patterns)} patterns of the file, {weights.hidden_size} units")
    report("a message, every word for the first time", first)
    mine, peer = report("a message", ours), report("torch nn.GRU forward alone", theirs)
    print(f"{'':46} {mine / peer:.2f}x torch (goal below 1)")
    mine, peer = (
        report("12 words", ours_12),
        report("torch nn.GRU forward alone, 12 words", torch_12),
    )
    print(f"{'':46} {mine / peer:.2f}x torch (goal: p99 below 2 ms)")


if __name__ == "__main__":
    main()
