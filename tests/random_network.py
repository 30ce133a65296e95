"""Networks of seeded random weights: for what is worked out from weights, whatever they learned.

They answer their own patterns right all the same: the feed-forward layer is made of the intents'
mean embeddings, as `learning.starts.FromBase` does, and random states tell messages apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from chatbot.intents.types import Intent, Intents
from chatbot.model.classifier import Calibration, IntentClassifier
from chatbot.network.arrays import unit_length
from chatbot.network.cells import CELLS
from chatbot.network.feed_forward import embeddings
from chatbot.network.memory import Memory
from chatbot.network.recurrent import Recurrent
from chatbot.network.rows import FeatureRows, Floats
from chatbot.network.weights import Weights, WordEncoder
from chatbot.words import features, words

Network = tuple[Recurrent, IntentClassifier]
WORD_SIZE, HIDDEN_SIZE, EMBEDDING_SIZE = 16, 32, 24
INPUT_SIZE, PARTS = 20, (8, 10, 6)
"""Of a network with a word encoder and three parts; the parts sum to EMBEDDING_SIZE."""
BACKGROUND = 5
"""Messages of other bots that a network with a memory remembers."""

LOGITS = 12.0
"""Length of an intent's row in the feed-forward layer; about that of a trained one."""

INTENTS = Intents(
    (
        Intent("time", ("what time is it", "tell me the time", "how late is it"), ("r",)),
        Intent("food", ("i am hungry", "where can we eat", "any good restaurant"), ("r",)),
        Intent("joke", ("tell me a joke", "make me laugh", "something funny"), ("r",)),
    ),
    None,
)
"""What `random_network` answers, unless it is told other intents."""


def rows_of(some: Sequence[str], rng: np.random.RandomState) -> FeatureRows:
    """Return random rows of the features of some words."""
    hashes = np.unique(np.array([f for word in some for f in features(word)], np.uint32))
    return FeatureRows(hashes, rng.normal(size=(len(hashes) + 1, WORD_SIZE)).astype(np.float16))


def random_weights(
    cell: str,
    intents: Intents = INTENTS,
    seed: int = 0,
    *,
    from_base: bool = True,
    like_base: bool = False,
) -> Weights:
    """Return weights that know the words of the patterns.

    A model that went on from a base has rows of its own, which differ from the base's, for every
    second word. One that is built like the shipped base has a word encoder and three parts.
    Recurrent weights lie in ±1/√hidden, as torch draws them.
    """
    rng = np.random.RandomState(seed)  # its numbers stay the same for ever (NEP 19), pictures too
    bound = 1 / np.sqrt(HIDDEN_SIZE)

    def drawn(*shape: int) -> Floats:
        return rng.uniform(-bound, bound, shape).astype(np.float32)

    known = sorted({w for i in intents.trainable for p in i.patterns for w in words(p)})
    gates = len(CELLS[cell].blocks) * HIDDEN_SIZE
    weights = Weights(
        cell=cell,
        own=rows_of(known[::2] if from_base else known, rng),
        base=rows_of(known, rng) if from_base else FeatureRows.none(WORD_SIZE),
        norm_weight=1 + drawn(WORD_SIZE),
        norm_bias=drawn(WORD_SIZE),
        input_weight=drawn(gates, INPUT_SIZE if like_base else WORD_SIZE),
        recurrent_weight=drawn(gates, HIDDEN_SIZE),
        input_bias=drawn(gates),
        recurrent_bias=drawn(gates),
        projection_weight=drawn(EMBEDDING_SIZE, HIDDEN_SIZE),
        projection_bias=drawn(EMBEDDING_SIZE),
        output_weight=np.zeros((len(intents.trainable), EMBEDDING_SIZE), np.float32),
        output_bias=drawn(len(intents.trainable)),
        split=PARTS if like_base else (),
    )
    if like_base:
        encoder = WordEncoder(
            widen_weight=drawn(INPUT_SIZE, WORD_SIZE),
            widen_bias=drawn(INPUT_SIZE),
            inner_weight=drawn(4 * INPUT_SIZE, INPUT_SIZE),
            inner_bias=drawn(4 * INPUT_SIZE),
            outer_weight=drawn(INPUT_SIZE, 4 * INPUT_SIZE),
            outer_bias=drawn(INPUT_SIZE),
            norm_weight=1 + drawn(INPUT_SIZE),
            norm_bias=drawn(INPUT_SIZE),
        )
        weights = replace(weights, encoder=encoder)
    recurrent = Recurrent(weights)
    for label, intent in enumerate(intents.trainable):
        states = np.stack([recurrent.read(words(p))[-1].hidden for p in intent.patterns])
        mean = embeddings(weights, states).mean(axis=0)
        weights.output_weight[label] = LOGITS * mean / np.linalg.norm(mean)
    return weights


def remembering(weights: Weights, intents: Intents = INTENTS) -> Weights:
    """Return weights that remember the patterns, and some messages of other bots."""
    recurrent = Recurrent(weights)
    size = weights.parts[-1]
    means = []
    for intent in intents.trainable:
        states = np.stack([recurrent.read(words(p))[-1].hidden for p in intent.patterns])
        means.append(unit_length(embeddings(weights, states)[:, -size:]).mean(axis=0))
    background = np.random.RandomState(1).normal(size=(BACKGROUND, size))
    memory = Memory(
        unit_length(np.stack(means)).astype(np.float16),
        unit_length(background).astype(np.float16),
        np.zeros((0, size), np.float16),
        np.zeros((0, weights.embedding_size + 1), np.float32),
    )
    return replace(weights, memory=memory)


def random_network(cell: str, intents: Intents = INTENTS, *, like_base: bool = False) -> Network:
    """Return what reads with such weights, and what names the intent."""
    weights = random_weights(cell, intents, like_base=like_base)
    tags = tuple(intent.tag for intent in intents.trainable)
    return Recurrent(weights), IntentClassifier(weights, tags, Calibration(1.0, 0.0, 1.0, 0.5))
