"""The lab's pages: what each shows, for the screen and for the command line."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.common import N_
from chatbot.lab import captions, tables
from chatbot.lab.results import Lab, Sentence
from chatbot.lab.tables import Table

PAGES = (N_("Circles"), N_("Gradient"), N_("Layers"), N_("Chatter"), N_("Training"))
"""The pages in their order, by names that are short enough for tabs in 60 columns."""

CIRCLES, GRADIENT, LAYERS, CHATTER, TRAINING = PAGES


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the lab."""

    name: str
    """One of PAGES."""
    caption: str
    """What the figures show, in a sentence."""
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    """How to read the figures."""


def pages_of(lab: Lab, sentence: Sentence) -> tuple[Page, ...]:
    """Return all pages, in the order of PAGES; without words there are no tables of a sentence."""
    shares: tuple[Table, ...] = ()
    gradient, chatter, held_out = shares, shares, shares
    if sentence.words:
        shares = (tables.shares(sentence),)
        gradient = (tables.sentence_gradient(sentence),)
        chatter = (tables.chatter_sentence(sentence),)
    if lab.held_out_asked:
        held_out = (tables.chatter_held_out(lab),)
    return (
        Page(CIRCLES, captions.circles(sentence), shares),
        Page(GRADIENT, captions.through_time(lab), (tables.through_time(lab), *gradient)),
        Page(LAYERS, captions.layers(lab), (tables.layers(lab),), (tables.layers_note(lab),)),
        Page(
            CHATTER,
            captions.chatter(lab),
            (tables.chatter_learned(lab), *chatter, *held_out),
            (tables.chatter_note(lab),),
        ),
        Page(
            TRAINING,
            captions.training(lab),
            (tables.training(lab),),
            (tables.training_note(lab), tables.source_note(lab)),
        ),
    )
