"""Learning the tagger: a feed-forward layer on the states of a trained network, from marked values.

The network stays as it is. Each pattern with values is also learned with other values: those of its
list, those that other patterns mark, and words that are no values anywhere, so that the words
around a value tell it and values never seen are found.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from chatbot.intents import Intents, Span
from chatbot.learning.learned import TrainingCancelledError
from chatbot.learning.optimizer import AdamW, Group
from chatbot.network import INNER, Floats, Recurrent, SideBySide, Tagger, Weights, inputs_of
from chatbot.slots import Lists, may_be_learned
from chatbot.words import Word, as_read, spans, words

VARIANTS = 3
"""Texts of a pattern with values: itself, and others with other values."""

STRANGE = 0.3
"""Share of the values put in that are words from elsewhere."""

LOWER = 0.25
"""Share of the texts in lower case: people do not type capitals."""

MOST_TEXTS = 6_000
"""Texts that are learned: more take minutes."""

TOGETHER = 500
"""Texts that are read side by side: one by one takes ten times as long."""

STEPS = 300
EPOCHS = 5
"""At least; the first decides for few patterns, the second for many."""

BATCH = 256
"""Words."""

RATE = 2e-3
"""Learning rate of AdamW at the start; it falls to 0."""

WEIGHT_DECAY = 0.01

INPUT_DROPOUT, INNER_DROPOUT = 0.3, 0.2

TRANSITION = 0.5
"""What the sequence of tags weighs against the words: their log-likelihoods, over those that chance
would have."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text and where values are in it; some words say nothing."""

    text: str
    spans: tuple[Span, ...]
    is_marked: bool
    """Whether it comes from a pattern with values."""


def with_tagger(
    weights: Weights, intents: Intents, seed: int, cancelled: Callable[[], bool]
) -> Weights:
    """Return weights with a tagger, if the file marks values; else as they are, at no cost.

    Raises TrainingCancelledError.
    """
    slots = _learned(intents)
    if not slots:
        return weights
    plain = replace(weights, tagger=None)
    return replace(weights, tagger=_fitted(Recurrent(plain), intents, slots, seed, cancelled))


def _learned(intents: Intents) -> tuple[str, ...]:
    """Return the slots that patterns teach: a kind is found without, unless a value is marked."""
    by_name = {slot.name: slot for slot in intents.slots}
    found = {
        span.slot
        for intent in intents.trainable
        for each in intent.tagged
        for span in each.spans
        if may_be_learned(by_name[span.slot])
        and not (span.is_filled and by_name[span.slot].kind is not None)
    }
    return tuple(name for name in by_name if name in found)


def _fitted(
    recurrent: Recurrent,
    intents: Intents,
    slots: Sequence[str],
    seed: int,
    cancelled: Callable[[], bool],
) -> Tagger:
    chance = random.Random(seed)
    tag_of = {slot: 1 + 2 * place for place, slot in enumerate(slots)}
    lists = Lists(intents.slots)
    rows: list[Floats] = []
    tags: list[int] = []
    follow = np.full((1 + 2 * len(slots),) * 2, 0.1)
    texts = list(_texts(intents, slots, chance))
    side_by_side = SideBySide(recurrent)
    for first in range(0, len(texts), TOGETHER):
        if cancelled():
            raise TrainingCancelledError
        some = [(each, list(spans(each.text))) for each in texts[first : first + TOGETHER]]
        some = [(each, read) for each, read in some if read]
        states_of = side_by_side.states([[word.text for word in read] for _, read in some])
        for (each, read), states in zip(some, states_of, strict=True):
            text = as_read(each.text)
            own = _tags(read, each.spans, tag_of)
            np.add.at(follow, (own[:-1], own[1:]), 1)
            # A value of a list that nobody has marked is no example of what is none.
            unsaid = [] if each.is_marked else [v for v in lists.find(read, text) if not v.errors]
            says = [i for i in range(len(read)) if not any(v.first <= i < v.after for v in unsaid)]
            rows.append(inputs_of(recurrent, read, text, states)[says])
            tags += [own[i] for i in says]
    inner, outer = _descended(np.concatenate(rows), np.array(tags), len(follow), seed, cancelled)
    likely = np.log(follow / follow.sum(axis=1, keepdims=True))
    by_chance = np.log(follow.sum(axis=0) / follow.sum())
    return Tagger(
        tuple(slots),
        *_arrays(inner),
        *_arrays(outer),
        (TRANSITION * (likely - by_chance)).astype(np.float32),
    )


def _arrays(layer: nn.Linear) -> tuple[Floats, Floats]:
    return layer.weight.detach().numpy().copy(), layer.bias.detach().numpy().copy()


def _tags(read: Sequence[Word], marked: Sequence[Span], tag_of: Mapping[str, int]) -> list[int]:
    """Return the tag of each word."""
    tags = [0] * len(read)
    for span in marked:
        inside = [
            i for i, word in enumerate(read) if word.start < span.end and word.end > span.start
        ]
        begins = tag_of.get(span.slot, 0)
        for i in inside if begins else ():
            tags[i] = begins if i == inside[0] else begins + 1
    return tags


def _texts(intents: Intents, slots: Sequence[str], chance: random.Random) -> Iterator[_Text]:
    """Yield the texts to learn: patterns, variants of those with values, what is out of scope."""
    marked = [each for intent in intents.trainable for each in intent.tagged]
    has_marks = {each.text for each in marked}
    plain = [said for intent in intents.trainable for said in intent.patterns]
    plain = [said for said in plain if said not in has_marks]
    plain += intents.out_of_scope
    marked = chance.sample(marked, min(len(marked), MOST_TEXTS))
    plain = chance.sample(plain, min(len(plain), MOST_TEXTS))
    values = _values(intents, slots)
    elsewhere = sorted(
        {word for said in (*plain, *(each.text for each in marked)) for word in words(said)}
    )
    texts = [_Text(each.text, each.spans, True) for each in marked]
    texts += [_Text(said, (), False) for said in plain]
    for each in marked:
        for _ in range(VARIANTS - 1):
            texts.append(_varied(each.text, each.spans, values, elsewhere, chance))
    chance.shuffle(texts)
    for text in texts[:MOST_TEXTS]:
        if chance.random() < LOWER and len(text.text.lower()) == len(text.text):
            text = replace(text, text=text.text.lower())
        yield text


def _values(intents: Intents, slots: Sequence[str]) -> dict[str, list[str]]:
    """Return what may be put in for each slot."""
    found: dict[str, dict[str, None]] = {slot: {} for slot in slots}
    for slot in intents.slots:
        if slot.name in found:
            found[slot.name] |= {text: None for each in slot.values for text in each.texts}
    for intent in intents.trainable:
        for each in intent.tagged:
            for span in each.spans:
                if span.slot in found:
                    found[span.slot][each.text[span.start : span.end]] = None
    return {slot: list(values) for slot, values in found.items()}


def _varied(
    text: str,
    marked: Sequence[Span],
    values: Mapping[str, Sequence[str]],
    elsewhere: Sequence[str],
    chance: random.Random,
) -> _Text:
    """Return a text with other values in the places of those that are marked."""
    varied, end, places = "", 0, []
    for span in marked:
        said = text[span.start : span.end]
        if values.get(span.slot):
            said = chance.choice(values[span.slot])
            if chance.random() < STRANGE:
                some = [chance.choice(elsewhere) for _ in said.split()]
                is_title = said[:1].isupper()
                said = " ".join(word.title() if is_title else word for word in some)
        varied += text[end : span.start]
        start = len(varied)
        varied, end = varied + said, span.end
        places.append(Span(start, len(varied), span.slot, said))
    return _Text(varied + text[end:], tuple(places), True)


def _descended(
    rows: Floats, tags: np.ndarray, count: int, seed: int, cancelled: Callable[[], bool]
) -> tuple[nn.Linear, nn.Linear]:
    """Return the two matrices of the layer, fitted to words (words, inputs) and tags (words,)."""
    generator = torch.Generator().manual_seed(seed)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        inner, outer = nn.Linear(rows.shape[1], INNER), nn.Linear(INNER, count)
        inputs, right = torch.from_numpy(rows), torch.from_numpy(tags)
        steps = max(STEPS, EPOCHS * len(rows) // BATCH)
        group = Group([*inner.parameters(), *outer.parameters()], RATE, WEIGHT_DECAY)
        optimizer = AdamW([group])
        order = torch.empty(0, dtype=torch.int64)
        for step in range(steps):
            if step % 20 == 0 and cancelled():
                raise TrainingCancelledError
            if len(order) < min(BATCH, len(rows)):
                order = torch.randperm(len(rows), generator=generator)
            some, order = order[:BATCH], order[BATCH:]
            # The same inputs of all words of a batch go: each word by itself would take longer.
            kept = (torch.rand(rows.shape[1]) >= INPUT_DROPOUT) / (1 - INPUT_DROPOUT)
            hidden = functional.relu(inner(inputs[some] * kept))
            logits = outer(functional.dropout(hidden, INNER_DROPOUT))
            loss = functional.cross_entropy(logits, right[some])
            optimizer.clear()
            loss.backward()  # type: ignore[no-untyped-call]
            group.rate = RATE * (1 - step / steps)
            optimizer.step()
    return inner, outer
