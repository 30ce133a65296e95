"""What the words in each view of the panel mean, in plain sentences, with the figures on show."""

from __future__ import annotations

from typing import NamedTuple

from chatbot.common import N_


class Term(NamedTuple):
    """A word of the panel."""

    name: str
    meaning: str


_ANSWER = Term(
    N_("answer so far"),
    N_(
        "what the bot would answer if the message ended with this word, and how likely that is "
        "right. A ? before it: not sure enough, so it would give the fallback reply. A = before "
        "it: the words are an exact pattern of that intent, which is certain whatever the network "
        "says."
    ),
)

TERMS: dict[str, tuple[Term, ...]] = {
    "state": (
        _ANSWER,
        Term(
            N_("change"),
            N_("how far this word moved the state: 0 is not at all, 2 the most there is."),
        ),
        Term(N_("∅"), N_("a word that the network has never met: it goes by its letters alone.")),
        Term(N_("the tile"), N_("the state after the word: one pixel for each unit.")),
        Term(
            N_("unit"),
            N_("one number of the state, from −1 to 1. Most take part in many meanings."),
        ),
        Term(
            N_("keeps"),
            N_("how much of its old value the unit kept at this word; the rest is new."),
        ),
        Term(N_("looks back"), N_("how much of the old state went into what the unit wrote.")),
        Term(
            N_("writes"),
            N_("how much of what is new the unit took in (an LSTM decides that apart)."),
        ),
        Term(N_("owner"), N_("the word to which the unit owes most of its value at the end.")),
        Term(
            N_("decisive"),
            N_("an order: first the units that decide between the two best intents."),
        ),
    ),
    "memory": (
        _ANSWER,
        Term(
            N_("remembered"),
            N_(
                "the word's share of the last state, which is all that the network knows when it "
                "answers. The shares of all words make 100 %. Each is what the word adds, averaged "
                "over all orders in which the words could have joined (its Shapley value). In "
                "the ring a slice has the last digit of its word's number: 0 is the tenth."
            ),
        ),
        Term(N_("≈ sampled"), N_("the same for a long message, from some of the orders only.")),
        Term(
            N_("for, against"),
            N_(
                "how much the word speaks for the answer (+, to the right) or against it (−, to "
                "the left). All of them together are the answer's lead over the average intent."
            ),
        ),
        Term(N_("not …"), N_("the same for the lead over one other intent, of your choice.")),
        Term(N_("decided at"), N_("from this word on the answer has stayed the same.")),
        Term(N_("alike"), N_("the patterns that leave the most similar state: 1.00 is the same.")),
    ),
    "gates": (
        Term(
            N_("keep"),
            N_("how much of the old state stayed at this word, on average over the units."),
        ),
        Term(
            N_("write"),
            N_("how much of what is new was taken in. In a GRU it is what keep leaves."),
        ),
        Term(N_("look"), N_("how much of the old state was looked at to make what is new.")),
        Term(N_("left"), N_("how much of what this word wrote is left at the end of the message.")),
        Term(N_("moved"), N_("units whose value this word changed by at least 0.1.")),
    ),
    "compare": (
        Term(
            N_("=, ≠"),
            N_("words that stand at the same place of both messages, the same or others."),
        ),
        Term(N_("percentages"), N_("each word's share of the last state of its own message.")),
        Term(
            N_("cosine"),
            N_("how alike the two last states are in direction: 1 the same, 0 unrelated."),
        ),
        Term(N_("distance"), N_("how far the two last states are from each other; 0 is the same.")),
        Term(
            N_("with … in place of …"), N_("what the bot answers if only this difference is made.")
        ),
    ),
    "unit": (
        Term(
            N_("words that raise it"),
            N_("words after which the unit was higher, over all patterns."),
        ),
        Term(N_("words that lower it"), N_("words after which it was lower.")),
        Term(
            N_("intents it counts for"), N_("those that become likelier when the unit is higher.")
        ),
        Term(N_("patterns"), N_("those in which it reaches its highest value, and at which word.")),
        Term(
            N_("direction"),
            N_("I shows an intent: the direction of the state in which it gets likelier."),
        ),
    ),
}
"""By the name of the view."""
