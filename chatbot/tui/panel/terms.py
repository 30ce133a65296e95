"""What the words in each view of the panel mean, in plain sentences, with the figures on show."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A word of the panel."""

    name: str
    meaning: str


_ANSWER = Term(
    "answer so far",
    "what the bot would answer if the message ended with this word, and how likely that is right. "
    "A ? before it: not sure enough, so it would give the fallback reply. A = before it: the words "
    "are an exact pattern of that intent, which is certain whatever the network says.",
)

TERMS: dict[str, tuple[Term, ...]] = {
    "state": (
        _ANSWER,
        Term("change", "how far this word moved the state: 0 is not at all, 2 the most there is."),
        Term("∅", "a word that the network has never met: it goes by its letters alone."),
        Term("the tile", "the state after the word: one pixel for each unit."),
        Term("unit", "one number of the state, from −1 to 1. Most take part in many meanings."),
        Term("keeps", "how much of its old value the unit kept at this word; the rest is new."),
        Term("looks back", "how much of the old state went into what the unit wrote."),
        Term("writes", "how much of what is new the unit took in (an LSTM decides that apart)."),
        Term("owner", "the word to which the unit owes most of its value at the end."),
        Term("decisive", "an order: first the units that decide between the two best intents."),
    ),
    "memory": (
        _ANSWER,
        Term(
            "remembered",
            "the word's share of the last state, which is all that the network knows when it "
            "answers. The shares of all words make 100 %. Each is what the word adds, averaged "
            "over all orders in which the words could have joined (its Shapley value). In the ring "
            "a slice has the last digit of its word's number: 0 is the tenth.",
        ),
        Term("≈ sampled", "the same for a long message, from some of the orders only."),
        Term(
            "for, against",
            "how much the word speaks for the answer (+, to the right) or against it (−, to the "
            "left). All of them together are the answer's lead over the average intent.",
        ),
        Term("not …", "the same for the lead over one other intent, which N chooses."),
        Term("decided at", "from this word on the answer has stayed the same."),
        Term("alike", "the patterns that leave the most similar state: 1.00 is the same."),
    ),
    "gates": (
        Term("keep", "how much of the old state stayed at this word, on average over the units."),
        Term("write", "how much of what is new was taken in. In a GRU it is what keep leaves."),
        Term("look", "how much of the old state was looked at to make what is new."),
        Term("left", "how much of what this word wrote is left at the end of the message."),
        Term("moved", "units whose value this word changed by at least 0.1."),
    ),
    "compare": (
        Term("=, ≠", "words that stand at the same place of both messages, the same or others."),
        Term("percentages", "each word's share of the last state of its own message."),
        Term("cosine", "how alike the two last states are in direction: 1 the same, 0 unrelated."),
        Term("distance", "how far the two last states are from each other; 0 is the same."),
        Term("with … in place of …", "what the bot answers if only this difference is made."),
    ),
    "unit": (
        Term("words that raise it", "words after which the unit was higher, over all patterns."),
        Term("words that lower it", "words after which it was lower."),
        Term("intents it counts for", "those that become likelier when the unit is higher."),
        Term("patterns", "those in which it reaches its highest value, and at which word."),
        Term(
            "direction", "I shows an intent: the direction of the state in which it gets likelier."
        ),
    ),
}
"""By the name of the view."""
