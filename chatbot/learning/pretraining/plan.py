"""What one pretraining does: sizes, rates and weights."""

from __future__ import annotations

from dataclasses import dataclass, field

from chatbot.learning.data import Noise
from chatbot.learning.pretraining.variants import Rates


@dataclass(frozen=True, slots=True)
class Plan:
    """What one pretraining does."""

    epochs: int = 15
    batch: int = 2_048
    """Lines per step, over all processes."""
    features: int = 270_000
    """Features with a row of their own, the most frequent; the rest is unknown. In four bits a
    number they are 17 MB."""
    word_size: int = 128
    input_size: int = 384
    hidden_size: int = 384
    intent_size: int = 256
    """Numbers in the network's own view, that of topics and practice bots."""
    learning_rate: float = 2e-3
    """Peak of AdamW's and SparseAdam's; rises over the first 5 % of the steps, then falls along a
    cosine to 0."""
    weight_decay: float = 0.01
    gradient_norm: float = 5.0
    topic_weight: float = 0.7
    episode_weight: float = 0.25
    """Mild, and not at every step: learned by heart, practice bots help nobody (docs/base.md)."""
    episode_every: int = 2
    held_out: int = 4_000
    """Lines that are never learned, but at most a tenth; their mean cosines show the progress."""
    noise: Noise = field(default_factory=lambda: Noise(0.03, 0.06, 0.0, 0.0))
    """Cut-off messages are lines of their own, and `rates` takes the punctuation away."""
    rates: Rates = field(default_factory=Rates)
    seed: int = 0
