"""How sure is sure enough, learned from practice bots that the base has not learned from.

An episode makes a small bot of some intents and some patterns of a practice bot, as people write
them, and asks it the other messages: of the same intents, of the intents left out, of none, and of
other bots in the same language. Some bots have speaking tags, and some have examples of what is out
of scope. One logistic regression over all answers says which are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from chatbot.learning.background import background_texts
from chatbot.learning.data import Indices
from chatbot.learning.folds import dealt
from chatbot.learning.head import Head, fitted
from chatbot.learning.judging import (
    Asked,
    Others,
    bot_numbers,
    memory_of,
    views_of,
)
from chatbot.learning.pretraining.corpus import OUT_OF_SCOPE, Corpus
from chatbot.learning.tag_names import tag_names
from chatbot.model import OF_ANSWERS, Judge, LearnedSureness
from chatbot.network import Floats, Recurrent, Weights, embeddings
from chatbot.words import words

ROUNDS = 4
"""Episodes of every bot."""

FEWEST_INTENTS = 4
SHOTS = (3, 10)
"""Patterns per intent, at least and at most."""

SPEAKING_TAGS = 0.6
"""Share of the episodes in which the tags say what intents are about."""

WITH_EXAMPLES = 0.5
"""Share of the episodes in which the bot may have out-of-scope examples."""

MOST_EXAMPLES = 12
"""Out-of-scope examples of a bot, at most."""

FOREIGN, OTHERS = 40, 20
"""Messages at most that are out of scope: of the bot itself, and of other bots."""

OUTSIDE = 0.5
"""What all messages out of scope weigh, against all in scope: of what people really type to a bot,
a third at most is none of its business."""


class _Described(NamedTuple):
    """Answers of episodes."""

    numbers: NDArray[np.float64]
    """(answers, OF_ANSWERS + OF_BOTS)"""
    is_right: NDArray[np.bool_]
    is_inside: NDArray[np.bool_]
    """Whether the message is in scope."""


def learned_sureness(
    corpus: Corpus, judged_by: Sequence[tuple[Weights, Sequence[Indices]]]
) -> LearnedSureness:
    """Return what practice bots teach about when to answer.

    `judged_by` pairs a base with bots that it has not learned from, the lines of each. Takes about
    two minutes for a hundred bots.
    """
    from sklearn.linear_model import LogisticRegression

    found = []
    for weights, bots in judged_by:
        episodes = _Episodes(weights, corpus, bots, np.random.default_rng(0))
        found += [episodes.of(number) for _ in range(ROUNDS) for number in range(len(bots))]
    numbers, is_right, is_inside = (np.concatenate([part[i] for part in found]) for i in range(3))
    mean, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-6
    share = is_inside.mean()
    weight = np.where(is_inside, 1.0, OUTSIDE * share / (1 - share))
    model = LogisticRegression(max_iter=1_000)
    model.fit((numbers - mean) / spread, is_right, sample_weight=weight)
    slopes = model.coef_[0] / spread
    split = len(OF_ANSWERS)
    return LearnedSureness(
        of_answers=tuple(np.round(slopes[:split], 5).tolist()),
        of_bots=tuple(np.round(slopes[split:], 5).tolist()),
        bias=round(float(model.intercept_[0] - mean @ slopes), 5),
    )


class _Bot(NamedTuple):
    """What a bot of an episode knows."""

    learned: list[int]
    """The lines that are its patterns."""
    labels: Indices
    """(learned,) the intent of each"""
    tags: list[str]
    out_of_scope: list[int]
    """The lines that are its out-of-scope examples."""


class _Episodes:
    """Makes small bots of practice bots and asks them."""

    def __init__(
        self, weights: Weights, corpus: Corpus, bots: Sequence[Indices], rng: np.random.Generator
    ) -> None:
        self.weights, self.corpus, self.bots, self.rng = weights, corpus, bots, rng
        self.recurrent = Recurrent(weights)

        def embedded(texts: Sequence[str]) -> Floats:
            return self._embed([tuple(words(text)) or ("",) for text in texts])

        tags = zip(corpus.bots, corpus.tags, strict=True)
        self.tags = {int(bot[0]): of_bot for bot, of_bot in tags}
        lines = np.concatenate(bots)
        self.row = {line: row for row, line in enumerate(lines.tolist())}
        self.embedded = embedded([corpus.texts[line] for line in lines.tolist()])
        self.background = views_of(weights, embedded(background_texts()))
        language = [int(corpus.languages[bot[0]]) for bot in bots]
        self.strangers = [
            np.concatenate(
                [b for m, b in enumerate(bots) if m != n and language[m] == language[n]]
                or [np.zeros(0, np.int64)]
            )
            for n in range(len(bots))
        ]

    def of(self, number: int) -> _Described:
        """Return the answers of one episode of a bot."""
        rng, bot = self.rng, self.bots[number]
        intents = self.corpus.intents[bot]
        count = int(intents.max()) + 1
        kept = rng.permutation(count)[: int(rng.integers(FEWEST_INTENTS, count, endpoint=True))]
        shots = int(rng.integers(*SHOTS, endpoint=True))
        learned, asked, labels, wanted = [], [], [], []
        for label, intent in enumerate(kept.tolist()):
            members = rng.permutation(bot[intents == intent])
            learned += members[:shots].tolist()
            labels += [label] * len(members[:shots])
            asked += members[shots:].tolist()
            wanted += [label] * len(members[shots:])
        foreign = rng.permutation(bot[~np.isin(intents, kept)]).tolist()
        has_examples = rng.random() < WITH_EXAMPLES
        known = int(rng.integers(MOST_EXAMPLES, endpoint=True)) if has_examples else 0
        outside = foreign[known : known + FOREIGN]
        outside += rng.permutation(self.strangers[number])[:OTHERS].tolist()
        wanted += [OUT_OF_SCOPE] * len(outside)
        speak = rng.random() < SPEAKING_TAGS
        tags = [self.tags[int(bot[0])][intent] if speak else "" for intent in kept.tolist()]
        of_bot = _Bot(learned, np.array(labels), tags, foreign[:known])
        return self._answers(of_bot, asked + outside, np.array(wanted))

    def _embed(self, read: Sequence[tuple[str, ...]]) -> Floats:
        return embeddings(self.weights, self.recurrent.final_states(read))

    def _embedded_lines(self, lines: Sequence[int]) -> Floats:
        found: Floats = self.embedded[[self.row[line] for line in lines]]
        return found

    def _answers(self, bot: _Bot, asked: list[int], wanted: Indices) -> _Described:
        """Make a bot and ask it some lines."""
        weights, labels, tags = self.weights, bot.labels, bot.tags
        intents, parts = int(labels.max()) + 1, len(weights.parts)
        embedded = self._embedded_lines(bot.learned)
        views = views_of(weights, embedded)
        others = Others(self.background, self._embedded_lines(bot.out_of_scope))
        embed_names = cache(self._embed)

        def layer(chosen: Indices) -> Head:
            names = tag_names(tags, embed_names, embedded[chosen], labels[chosen])
            examples, of, counts = names.beside(embedded[chosen], labels[chosen])
            return fitted(examples, of, intents, parts, counts)

        own: list[Asked] = []
        for chosen, left in dealt(labels, np.arange(len(labels))):
            head = layer(chosen)
            memory = memory_of(weights, embedded[chosen], labels[chosen], intents, others)
            logits = head.logits(embedded[left])
            numbers = Judge(weights, memory).numbers(embedded[left], logits)
            own.append(Asked(labels[left], logits, numbers, numbers[:0]))
        head = layer(np.arange(len(labels)))
        memory = memory_of(weights, embedded, labels, intents, others)
        messages = self._embedded_lines(asked)
        logits = head.logits(messages)
        of_answers = Judge(weights, memory).numbers(messages, logits)
        of_bot = bot_numbers(views, labels, Asked.together(own))
        numbers = np.concatenate([of_answers, np.tile(of_bot, (len(asked), 1))], axis=1)
        return _Described(numbers, logits.argmax(axis=1) == wanted, wanted != OUT_OF_SCOPE)
