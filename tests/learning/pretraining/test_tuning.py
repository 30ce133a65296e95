"""The projections learn from bots that are new to the base; the network stays as it is."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pytest

from chatbot.learning.data import Indices
from chatbot.learning.pretraining.corpus import Corpus, Line, assembled
from chatbot.learning.pretraining.tuning import finished, tuned
from chatbot.model import OF_ANSWERS, OF_BOTS, pretrained
from chatbot.network import Recurrent, Weights, embeddings
from chatbot.words import words

ASKED = (
    ("price", "how much is {}", "what does {} cost", "is {} expensive", "the bill for {} please",
     "could I afford {}", "{} for how many euros"),
    ("when", "when does {} begin", "what time is {}", "does {} start today", "how late is {}",
     "is {} in the morning", "until when does {} last"),
    ("where", "where is {}", "how do I get to {}", "which street is {} in", "the way to {}",
     "is {} far from here", "on which floor do I find {}"),
    ("cancel", "I do not want {} any more", "take me off {}", "{} without me please",
     "call {} off", "I can not come to {}", "forget about {} for me"),
)  # fmt: skip
THINGS = ("the yoga class", "the museum", "a haircut", "the concert", "swimming", "the market")


@cache
def corpus() -> Corpus:
    """A bot of every thing: the same four intents, and messages that are of none."""
    lines: dict[str, Line] = {}
    for bot, thing in enumerate(THINGS):
        for intent, (tag, *frames) in enumerate(ASKED):
            for frame in frames:
                lines[frame.format(thing)] = Line("en", bot=bot, intent=intent, tag=tag)
        lines |= {f"{word} {thing}": Line("en", bot=bot) for word in ("I like", "my son loves")}
    return assembled(lines)


def lead(weights: Weights, bots: tuple[Indices, ...]) -> float:
    """By how much messages are nearer to the others of their intent than to any other intent."""
    leads: list[float] = []
    for bot in bots:
        chosen = bot[corpus().intents[bot] >= 0]
        labels = corpus().intents[chosen]
        read = [tuple(words(corpus().texts[line])) for line in chosen]
        rows = embeddings(weights, Recurrent(weights).final_states(read))
        for row, label in enumerate(labels):
            others = np.arange(len(rows)) != row
            means = [rows[others & (labels == of)].mean(axis=0) for of in range(len(ASKED))]
            cosines = [mean @ rows[row] / np.linalg.norm(mean) for mean in means]
            leads.append(cosines.pop(label) - max(cosines))
    return float(np.mean(leads))


def test_bots_of_other_things_are_understood_better_once_some_have_been_practised() -> None:
    base = pretrained.load().weights
    found = tuned(base, corpus(), corpus().bots[:4], steps=40)
    unseen = corpus().bots[4:]
    assert lead(found, unseen) > 1.1 * lead(base, unseen) > 0


def test_the_same_bots_give_the_same_projections_and_nothing_else_changes() -> None:
    base = pretrained.load().weights
    first, again = (tuned(base, corpus(), corpus().bots, steps=3) for _ in range(2))
    for field in fields(Weights):
        before, after = getattr(base, field.name), getattr(first, field.name)
        if field.name.startswith("projection"):
            own = -base.parts[-1]  # by which a bot tells how near a message is to what it knows
            np.testing.assert_array_equal(before[own:], after[own:])
            assert not np.array_equal(before, after)
            np.testing.assert_array_equal(after, getattr(again, field.name))
        else:
            assert before is after


def test_a_bot_of_a_single_intent_teaches_nothing_and_does_no_harm() -> None:
    base = pretrained.load().weights
    single = corpus().bots[0][corpus().intents[corpus().bots[0]] == 0]
    with_it = tuned(base, corpus(), (*corpus().bots[1:], single), steps=2)
    without = tuned(base, corpus(), corpus().bots[1:], steps=2)
    np.testing.assert_array_equal(with_it.projection_weight, without.projection_weight)


@pytest.mark.slow
def test_a_finished_base_says_how_sure_its_answers_are() -> None:
    weights, sureness = finished(pretrained.load().weights, corpus(), corpus().bots, steps=3)
    assert weights.projection_weight.shape == pretrained.load().weights.projection_weight.shape
    assert (len(sureness.of_answers), len(sureness.of_bots)) == (len(OF_ANSWERS), len(OF_BOTS))
    numbers = np.array([*sureness.of_answers, *sureness.of_bots, sureness.bias])
    assert np.isfinite(numbers).all()
    assert numbers.any()
