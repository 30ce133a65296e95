"""How well does a small bot understand people, and how steady is it, compared with others?

    python benchmarks/bots.py FOLDER... [--seeds 3] [--systems ours,tfidf,minilm,e5] \
        [--write docs/benchmarks.md]

A folder holds bots as JSON: `train` and `test` are lists of [text, intent], `oos` lists messages
that are out of scope, [text, …] or text; a file's name begins with its language. A bot without
out-of-scope messages of its own is asked those of the other bots in its language. Every figure is a
mean over bots, of means over training seeds. Nothing is tuned here.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from accuracy import Figures, auroc
from systems import NAMES, PACKAGES, SYSTEMS, Pairs, System
from tables import head, publish, row

SEEDLESS = ("tfidf", "minilm", "e5")
"""Systems that do not depend on a seed."""

LOTTERY = 0.7
"""A training that refuses at least this share of the in-scope messages is of no use."""


class Bot(NamedTuple):
    """One bot of a folder."""

    name: str
    group: str
    train: Pairs
    test: Pairs
    outside: list[str]


def read_bots(folders: list[Path]) -> list[Bot]:
    """Return the bots of folders, grouped by folder and by English or not."""
    files = [(folder.name, path) for folder in folders for path in sorted(folder.glob("*.json"))]
    contents = {path: json.loads(path.read_text(encoding="utf-8")) for _, path in files}
    own = {path: [_text(message) for message in c.get("oos", [])] for path, c in contents.items()}
    of_language: dict[str, list[str]] = defaultdict(list)
    for path, messages in own.items():
        of_language[path.name[:2]] += messages
    return [
        Bot(
            path.stem,
            f"{folder}, {'English' if path.name.startswith('en-') else 'other languages'}",
            [(text, intent) for text, intent in contents[path]["train"]],
            [(text, intent) for text, intent in contents[path]["test"]],
            own[path] or of_language[path.name[:2]],
        )
        for folder, path in files
    ]


def _text(message: str | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def measure(system: System, bot: Bot, seed: int) -> Figures:
    """Train a system on a bot and return its figures."""
    system.learn(bot.train, seed)
    answers = system.ask([text for text, _ in bot.test])
    right = np.array([a == b for a, (_, b) in zip(answers.intents, bot.test, strict=True)])
    found: Figures = {"accuracy": float(right.mean())}
    outside = system.ask(bot.outside) if bot.outside else None
    if outside is not None:
        found["AUROC"] = auroc(answers.scope, outside.scope)
    if answers.answered is not None:
        found["answered and right"] = float((answers.answered & right).mean())
        found["answered and wrong"] = float((answers.answered & ~right).mean())
        found["refused"] = float((~answers.answered).mean())
        if outside is not None and outside.answered is not None:
            found["out of scope refused"] = float((~outside.answered).mean())
    if answers.offered is not None:
        pairs = zip(answers.offered, bot.test, strict=True)
        found["refused, and meant by an offer"] = float(
            np.mean([intent in offered for offered, (_, intent) in pairs])
        )
        if outside is not None and outside.offered is not None:
            found["out of scope, with offers"] = float(np.mean([bool(o) for o in outside.offered]))
    return found


def over_seeds(system: str, bot: Bot, seeds: int) -> tuple[Figures, list[Figures]]:
    """Return the means of a bot's figures over seeds, and the figures of every seed."""
    runs = [measure(SYSTEMS[system](), bot, seed) for seed in range(seeds)]
    means = {key: statistics.mean(run[key] for run in runs) for key in runs[0]}
    if "answered and right" in means:
        values = [run["answered and right"] for run in runs]
        means["spread of right over seeds"] = max(values) - min(values)
    return means, runs


def table(found: dict[tuple[str, str], list[Figures]], groups: list[str]) -> list[str]:
    """Return the Markdown table: a row a figure and group, a column a system."""
    systems = list(dict.fromkeys(system for system, _ in found))
    rows = list(dict.fromkeys(key for runs in found.values() for run in runs for key in run))
    lines = head("", *(NAMES[system] for system in systems))
    for group in groups:
        for figure in rows:
            cells = []
            for system in systems:
                values = [run[figure] for run in found[system, group] if figure in run]
                cells.append(f"{100 * statistics.mean(values):.1f}" if values else "")
            lines.append(row(f"{group}: {figure}, %", *cells))
    return lines


def main() -> None:
    """Measure every system that is installed and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--systems", default="ours,tfidf,minilm,e5")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    bots = read_bots(options.folders)
    groups = list(dict.fromkeys(bot.group for bot in bots))
    found: dict[tuple[str, str], list[Figures]] = defaultdict(list)
    trainings = useless = 0
    for system in options.systems.split(","):
        if system in PACKAGES and importlib.util.find_spec(PACKAGES[system]) is None:
            print(f"{system}: left out, {PACKAGES[system]} is not installed", file=sys.stderr)
            continue
        for bot in bots:
            means, runs = over_seeds(system, bot, 1 if system in SEEDLESS else options.seeds)
            found[system, bot.group].append(means)
            if system == "ours":
                trainings += len(runs)
                useless += sum(run["refused"] >= LOTTERY for run in runs)
            shown = ", ".join(f"{key} {100 * value:.1f}" for key, value in means.items())
            print(f"{system} {bot.name}: {shown}", file=sys.stderr, flush=True)
    lines = table(found, groups)
    if trainings:
        lines += [
            "",
            f"Trainings of this program that refuse at least {LOTTERY:.0%} of the in-scope "
            f"messages: {useless} of {trainings}.",
        ]
    publish(lines, options.write, "small and public bots", "bots")


if __name__ == "__main__":
    main()
