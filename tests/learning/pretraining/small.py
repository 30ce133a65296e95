"""A small corpus with made-up teachers, and a plan of a few seconds."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from torch import distributed

from chatbot.learning.pretraining.corpus import Corpus, Line, assembled
from chatbot.learning.pretraining.course import Course
from chatbot.learning.pretraining.plan import Plan
from chatbot.learning.pretraining.targets import Halves, Targets
from chatbot.words import features, words

PLAN = Plan(
    epochs=4, batch=32, features=4_000, word_size=16, input_size=24, hidden_size=24, intent_size=16,
    held_out=40, learning_rate=2e-2,
)  # fmt: skip
NOUNS = ("time", "weather", "train", "ticket", "table", "song", "hotel", "doctor")
VERBS = ("book", "find", "play", "cancel", "show me", "tell me about")
ENDS = ("now", "today", "tomorrow", "again", "?", "for two")


def lines() -> dict[str, Line]:
    """Two languages with a topic per verb, and a bot that tells the nouns apart."""
    found: dict[str, Line] = {}
    for noun, word in enumerate(NOUNS):
        for end in ENDS:
            found[f"the {word} {end}"] = Line("en", bot=0, intent=noun)
    found |= {f"nothing of that {end}": Line("en", bot=0) for end in ENDS}
    for verb in VERBS:
        for word in NOUNS:
            for end in ENDS:
                found[f"please {verb} the {word} {end}"] = Line("en", topic=verb)
                found[f"bitte {verb} das {word} {end}"] = Line("de", topic=verb)
    return found


def taught(texts: tuple[str, ...], salt: int) -> Halves:
    """A stand-in for a teacher: a line is the sum of fixed random vectors of its words."""
    vector = {
        word: np.random.default_rng(features(word)[0] + salt).normal(size=384)
        for text in texts
        for word in words(text)
    }
    rows = np.stack([sum(vector[word] for word in words(text)) for text in texts])
    unit: Halves = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)
    return unit


def course(folder: Path, plan: Plan = PLAN, start: Path | None = None) -> Course:
    """Return a pretraining that is not begun."""
    corpus: Corpus = assembled(lines())
    targets = Targets(taught(corpus.texts, 0), taught(corpus.texts, 1))
    return Course(corpus, targets, folder, plan, start)


if __name__ == "__main__":  # under torchrun: learn, and print the held-out cosines
    distributed.init_process_group("gloo")
    learner = course(Path(sys.argv[1]))
    for _ in learner.run():
        pass
    if learner.rank == 0:
        print("cosines", *learner.held_out_cosines())
    distributed.destroy_process_group()
