r"""Are two questions in one message both answered, and is one question left whole?

    python benchmarks/two_questions.py [--others FOLDER...] [--intents FILE --model DIR] \\
        [--write docs/benchmarks.md]

`contrasts/two_questions.json` holds messages to the default bot with two questions, each with the
intents of both, written before the rule that cuts them was chosen by them. What is said in the
other contrasts is one question each, and so is what is said there instead: negated, or turned
round. FOLDERs hold bots as for bots.py, whose test messages are one question each too: their bots
are trained first.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from bots import read_bots
from systems import Ours
from tables import head, publish, row

from chatbot.conversation import Chatbot

ROOT = Path(__file__).resolve().parents[1]
CONTRASTS = ROOT / "benchmarks" / "contrasts"


def read(name: str) -> list[dict[str, Any]]:
    """Return what a file of contrasts holds."""
    found: list[dict[str, Any]] = json.loads((CONTRASTS / f"{name}.json").read_text("utf-8"))
    return found


def parts(bot: Chatbot, message: str) -> tuple[str, ...]:
    """Return the intents of the parts that a message is answered in; none if it is whole."""
    return tuple(part.prediction.intent for part in bot.reply(message).parts)


def main() -> None:
    """Ask everything and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--others", type=Path, nargs="*", default=[])
    parser.add_argument("--intents", type=Path, default=ROOT / "intents.json")
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "intents")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    bot = Chatbot.load(options.intents, options.model)
    two = read("two_questions")
    found = [(parts(bot, each["message"]), (each["first"], each["second"])) for each in two]
    contrasts = [each for name in ("negation", "near_misses") for each in read(name)]
    both = sum(a == b for a, b in found)
    otherwise = sum(bool(a) and a != b for a, b in found)
    lines = [
        *head("", "messages", "both answered", "cut, but otherwise", "not cut"),
        row("two questions", len(two), both, otherwise, sum(not a for a, _ in found)),
    ]
    for name, key in (
        ("one question, the default bot", "said"),
        ("the same, negated or turned round", "instead"),
    ):
        cut = sum(bool(parts(bot, each[key])) for each in contrasts)
        lines.append(row(name, len(contrasts), "", cut, len(contrasts) - cut))
    cut = count = 0
    for other in read_bots(options.others):
        ours = Ours()
        ours.learn(other.train, 0)
        count += len(other.test)
        cut += sum(bool(parts(ours.bot, message)) for message, _ in other.test)
    if count:
        lines.append(row("one question, other bots", count, "", cut, count - cut))
    publish(lines, options.write, "two questions", "two_questions")


if __name__ == "__main__":
    main()
