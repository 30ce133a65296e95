"""How well does a bot of five patterns an intent understand each language?

    python benchmarks/by_language.py PRACTICE [--bots 6] [--write docs/benchmarks.md]

PRACTICE is a folder of practice bots, as corpus/held-out/practice. Asked are those that the base
has not learned from (models/base/practised.json). Of each up to twelve intents are learned from
five messages each, and up to nine others of each are asked.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from pathlib import Path

from systems import Ours
from tables import head, publish, row

from chatbot.common import bundled
from chatbot.learning.pretraining.practice import PracticeBot, bots
from chatbot.learning.pretraining.practised import learned_by, name_of

LEARNED, ASKED, INTENTS = 5, 9, 12

LEAST = 8
"""Intents of a bot, and messages of an intent."""


def new(folder: Path) -> dict[str, list[dict[str, list[str]]]]:
    """Return the intents of the bots that the base has not learned from, by language."""
    found: dict[str, list[dict[str, list[str]]]] = defaultdict(list)
    learned = learned_by(bundled("models") / "base")
    for file in sorted(folder.glob("*.txt")):
        for bot in bots(file):
            intents = {tag: said for tag, said in bot.intents.items() if len(said) >= LEAST}
            if len(intents) >= LEAST and name_of(_first(bot)) not in learned:
                found[file.stem.partition("-")[0]].append(intents)
    return found


def _first(bot: PracticeBot) -> str:
    return next(iter(bot.intents.values()))[0]


def right(intents: dict[str, list[str]]) -> tuple[int, int]:
    """Learn from some messages of a bot and ask others; return how many are right, of how many."""
    chance = random.Random(0)
    learned, asked = [], []
    for tag, said in list(intents.items())[:INTENTS]:
        mixed = list(said)
        chance.shuffle(mixed)
        learned += [(message, tag) for message in mixed[:LEARNED]]
        asked += [(message, tag) for message in mixed[LEARNED : LEARNED + ASKED]]
    ours = Ours()
    ours.learn(learned, 0)
    answers = [ours.bot.read(message).prediction.intent == tag for message, tag in asked]
    return sum(answers), len(answers)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("practice", type=Path)
    parser.add_argument("--bots", type=int, default=6, help="at most so many of a language")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    lines = head("language", "bots", "messages", "right, %")
    shares = []
    for language, some in sorted(new(options.practice).items()):
        results = [right(intents) for intents in some[: options.bots]]
        said, asked = (sum(column) for column in zip(*results, strict=True))
        shares.append(100 * said / asked)
        lines.append(row(language, len(results), asked, f"{shares[-1]:.1f}"))
    lines.append(row("mean", "", "", f"{sum(shares) / len(shares):.1f}"))
    publish(lines, options.write, "by language", "by_language")


if __name__ == "__main__":
    main()
