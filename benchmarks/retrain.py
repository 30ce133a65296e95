"""Is a warm retrain after a small edit as good as a full one, and how much faster?

For each seed and each kind of edit: 15 % of the patterns are never learned. A model learns the rest
as it was before the edit; then the edited file is learned both ways, and both are asked the
patterns that none has seen. Without the base: on it, only a layer is fitted, always to all
patterns, and there is no warm retrain. `python benchmarks/retrain.py [--seeds 3] [--intents FILE]`
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from chatbot.common import bundled
from chatbot.intents import Intent, Intents
from chatbot.learning import Earlier, Settings, Trained, train
from chatbot.learning.job import card_of
from chatbot.model import IntentClassifier, Model
from chatbot.network import Recurrent
from chatbot.opening import read_intents
from chatbot.words import words

ROOT = Path(__file__).resolve().parents[1]
Texts = dict[str, list[str]]
"""Patterns by their intent's tag."""


@dataclass(frozen=True)
class Score:
    """What one model answers to messages that it has not learned."""

    accuracy: float
    """Share of the unseen patterns whose likeliest intent is right, at any confidence."""
    answered: float
    """Share that is answered correctly, which means in scope too."""
    refused: float
    """Share of the shipped background that gets the fallback."""
    seconds: float


def main() -> None:
    """Print one line per edit and seed, then the means and the paired difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--intents", type=Path, default=ROOT / "intents.json")
    parser.add_argument("--seeds", type=int, default=3)
    options = parser.parse_args()
    file = read_intents(options.intents).intents
    print(f"a process that only imports torch: {seconds_of('-c', 'import torch'):.1f} s")
    for way, seconds in from_start_to_end(options.intents).items():
        print(f"`chatbot train` after one more pattern, {way}: {seconds:.1f} s from start to end")
    scores: dict[str, list[tuple[Score, Score]]] = {}
    for seed in range(options.seeds):
        for name, full, warm in compared(file, seed):
            scores.setdefault(name, []).append((full, warm))
            print(f"seed {seed}  {name:16}  full {shown(full)}   warm {shown(warm)}", flush=True)
    for name, pairs in [*scores.items(), ("all", [p for group in scores.values() for p in group])]:
        full, warm = (mean([pair[way] for pair in pairs]) for way in (0, 1))
        print(f"mean    {name:16}  full {shown(full)}   warm {shown(warm)}")
    every = [pair for group in scores.values() for pair in group]
    gaps = np.array([warm.accuracy - full.accuracy for full, warm in every])
    error = gaps.std(ddof=1) / np.sqrt(len(gaps)) if len(gaps) > 1 else float("nan")
    print(f"accuracy, warm minus full: {gaps.mean():+.4f} ± {error:.4f} (standard error)")


def compared(file: Intents, seed: int) -> Iterator[tuple[str, Score, Score]]:
    """Yield each edit's name and the scores of a full and of a warm retrain."""
    rng = np.random.default_rng(seed)
    known, unseen = {}, {}
    for intent in file.trainable:
        patterns = rng.permutation(np.array(intent.patterns, dtype=object)).tolist()
        kept_back = max(1, round(0.15 * len(patterns)))
        unseen[intent.tag], known[intent.tag] = patterns[:kept_back], patterns[kept_back:]
    settings = Settings(seed=seed, use_base=False)
    for name, edit in EDITS.items():
        before, after, asked = edit(known, unseen, rng)
        earlier = finished(intents_of(before), settings, None)[0]
        fresh = finished(intents_of(after), settings, None)
        gone_on = finished(intents_of(after), settings, Earlier(earlier, intents_of(before)))
        assert gone_on[0].card.warm_retrains == 1, "the edit was not small"
        yield name, score(*fresh, asked), score(*gone_on, asked)


def finished(intents: Intents, settings: Settings, earlier: Earlier | None) -> tuple[Model, float]:
    """Return the trained model and the seconds that it took."""
    started = time.perf_counter()
    *_, trained = train(intents, settings, earlier=earlier)
    seconds = time.perf_counter() - started
    assert isinstance(trained, Trained)
    return Model(card_of(intents, trained, settings), trained.weights), seconds


def score(model: Model, seconds: float, asked: Texts) -> Score:
    """Ask a model the unseen patterns and the background."""
    recurrent = Recurrent(model.weights)
    classifier = IntentClassifier(model.weights, model.card.intents, model.card.calibration)

    def answer(text: str) -> tuple[str, bool]:
        prediction = classifier.predict(recurrent.read(words(text))[-1].hidden)
        return prediction.intent, prediction.in_scope

    answers = [(answer(text), tag) for tag, texts in asked.items() for text in texts]
    background = bundled("models").joinpath("background.txt").read_text(encoding="utf-8")
    return Score(
        float(np.mean([intent == tag for (intent, _), tag in answers])),
        float(np.mean([intent == tag and in_scope for (intent, in_scope), tag in answers])),
        float(np.mean([not answer(line)[1] for line in background.splitlines()])),
        seconds,
    )


def add_a_pattern(known: Texts, unseen: Texts, rng: np.random.Generator) -> tuple[Texts, ...]:
    """One intent gets one more pattern."""
    tag = chosen(known, rng)
    return {**known, tag: known[tag][1:]}, known, unseen


def add_an_intent(known: Texts, unseen: Texts, rng: np.random.Generator) -> tuple[Texts, ...]:
    """An intent of eight patterns is new."""
    tag = chosen({t: p for t, p in known.items() if len(p) >= 8}, rng)
    return without(known, tag), {**known, tag: known[tag][:8]}, unseen


def remove_an_intent(known: Texts, unseen: Texts, rng: np.random.Generator) -> tuple[Texts, ...]:
    """An intent goes."""
    tag = chosen(known, rng)
    return known, without(known, tag), without(unseen, tag)


def rename_an_intent(known: Texts, unseen: Texts, rng: np.random.Generator) -> tuple[Texts, ...]:
    """A tag is another one."""
    tag = chosen(known, rng)
    return known, *(
        {"new name" if t == tag else t: p for t, p in x.items()} for x in (known, unseen)
    )


def rewrite_five(known: Texts, unseen: Texts, rng: np.random.Generator) -> tuple[Texts, ...]:
    """Five patterns of five intents are put in other words."""
    before, after = dict(known), dict(known)
    for tag in rng.choice(sorted(known), 5, replace=False).tolist():
        before[tag], after[tag] = known[tag][1:], known[tag][:1] + known[tag][2:]
    return before, after, unseen


EDITS: dict[str, Callable[[Texts, Texts, np.random.Generator], tuple[Texts, ...]]] = {
    "add a pattern": add_a_pattern,
    "add an intent": add_an_intent,
    "remove an intent": remove_an_intent,
    "rename an intent": rename_an_intent,
    "rewrite five": rewrite_five,
}


def chosen(among: Texts, rng: np.random.Generator) -> str:
    """Return a tag at random."""
    return str(rng.choice(sorted(among)))


def without(texts: Texts, tag: str) -> Texts:
    """Return the texts of the other intents."""
    return {t: p for t, p in texts.items() if t != tag}


def intents_of(texts: Texts) -> Intents:
    """Return an intents file's content."""
    return Intents(tuple(Intent(tag, tuple(patterns), ("-",)) for tag, patterns in texts.items()))


def mean(scores: list[Score]) -> Score:
    """Return the mean of each figure."""
    names = ("accuracy", "answered", "refused", "seconds")
    return replace(scores[0], **{n: float(np.mean([getattr(s, n) for s in scores])) for n in names})


def shown(score: Score) -> str:
    """Return a score in a few columns."""
    return (
        f"{score.accuracy:6.1%} right, {score.answered:6.1%} answered, "
        f"{score.refused:6.1%} refused, {score.seconds:4.1f} s"
    )


def from_start_to_end(path: Path) -> dict[str, float]:
    """Return the seconds of the whole command, in full and as a small edit."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "intents.json"
        shutil.copy(path, copy)
        # Another size than the base's: it is not used.
        command = ("-m", "chatbot", "train", "--hidden", "128", "--accept", "--intents", str(copy))
        seconds_of(*command)  # a model to go on from
        for way, option in (("in full", ["--full"]), ("as a small edit", [])):
            data = json.loads(copy.read_text(encoding="utf-8"))
            intent = next(i for i in data["intents"] if i["patterns"])
            intent["patterns"].append(f"one more pattern, learned {way}")
            copy.write_text(json.dumps(data), encoding="utf-8")
            seconds[way] = seconds_of(*command, *option)
    return seconds


def seconds_of(*arguments: str) -> float:
    """Return how long a Python process takes."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
