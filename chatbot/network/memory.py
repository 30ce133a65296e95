"""What a network remembers of its patterns, to tell how near a message is to them."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.network.rows import Floats, Halves


@dataclass(frozen=True, slots=True)
class Memory:
    """What a message is compared with. Views are the last parts of embeddings, of length 1."""

    prototypes: Halves
    """(intents, view) the direction of each intent's patterns (Snell et al. 2017)"""
    background: Halves
    """(messages, view) what people write to other bots, in every language"""
    out_of_scope: Halves
    """(examples, view) what the intents file says the bot cannot answer; often none"""
    scope_layer: Floats
    """(1, embedding + 1) a layer of one output, its bias last, that is above 0 for the patterns and
    below for those examples; (0, embedding + 1) where there are none"""
    beyond: Halves | None = None
    """(intents, view) prototypes of what only another context allows (`Weights.with_intents`);
    never in a file"""
