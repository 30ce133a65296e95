"""Does the health check find patterns that are in the wrong intent?

Moves 5 % of the patterns to intents at random, several times, and counts how many of the reported
were moved and how many of the moved are reported. No model is trained: the base is asked, which has
learned no label. `python benchmarks/suspicious_labels.py [--seeds 6] [FILE ...]` (intents files, or
pairs of text and intent as JSON)
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from chatbot.intents import Intent, Intents
from chatbot.opening import read_intents
from chatbot.quality import suspicions

ROOT = Path(__file__).resolve().parents[1]
MOVED = 0.05


def main() -> None:
    """Print one line per file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", default=[ROOT / "intents.json"])
    parser.add_argument("--seeds", type=int, default=6)
    options = parser.parse_args()
    for path in options.files:
        patterns = [
            (pattern, intent.tag)
            for intent in read_intents(path).intents.trainable
            for pattern in dict.fromkeys(intent.patterns)
        ]
        tags = sorted({tag for _, tag in patterns})
        clean = len(reported(patterns))
        found = named = moved = 0
        for seed in range(options.seeds):
            rng = np.random.default_rng(seed)
            chosen = rng.choice(len(patterns), max(1, round(MOVED * len(patterns))), replace=False)
            wrong = list(patterns)
            for i in chosen.tolist():
                text, right = patterns[i]
                others = [tag for tag in tags if tag != right]
                wrong[i] = (text, others[int(rng.integers(len(others)))])
            said = reported(wrong)
            there = {wrong[i] for i in chosen.tolist()}
            found, named, moved = found + len(said & there), named + len(said), moved + len(there)
        print(
            f"{path.name}: {len(patterns)} patterns of {len(tags)} intents, {clean} reported as "
            f"they are; with {MOVED:.0%} moved: precision {found / max(named, 1):.2f}, "
            f"recall {found / moved:.2f}"
        )


def reported(patterns: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return the reported patterns with the intents that they are in."""
    by_tag: dict[str, list[str]] = {}
    for text, tag in patterns:
        by_tag.setdefault(tag, []).append(text)
    intents = Intents(tuple(Intent(tag, tuple(texts)) for tag, texts in by_tag.items()))
    return {(found.pattern, found.intent) for found in suspicions(intents)}


if __name__ == "__main__":
    main()
