r"""Do the shares name the words on which answer and state depend, compared with other methods?

    python benchmarks/faithfulness.py --train clinc150/train_full.json \
        --test clinc150/evaluation.json:test [--messages 500] [--words 4-14] [--seed 0] \
        [--model FOLDER] [--target logit] [--norm 1] [--write docs/benchmarks.md]

Words are removed from test messages, highest ranked first, and the network reads the rest: twice,
with the words deleted, and with the unknown word in their places. Data sets are as in
`accuracy.py`; with --model nothing is trained. Integrated gradients are left out where captum is
not installed (`pip install ".[benchmarks]"`).
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np
import torch
from accuracy import read_pairs
from attributions import Case, Methods, Target
from deletion import REMOVALS, Score, bootstrap, bounds_of, remains_of, score
from systems import Ours, Pairs
from tables import head, publish, row

from chatbot.insight import EXACT_WORDS, game_of
from chatbot.model import IntentClassifier
from chatbot.model import files as model_files
from chatbot.network import Recurrent
from chatbot.words import words

NAOPC_GOAL = 0.97
SUM_GOAL = 1e-5
PARITY = 1e-5
"""Most that torch and NumPy may differ, in any unit and any logit."""

NAMES = {"logit": "centred logit", "log-probability": "log-probability"}
OURS = "exact shares (ours)"
COLUMNS = {
    "comprehensiveness": "comp. ↑",
    "sufficiency": "suff. ↓",
    "aopc": "AOPC ↑",
    "naopc": "normalised ↑",
    "state_aopc": "state-AOPC ↑",
    "state_naopc": "normalised ↑",
    "rho": "ρ ↑",
}


class Chosen(NamedTuple):
    """A test message."""

    words: tuple[str, ...]
    intent: str


class Results(NamedTuple):
    """What was measured; every list has one entry per message."""

    scores: dict[tuple[str, str], list[Score]]
    """By removal and method."""
    best: dict[str, list[tuple[float, float]]]
    """By removal: AOPC and state-AOPC of the best order."""
    worst: dict[str, list[tuple[float, float]]]
    errors: dict[str, list[float]]
    """By method: how far its values are from the sum that it promises."""
    disagreement: list[float]
    """Of torch with NumPy."""
    right: list[bool]


def choose(pairs: Pairs, count: int, shortest: int, longest: int, seed: int) -> list[Chosen]:
    """Draw messages of so many words."""
    read = [Chosen(tuple(words(text)), intent) for text, intent in pairs]
    fitting = [message for message in read if shortest <= len(message.words) <= longest]
    order = np.random.default_rng(seed).permutation(len(fitting))[:count]
    return [fitting[i] for i in order.tolist()]


def measure(methods: Methods, messages: list[Chosen], seed: int) -> Results:
    """Let every method rank the words of every message, and take them away."""
    results = Results(defaultdict(list), defaultdict(list), defaultdict(list),
                      defaultdict(list), [], [])  # fmt: skip
    rng = np.random.default_rng(seed)
    started = time.perf_counter()
    for done, message in enumerate(messages, start=1):
        _measure_one(methods, message, rng, results)
        if done % 25 == 0:
            passed = time.perf_counter() - started
            print(f"{done} of {len(messages)}, {passed:.0f} s", file=sys.stderr, flush=True)
    return results


def _measure_one(
    methods: Methods, message: Chosen, rng: np.random.Generator, results: Results
) -> None:
    recurrent, classifier = methods.recurrent, methods.classifier
    game = game_of(recurrent, classifier, message.words)
    state = recurrent.read(message.words)[-1].hidden
    intent = int(classifier.logits(state).argmax())
    case = Case(message.words, state, game, intent, rng)
    results.right.append(classifier.intents[intent] == message.intent)
    results.disagreement.append(methods.disagreement(case))
    said = {name: method(case) for name, method in methods.by_name.items()}
    for name, scores in said.items():
        if scores.error is not None:
            results.errors[name].append(scores.error)
    for removal, remove in REMOVALS.items():
        remains = remains_of(*remove(recurrent, classifier, message.words), methods.temperature)
        bounds = bounds_of(remains)
        results.best[removal].append((bounds.answer[1], bounds.state[1]))
        results.worst[removal].append((bounds.answer[0], bounds.state[0]))
        for name, scores in said.items():
            found = score(scores.answer, scores.state, remains, bounds)
            results.scores[removal, name].append(found)


def column(scores: list[Score], metric: str) -> np.ndarray:
    """Return one figure of all messages, (messages,)."""
    return np.array([getattr(found, metric) for found in scores])


def table(results: Results, removal: str) -> list[str]:
    """Return the Markdown table of one removal: a row a method; normalised with its interval."""
    lines = head("", *COLUMNS.values())
    for (of_removal, name), scores in results.scores.items():
        if of_removal != removal:
            continue
        cells = []
        for metric in COLUMNS:
            values = column(scores, metric)
            low, high = bootstrap(values)
            interval = f" [{low:.3f}, {high:.3f}]" if metric.endswith("naopc") else ""
            cells.append(f"{values.mean():.3f}{interval}")
        lines.append(row(name, *cells))
    for name, limits in (("best order there is", results.best), ("worst", results.worst)):
        aopc, state = np.mean(limits[removal], axis=0)
        normalised = "1" if limits is results.best else "0"
        figures = (f"{aopc:.3f}", normalised, f"{state:.3f}", normalised)
        lines.append(row(f"*{name}*", "", "", *figures, ""))
    return lines


def verdicts(results: Results) -> list[str]:
    """Return the goals with what was measured, one line each."""
    lines = []
    for removal in REMOVALS:
        naopc = {
            name: column(scores, "naopc")
            for (of_removal, name), scores in results.scores.items()
            if of_removal == removal
        }
        mine = naopc[OURS]
        second = max((n for n in naopc if "(ours)" not in n), key=lambda n: naopc[n].mean())
        low, high = bootstrap(mine - naopc[second])
        is_first = mine.mean() > naopc[second].mean()
        lines.append(
            f"- words {removal}: normalised AOPC of the exact shares {mine.mean():.3f}, goal "
            f"{NAOPC_GOAL}: {_met(mine.mean() >= NAOPC_GOAL)}; first of all methods: "
            f"{_met(is_first)}, {np.mean(mine - naopc[second]):+.3f} [{low:+.3f}, {high:+.3f}] "
            f"to {second}"
        )
    for name, errors in results.errors.items():
        if "(ours)" in name:
            lines.append(
                f"- {name}: largest difference between the sum of the shares and the state, over "
                f"all units, {max(errors):.1e}, goal {SUM_GOAL:.0e}: {_met(max(errors) < SUM_GOAL)}"
            )
        else:
            lines.append(
                f"- {name}: convergence delta {np.mean(errors):.1e} in the mean, "
                f"{max(errors):.1e} at most"
            )
    return lines


def _met(is_met: bool) -> str:
    return "met" if is_met else "missed"


def network_of(options: argparse.Namespace) -> tuple[Recurrent, IntentClassifier, str]:
    """Return the network that is explained, and a sentence on where it comes from."""
    folder, comes_from = options.model, "A trained model was given."
    if folder is None:
        ours, pairs = Ours(), read_pairs(options.train)
        ours.learn(pairs, options.seed)
        folder = ours.model
        comes_from = f"Trained on the {len(pairs)} pairs of {Path(options.train).stem}."
    model = model_files.load(folder)
    classifier = IntentClassifier(model.weights, model.card.intents, model.card.calibration)
    return Recurrent(model.weights), classifier, comes_from


def main() -> None:
    """Measure and print two tables and the goals."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--train", help="left out with --model")
    parser.add_argument("--test", required=True)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--words", default="4-14")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", choices=get_args(Target), default="logit")
    parser.add_argument("--norm", type=int, choices=(1, 2), default=1, help="of the state's values")
    parser.add_argument("--name", default="CLINC150")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    if (options.train is None) == (options.model is None):
        parser.error("--train or --model is needed, one of them")
    shortest, longest = map(int, options.words.split("-"))
    if not 2 <= shortest <= longest <= EXACT_WORDS:
        parser.error(f"--words must lie between 2 and {EXACT_WORDS}")
    torch.set_num_threads(1)
    recurrent, classifier, comes_from = network_of(options)
    methods = Methods(recurrent, classifier, options.target, options.norm)
    if importlib.util.find_spec("captum") is None:
        print("integrated gradients: left out, captum is not installed", file=sys.stderr)
        for name in [name for name in methods.by_name if name.startswith("integrated")]:
            del methods.by_name[name]
    messages = choose(read_pairs(options.test), options.messages, shortest, longest, options.seed)
    results = measure(methods, messages, options.seed)
    if max(results.disagreement) > PARITY:
        raise SystemExit(f"torch and NumPy disagree by {max(results.disagreement):.1e}")
    lines = [
        f"{comes_from} {len(messages)} test messages of {shortest} to {longest} words, "
        f"{np.mean([len(m.words) for m in messages]):.1f} in the mean, "
        f"{np.mean(results.right):.1%} of them answered rightly. All methods explain the "
        f"{NAMES[options.target]} of the answer, and take the L{options.norm} norm over the units.",
    ]
    for removal in REMOVALS:
        lines += ["", f"Words {removal}:", "", *table(results, removal)]
    lines += ["", *verdicts(results)]
    lines.append(f"- torch and NumPy agree to {max(results.disagreement):.1e}")
    publish(lines, options.write, options.name, "faithfulness")


if __name__ == "__main__":
    main()
