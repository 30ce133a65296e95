r"""How accurate is it, how reliable is its "I don't know", and how fast, compared with others?

    python benchmarks/accuracy.py --name "CLINC150, 10 per intent" \
        --train clinc150/train_10shot.json --test clinc150/evaluation.json:test \
        --oos-test clinc150/evaluation.json:oos_test [--seeds 3] [--systems ours,tfidf] \
        [--write docs/benchmarks.md]

A data set is a JSON list of [text, intent] pairs; FILE:KEY takes the list under a key. Every system
and seed runs in a process of its own, on one thread. Nothing is tuned here: --validation and
--oos-validation are measured instead of the test parts while a setting is being chosen.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from systems import NAMES, PACKAGES, SYSTEMS, Answers, Ours, Pairs, System
from tables import head, publish, row

from chatbot.model import expected_calibration_error
from chatbot.words import words

BARE = re.compile(r"[^\w\s']")
TIMED = 500
"""Messages whose time is taken, each on its own and for the first time."""

Figures = dict[str, float]


def read_pairs(source: str) -> Pairs:
    """Return the pairs of FILE or FILE:KEY."""
    path, _, key = source.partition(".json:")
    data = json.loads(Path(path + ".json" if key else source).read_text(encoding="utf-8"))
    return [(text, intent) for text, intent in (data[key] if key else data)]


def auroc(inside: np.ndarray, outside: np.ndarray) -> float:
    """Return the chance that an in-scope message scores above an out-of-scope one; ties half."""
    values = np.concatenate([inside, outside])
    _, index, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[index]
    n, m = len(inside), len(outside)
    return float((ranks[:n].sum() - n * (n + 1) / 2) / (n * m))


def macro_f1(said: list[str], true: list[str]) -> float:
    """Return F1 averaged over the intents of the test set."""
    scores = []
    for intent in set(true):
        both = sum(s == t == intent for s, t in zip(said, true, strict=True))
        scores.append(2 * both / (said.count(intent) + true.count(intent)))
    return statistics.mean(scores)


def typos(text: str, rng: random.Random) -> str:
    """Return the text with one typo in a third of its words: swapped, lost, doubled or wrong."""
    parts = re.split(r"(\w+)", text)
    for i in range(1, len(parts), 2):
        word = parts[i]
        if len(word) < 3 or rng.random() >= 1 / 3:
            continue
        at = rng.randrange(len(word) - 1)
        kind = rng.randrange(4)
        if kind == 0:
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        elif kind == 1:
            word = word[:at] + word[at + 1 :]
        elif kind == 2:
            word = word[:at] + word[at] + word[at:]
        else:
            word = word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]
        parts[i] = word
    return "".join(parts)


def half(text: str) -> str:
    """Return the first half of the words, rounded up."""
    read = words(text)
    return " ".join(read[: (len(read) + 1) // 2])


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "typos": typos,
    "upper case": lambda text, rng: text.upper(),
    "no punctuation": lambda text, rng: BARE.sub(" ", text),
    "half the words": lambda text, rng: half(text),
}


def measure(system: str, seed: int, train: Pairs, test: Pairs, oos: Pairs) -> Figures:
    """Train one system and return its figures."""
    started = time.perf_counter()
    under_test = SYSTEMS[system]()
    under_test.learn(train, seed)
    seconds = time.perf_counter() - started
    texts, true = [text for text, _ in test], [intent for _, intent in test]
    under_test.ask(texts[:1])  # what the first message sets up is set up now
    times = [seconds_of(under_test, text) for text in texts[:TIMED]]
    answers = under_test.ask(texts)
    right = np.array([s == t for s, t in zip(answers.intents, true, strict=True)])
    found: Figures = {
        "accuracy": float(right.mean()),
        "macro F1": macro_f1(answers.intents, true),
        "calibration error": expected_calibration_error(answers.confidence, right),
        "training s": seconds,
        "ms per message, median": statistics.median(times) * 1e3,
    }
    outside = under_test.ask([text for text, _ in oos]) if oos else None
    found |= scope_figures(answers, right, outside)
    rng = random.Random(seed)
    for name, change in CHANGES.items():
        changed = under_test.ask([change(text, rng) for text in texts])
        still = np.array([s == t for s, t in zip(changed.intents, true, strict=True)])
        found[name] = float(still.mean())
        if name == "half the words":
            found["half: calibration error"] = expected_calibration_error(changed.confidence, still)
    found["memory MB"] = (
        chatting_memory(under_test)
        if isinstance(under_test, Ours)
        else _peak_megabytes(Path("/proc/self/status").read_text())
    )
    return found


def seconds_of(system: System, text: str) -> float:
    """Return how long one message takes."""
    started = time.perf_counter()
    system.ask([text])
    return time.perf_counter() - started


def scope_figures(answers: Answers, right: np.ndarray, outside: Answers | None) -> Figures:
    """Return how well out-of-scope messages are recognised, and with our threshold."""
    found: Figures = {}
    if outside is not None:
        found["AUROC"] = auroc(answers.scope, outside.scope)
    if answers.answered is not None:
        found["in scope: answered and right"] = float((answers.answered & right).mean())
        found["in scope: answered and wrong"] = float((answers.answered & ~right).mean())
        if outside is not None and outside.answered is not None:
            found["out-of-scope recall"] = float((~outside.answered).mean())
    return found


def chatting_memory(ours: Ours) -> float:
    """Return the peak memory (MB) of a process that chats with the model and does nothing else."""
    code = (
        "import sys; from pathlib import Path; from chatbot.conversation.bot import Chatbot\n"
        "bot = Chatbot.load(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "[bot.reply(message) for message in ['what time is it', 'hello there'] * 50]\n"
        "print(Path('/proc/self/status').read_text())"
    )
    command = [sys.executable, "-c", code, str(ours.file), str(ours.model)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return _peak_megabytes(done.stdout)


def _peak_megabytes(status: str) -> float:
    """Return the peak memory in a process's status (Linux).

    `getrusage` would not do: a child begins with the peak of its parent.
    """
    return float(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def in_own_process(system: str, seed: int, options: argparse.Namespace) -> Figures:
    """Measure one system and seed in a fresh process."""
    command = [sys.executable, __file__, "--one", system, "--seed", str(seed)]
    command += ["--train", options.train, "--test", options.test]
    if options.oos_test:
        command += ["--oos-test", options.oos_test]
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env={**os.environ, **threads}
    )
    if done.returncode:
        raise SystemExit(f"{system}: {done.stderr}")
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def table(results: dict[str, list[Figures]]) -> list[str]:
    """Return the Markdown table: a row a figure, a column a system; mean ± spread over seeds."""
    rows = dict.fromkeys(key for runs in results.values() for run in runs for key in run)
    lines = head("", *(NAMES[system] for system in results))
    for figure in rows:
        cells = []
        for runs in results.values():
            values = [run[figure] for run in runs if figure in run]
            cells.append(_mean_and_spread(figure, values) if values else "")
        lines.append(row(figure, *cells))
    return lines


def _mean_and_spread(figure: str, values: list[float]) -> str:
    mean, spread = statistics.mean(values), statistics.pstdev(values)
    if figure in ("training s", "memory MB"):
        return f"{mean:.0f}"
    if figure == "ms per message, median":
        return f"{mean:.2f}"
    return f"{mean:.3f}" + (f" ± {spread:.3f}" if len(values) > 1 else "")


def main() -> None:
    """Measure every system that is installed and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--name", default="")
    parser.add_argument("--train", required=True)
    parser.add_argument("--test")
    parser.add_argument("--oos-test")
    parser.add_argument("--validation")
    parser.add_argument("--oos-validation")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--write", type=Path)
    parser.add_argument("--one", choices=SYSTEMS, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.test = options.validation or options.test
    options.oos_test = options.oos_validation or options.oos_test
    if not options.test:
        parser.error("--test or --validation is needed")
    if options.one:
        oos = read_pairs(options.oos_test) if options.oos_test else []
        train, test = read_pairs(options.train), read_pairs(options.test)
        print(json.dumps(measure(options.one, options.seed, train, test, oos)))
        return
    results: dict[str, list[Figures]] = {}
    for system in options.systems.split(","):
        if system in PACKAGES and importlib.util.find_spec(PACKAGES[system]) is None:
            print(f"{system}: left out, {PACKAGES[system]} is not installed", file=sys.stderr)
            continue
        # Peers that do not depend on a seed would only be measured again.
        seeds = 1 if system in ("tfidf", "minilm", "e5") else options.seeds
        results[system] = [in_own_process(system, seed, options) for seed in range(seeds)]
        print(f"{system}: {results[system]}", file=sys.stderr, flush=True)
    name = options.name or Path(options.train).stem
    publish(table(results), options.write, name, "accuracy")


if __name__ == "__main__":
    main()
