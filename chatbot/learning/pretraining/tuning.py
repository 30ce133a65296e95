"""The projections once more, from practice bots that the base has not learned from.

What a base has learned it knows by heart: its practice bots can teach it no more (their messages
find their intent nearly always, those of other bots half as often). On bots that are new to it the
states stay as they are, and their projections learn which of their directions tell intents apart.

Only the teachers' views learn. By the base's own view a bot tells how near a message is to what it
knows (`chatbot.model.Judge`): tuned as well, it draws strangers near (small bots in other
languages: AUROC .851 as it was, .834 with this tuning, .826 with all three parts tuned).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.learning.data import Indices
from chatbot.learning.network import side_by_side, unit_parts
from chatbot.learning.pretraining.corpus import Corpus
from chatbot.learning.pretraining.course import rate_at
from chatbot.learning.pretraining.objectives import Supervision
from chatbot.learning.pretraining.sure_enough import learned_sureness
from chatbot.learning.threads import one_thread
from chatbot.model import LearnedSureness
from chatbot.network import Recurrent, Weights
from chatbot.words import words

STEPS = 1_000
BOTS = 8
"""Episodes of each step."""

LEARNING_RATE = 2e-4
DECAY = 1e-3
"""What the squared distance to the projections of the base costs: with a third of it, bots of the
same kinds gain more and those of other kinds nothing."""


def finished(
    weights: Weights, corpus: Corpus, bots: Sequence[Indices], steps: int = STEPS
) -> tuple[Weights, LearnedSureness]:
    """Return a base as it ships: with tuned projections, and how sure its answers are.

    `bots` holds the lines of each, new to the base. How sure answers are is learned from bots that
    are new to the projections too: each half of the bots judges those of the other.
    """
    halves = bots[::2], bots[1::2]
    judged_by = [
        (tuned(weights, corpus, learned, steps), asked) for learned, asked in (halves, halves[::-1])
    ]
    return tuned(weights, corpus, bots, steps), learned_sureness(corpus, judged_by)


def tuned(weights: Weights, corpus: Corpus, bots: Sequence[Indices], steps: int = STEPS) -> Weights:
    """Return a base with projections to the teachers that tell the intents of bots apart better.

    The last part of the embedding, the base's own, stays. `bots` holds the lines of each, new to
    the base. Deterministic; takes a minute or two.
    """
    asked = [bot[corpus.intents[bot] >= 0] for bot in bots]
    asked = [bot for bot in asked if len(np.unique(corpus.intents[bot])) > 1]
    read = [[tuple(words(corpus.texts[line])) or ("",) for line in bot] for bot in asked]
    recurrent = Recurrent(weights)
    states = [torch.from_numpy(recurrent.final_states(messages)) for messages in read]
    size = weights.embedding_size - weights.parts[-1]
    kept_weight = torch.from_numpy(weights.projection_weight[size:])
    kept_bias = torch.from_numpy(weights.projection_bias[size:])
    kept = [nn.functional.linear(state, kept_weight, kept_bias) for state in states]
    rng = np.random.default_rng(0)
    with one_thread():
        projection = nn.Linear(weights.hidden_size, size)
        with torch.no_grad():
            projection.weight.copy_(torch.from_numpy(weights.projection_weight[:size]))
            projection.bias.copy_(torch.from_numpy(weights.projection_bias[:size]))
        before = projection.weight.detach().clone()
        supervision = Supervision(np.zeros(0, dtype=np.int64), weights.embedding_size)
        groups: list[dict[str, Any]] = [
            {"params": projection.parameters()},
            {"params": [supervision.log_scale, supervision.none], "lr": 10 * LEARNING_RATE},
        ]
        optimizer = torch.optim.Adam(groups, lr=LEARNING_RATE)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: rate_at(at / steps, 1.0))
        for _ in range(steps):
            loss: Tensor = DECAY * (projection.weight - before).square().sum()
            for number in rng.integers(len(asked), size=BOTS):
                projected = torch.cat([projection(states[number]), kept[number]], dim=1)
                embedded = side_by_side(unit_parts(projected, weights.parts))
                intents = corpus.intents[asked[number]]
                loss = loss + supervision.episode_loss(embedded, intents, rng) / BOTS
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    weight, bias = projection.weight.detach().numpy(), projection.bias.detach().numpy()
    return replace(
        weights,
        projection_weight=np.concatenate([weight, weights.projection_weight[size:]]),
        projection_bias=np.concatenate([bias, weights.projection_bias[size:]]),
    )
