r"""Is a bot of one question per answer useful, as a file of questions and answers makes it?

    python benchmarks/faq.py --train clinc150/train_10shot.json \
        --test clinc150/evaluation.json:test --oos-test clinc150/evaluation.json:oos_test
    python benchmarks/faq.py --practice ../shared/corpus/practice

Of every intent one message is learned, drawn anew for each seed, and others are asked. From a
folder of practice bots (chatbot/learning/pretraining/practice.py) so many intents are drawn as
--intents says, and what is out of scope of their bots is asked as well. The base has learned from
such bots, so a data set that it never met says more. Nothing is tuned here.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from accuracy import read_pairs
from systems import RANKED, SYSTEMS, Pairs
from tables import head, row

from chatbot.learning.pretraining.practice import bots

ASKED = 2
"""Messages of each practice intent that are asked."""

Figures = dict[str, float]


class Trial(NamedTuple):
    """What is learned, and what is asked."""

    learned: Pairs
    asked: Pairs
    out_of_scope: list[str]


def from_practice(folder: Path, languages: str, intents: int, rng: random.Random) -> Trial:
    """Draw intents from all bots; messages that are out of scope of those bots are asked too."""
    files = [
        path
        for path in sorted(folder.glob("*.txt"))
        if not languages or path.stem.split("-")[0] in languages.split(",")
    ]
    found = [
        (f"{path.stem} {number} {name}", messages, bot.out_of_scope)
        for path in files
        for number, bot in enumerate(bots(path))
        for name, messages in bot.intents.items()
        if len(messages) > ASKED
    ]
    learned: Pairs = []
    asked: Pairs = []
    strangers: list[str] = []
    for tag, messages, out_of_scope in rng.sample(found, intents):
        first, *others = rng.sample(messages, 1 + ASKED)
        learned.append((first, tag))
        asked += [(message, tag) for message in others]
        strangers += rng.sample(out_of_scope, min(1, len(out_of_scope)))
    return Trial(learned, asked, strangers)


def from_pairs(train: str, test: str, oos: str | None, rng: random.Random) -> Trial:
    """Draw one message of every intent of a data set."""
    by_intent: dict[str, list[str]] = {}
    for text, intent in read_pairs(train):
        by_intent.setdefault(intent, []).append(text)
    learned = [(rng.choice(texts), intent) for intent, texts in by_intent.items()]
    strangers = [text for text, _ in read_pairs(oos)] if oos else []
    return Trial(learned, read_pairs(test), strangers)


def measure(system: str, seed: int, trial: Trial) -> Figures:
    """Learn one message of every intent, ask the others."""
    under_test = SYSTEMS[system]()
    started = time.perf_counter()
    under_test.learn(trial.learned, seed)
    found = {"training s": time.perf_counter() - started}
    answers = under_test.ask([text for text, _ in trial.asked])
    right = np.array([s == t for s, (_, t) in zip(answers.intents, trial.asked, strict=True)])
    found["right first"] = float(right.mean())
    among = [t in ranked for ranked, (_, t) in zip(answers.ranked, trial.asked, strict=True)]
    found[f"right among the first {RANKED}"] = float(np.mean(among))
    if answers.answered is not None:
        found["answered, right"] = float((answers.answered & right).mean())
        found["answered, wrong"] = float((answers.answered & ~right).mean())
        if trial.out_of_scope:
            outside = under_test.ask(trial.out_of_scope)
            assert outside.answered is not None
            found["out of scope, refused"] = float((~outside.answered).mean())
    return found


def rows(results: dict[str, list[Figures]]) -> Iterator[str]:
    """Yield the lines of the table: a row a figure, a column a system; means over the seeds."""
    yield from head("", *results)
    for name in dict.fromkeys(key for runs in results.values() for run in runs for key in run):
        cells = []
        for runs in results.values():
            values = [run[name] for run in runs if name in run]
            digits = 1 if name.endswith(" s") else 3
            cells.append(f"{statistics.mean(values):.{digits}f}" if values else "")
        yield row(name, *cells)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--practice", type=Path)
    parser.add_argument("--languages", default="", help="of the practice bots, like en,vi")
    parser.add_argument("--intents", type=int, default=500)
    parser.add_argument("--train")
    parser.add_argument("--test")
    parser.add_argument("--oos-test")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--systems", default="ours,tfidf")
    options = parser.parse_args()
    if (options.practice is None) == (options.train is None or options.test is None):
        parser.error("--practice, or --train and --test")
    results: dict[str, list[Figures]] = {name: [] for name in options.systems.split(",")}
    for seed in range(options.seeds):
        rng = random.Random(seed)
        if options.practice is not None:
            trial = from_practice(options.practice, options.languages, options.intents, rng)
        else:
            trial = from_pairs(options.train, options.test, options.oos_test, rng)
        for name, runs in results.items():
            runs.append(measure(name, seed, trial))
            print(name, seed, len(trial.learned), runs[-1], flush=True)
    print("\n".join(rows(results)))


if __name__ == "__main__":
    main()
