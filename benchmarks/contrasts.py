r"""Does the bot hear the difference when nearly the same words ask for something else?

    python benchmarks/contrasts.py [FILE...] [--intents FILE --model DIR] \
        [--write docs/benchmarks.md]

A file is a JSON list of pairs: `said` asks for `intent` of the default bot, `instead` uses nearly
the same words but must not be answered with that intent. In `contrasts/negation.json` it is negated
or turned round, in `contrasts/near_misses.json` it shares the key words but means something else.
A message counts as answered with an intent if that intent is ranked first and is in scope. A bot
that refuses everything is right about every `instead`, so only the last column tells: both hold.
Nothing is trained or tuned here.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import NamedTuple

from tables import head, publish, row

from chatbot.conversation import Chatbot

ROOT = Path(__file__).resolve().parents[1]
FILES = [ROOT / "benchmarks" / "contrasts" / f"{name}.json" for name in ("negation", "near_misses")]


class Contrast(NamedTuple):
    """A message that asks for an intent, and one in nearly the same words that does not."""

    said: str
    intent: str
    instead: str


def read_contrasts(path: Path) -> list[Contrast]:
    """Return the pairs of a file."""
    return [Contrast(**pair) for pair in json.loads(path.read_text(encoding="utf-8"))]


def answered_with(bot: Chatbot, message: str) -> str | None:
    """Return the intent that a message is answered with, or None for "I don't know"."""
    prediction = bot.read(message).prediction
    return prediction.intent if prediction.in_scope else None


def row_of(bot: Chatbot, name: str, contrasts: list[Contrast]) -> str:
    """Return a file's row of the table."""
    said = [answered_with(bot, pair.said) == pair.intent for pair in contrasts]
    instead = [answered_with(bot, pair.instead) != pair.intent for pair in contrasts]
    both = [a and b for a, b in zip(said, instead, strict=True)]
    shares = [f"{100 * sum(right) / len(contrasts):.0f} %" for right in (said, instead, both)]
    return row(name, len(contrasts), *shares)


def main() -> None:
    """Ask the bot every pair of every file and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="*", default=FILES)
    parser.add_argument("--intents", type=Path, default=ROOT / "intents.json")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "intents")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    bot = Chatbot.load(options.intents, options.model, seed=0)
    said, instead = "said: answered with the intent", "instead: not answered with it"
    lines = head("", "pairs", said, instead, "both")
    for path in options.files:
        lines.append(row_of(bot, path.stem.replace("_", " "), read_contrasts(path)))
    publish(lines, options.write, "negation and near misses", "contrasts")


if __name__ == "__main__":
    main()
