"""What pretraining strives for: two teachers' views, topics, and practice bots.

For a line with a teacher's embedding y and the network's view e, both of length 1, over a batch:

    distillation = 10 · mean(1 − e·y)                              the direction itself
                 + 0.3 · cross-entropy(e_i · y_j / 0.05, j = i)    which line of the batch it is
                 + 0.3 · cross-entropy(e_i · e_j / 0.1 against softmax(y_i · y_j / 0.1), j ≠ i)
                                                                   how alike it is to the others

The second term is in-batch contrastive learning (van den Oord et al. 2018), the third relational
distillation (Park et al. 2019; Fang et al. 2021, "SEED"). Topics and practice bots are what the
teachers do not know: which differences matter to a bot.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn

from chatbot.learning.data import Indices
from chatbot.learning.network import Network

TOPIC_TEMPERATURE = 0.07
"""Of the cosines to the topics: as in supervised contrastive learning (Khosla et al. 2020)."""

SHOTS = (2, 8)
"""Patterns per intent, at least and at most, that an episode's prototypes are made of."""


class Supervision(nn.Module):
    """The parameters that only pretraining needs: the topics, and how near is near enough."""

    def __init__(self, languages_of_topics: Indices, size: int) -> None:
        super().__init__()
        self.topics = nn.Parameter(torch.randn(len(languages_of_topics), size) * size**-0.5)
        self.log_scale = nn.Parameter(torch.tensor(2.3))
        """Logarithm of what cosines to prototypes are multiplied by."""
        self.none = nn.Parameter(torch.tensor(0.3))
        """Cosine at which a message is as likely to be of no intent as of the nearest one."""
        self.languages: Tensor
        self.register_buffer("languages", torch.from_numpy(languages_of_topics))

    def topic_loss(self, views: Tensor, topics: Tensor) -> Tensor:
        """Return the cross-entropy of the topic among those of its language.

        `views` is (lines, size), of length 1; `topics` (lines,) holds indices, −1 for none.
        """
        has_topic = torch.nonzero(topics >= 0).squeeze(1)
        if not len(has_topic):
            return views.new_zeros(())
        topics, has_topic = topics[has_topic].to(views.device), has_topic.to(views.device)
        directions = nn.functional.normalize(self.topics, dim=1)
        logits = views[has_topic] @ directions.T / TOPIC_TEMPERATURE
        foreign = self.languages[None] != self.languages[topics][:, None]
        return nn.functional.cross_entropy(logits.masked_fill(foreign, -1e4), topics)

    def episode_loss(self, views: Tensor, intents: Indices, rng: np.random.Generator) -> Tensor:
        """Return the loss of one practice bot: its messages must find their intent's prototype.

        `views` is (messages, size), of length 1; `intents` (messages,) holds indices, −1 for out of
        scope, which must be near none. Prototypical networks (Snell et al. 2017).
        """
        shots = int(rng.integers(*SHOTS, endpoint=True))
        present = np.unique(intents[intents >= 0])
        mixed = [rng.permutation(np.flatnonzero(intents == k)) for k in present]
        if not any(len(members) > shots for members in mixed):
            return views.sum() * 0  # nothing is left to ask
        mean = np.zeros((len(present), len(intents)), np.float32)
        for row, members in zip(mean, mixed, strict=True):
            row[members[:shots]] = 1 / len(members[:shots])
        prototypes = torch.from_numpy(mean).to(views.device) @ views
        asked = np.concatenate([*(m[shots:] for m in mixed), np.flatnonzero(intents < 0)])
        wanted = np.where(
            intents[asked] < 0, len(present), np.searchsorted(present, intents[asked])
        )
        asking = views[torch.from_numpy(asked).to(views.device)]
        cosines = asking @ nn.functional.normalize(prototypes, dim=1).T
        logits = torch.cat([cosines, self.none.expand(len(asked), 1)], 1) * self.log_scale.exp()
        return nn.functional.cross_entropy(logits, torch.from_numpy(wanted).to(logits.device))


def distillation_loss(view: Tensor, target: Tensor) -> tuple[Tensor, Tensor]:
    """Return the loss of a batch and its mean cosine; both (lines, 384), rows of length 1."""
    cosine = (view * target).sum(1).mean()
    itself = torch.arange(len(view), device=view.device)
    contrastive = nn.functional.cross_entropy(view @ target.T / 0.05, itself)
    not_itself = torch.eye(len(view), device=view.device) * 1e4
    wanted = torch.softmax(target @ target.T / 0.1 - not_itself, dim=1)
    relational = nn.functional.cross_entropy(view @ view.T / 0.1 - not_itself, wanted)
    return 10 * (1 - cosine) + 0.3 * contrastive + 0.3 * relational, cosine


class Losses(NamedTuple):
    """What a step is made of; `total` is what is minimised."""

    total: Tensor
    e5_cosine: Tensor
    minilm_cosine: Tensor


def losses(
    network: Network,
    states: Tensor,
    e5: Tensor,
    minilm: Tensor,
    supervision: Supervision,
    topics: Tensor,
    topic_weight: float,
) -> Losses:
    """Return the losses of a batch of lines, without those of an episode.

    The topics weigh as much as their share of the lines.
    """
    e5_view, minilm_view, intent_view = network.views(states)
    first, e5_cosine = distillation_loss(e5_view, e5)
    second, minilm_cosine = distillation_loss(minilm_view, minilm)
    share = (topics >= 0).float().mean()
    topic = supervision.topic_loss(intent_view, topics)
    return Losses(first + second + topic_weight * share * topic, e5_cosine, minilm_cosine)
