"""The pages of the lab: which caption, tables and notes belong together."""

from __future__ import annotations

from typing import NamedTuple

from chatbot.lab import captions, tables
from chatbot.lab.results import Lab, Sentence
from chatbot.lab.tables import Table


class Page(NamedTuple):
    """One picture of the lab."""

    caption: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def pages_of(lab: Lab, sentence: Sentence) -> tuple[Page, ...]:
    """Return circles, gradient, layers, chatter and training, in the order of the screen.

    Without words in the person's own sentence there are no tables of it.
    """
    has_words = bool(sentence.words)
    gradient = [tables.through_time(lab)]
    chatter = [tables.chatter_learned(lab)]
    if has_words:
        gradient.append(tables.sentence_gradient(sentence))
        chatter.append(tables.chatter_sentence(sentence))
    if lab.held_out_asked:
        chatter.append(tables.chatter_held_out(lab))
    return (
        Page(captions.circles(sentence), (tables.shares(sentence),) if has_words else ()),
        Page(captions.through_time(lab), tuple(gradient)),
        Page(captions.layers(lab), (tables.layers(lab),), (tables.layers_note(lab),)),
        Page(captions.chatter(lab), tuple(chatter), (tables.chatter_note(lab),)),
        Page(
            captions.training(lab),
            (tables.training(lab),),
            (tables.training_note(lab), tables.source_note(lab)),
        ),
    )
