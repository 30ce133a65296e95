"""What the network is to say of every line: both teachers' views, for every language.

The embeddings of e5 share a large mean per language (Wang et al. 2024, "Multilingual E5 text
embeddings"), which is taken away. MiniLM knows English only; e5 puts all languages into one space,
so a map from e5 to MiniLM that is learned on English lines carries MiniLM's view to the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from chatbot.learning.data import Indices
from chatbot.learning.pretraining.objectives import distillation_loss
from chatbot.learning.pretraining.processes import device
from chatbot.network import unit_length

ENGLISH = 0
"""Index of the language whose lines MiniLM has embedded."""

STEPS = 2_200
"""Of learning the map; held-out cosine .73."""

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Targets:
    """The two views of every line, (lines, 384) each, rows of length 1."""

    e5: Halves
    minilm: Halves


def targets_of(e5: Halves, minilm: Halves, languages: Indices) -> Targets:
    """Return the targets of lines (lines,) in languages, from what the teachers gave.

    `minilm` holds rows of English lines only; the others are filled in.
    """
    centred = np.empty_like(e5)
    for language in np.unique(languages):
        chosen = languages == language
        rows = e5[chosen].astype(np.float32)
        centred[chosen] = unit_length(rows - rows.mean(axis=0))
    english = languages == ENGLISH
    second = np.array(minilm)
    if english.any() and not english.all():
        view = learned_map(centred[english], minilm[english])
        others = np.flatnonzero(~english)
        with torch.no_grad():
            for part in np.array_split(others, len(others) // 4_096 + 1):
                found = view(_on_device(centred[part]))
                second[part] = nn.functional.normalize(found, dim=1).cpu().numpy()
    return Targets(centred, second)


def learned_map(e5: Halves, minilm: Halves, steps: int = STEPS) -> nn.Module:
    """Return a map from e5's view to MiniLM's, learned on lines that both have embedded."""
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(e5.shape[1], 1_024), nn.GELU(), nn.Linear(1_024, 384))
    net.to(device())
    optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    rng = np.random.default_rng(0)
    for _ in range(steps):
        chosen = rng.integers(len(e5), size=512)
        found = nn.functional.normalize(net(_on_device(e5[chosen])), dim=1)
        loss, _ = distillation_loss(found, _on_device(minilm[chosen]))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    return net


def _on_device(rows: Halves) -> Tensor:
    return torch.from_numpy(rows).to(device()).float()
