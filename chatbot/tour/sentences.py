"""The sentences of the tour in English. Names in {braces} are the figures of the message."""

from __future__ import annotations

from collections.abc import Mapping

from chatbot.common import N_

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "sequence": {
        "heading": N_("A message is a sequence"),
        "text": N_(
            "Words come one after the other, and their order matters: the same words backwards "
            "are another message. Number of words in this one: {count}. A network for such data "
            "must remember what came before."
        ),
    },
    "words": {
        "heading": N_("One word at a time"),
        "text": N_(
            "A recurrent network reads as you do: one word, then the next. After each word you "
            "could ask it for an answer; beside every word you see what it would answer if you "
            "stopped there."
        ),
        "decided": N_("At “{decided_word}”, word {decided} of {count}, it decides: {intent}."),
        "undecided": N_("Even after the last word it is not sure enough of any intent to answer."),
    },
    "state": {
        "heading": N_("The hidden state is passed on"),
        "text": N_(
            "Each word and the hidden state so far go into the cell, which computes the next "
            "hidden state: {units} numbers between −1 and 1. They are all that the network "
            "remembers. Blue is below zero, amber above; you see how every word changes the "
            "pattern."
        ),
    },
    "feed_forward": {
        "heading": N_("The last state gives the intent"),
        "text": N_(
            "After the last word the state goes into a feed-forward layer, which gives each of "
            "the {intents} intents a score."
        ),
        "in_scope": N_(
            "The best is {intent}, with a confidence of {confidence}; its reply is the answer."
        ),
        "out_of_scope": N_(
            "The best is {intent}, with a confidence of only {confidence}: too little, so the bot"
            " says that it did not understand."
        ),
    },
    "circle": {
        "heading": N_("The memory circle"),
        "text": N_(
            "How much of the last state comes from each word? Leave words out in every possible "
            "way and see what changes: averaged over all orders, that is the word's exact share. "
            "“{strongest}” has the largest share, {strongest_share}."
        ),
    },
    "forgetting": {
        "heading": N_("Short-term memory"),
        "text": N_(
            "Guides to recurrent networks draw this circle for a plain one, with nearly nothing "
            "left of the first word. Here is a plain network before any training (the average of "
            "eight with random weights), beside the one that answers you."
        ),
        "lost": N_(
            "The untrained one has nearly forgotten “{first}”: its share is {first_untrained}, "
            "while the last word, “{last}”, has {last_untrained}."
        ),
        "not_lost": N_(
            "For this message the untrained one still remembers “{first}”, with a share of "
            "{first_untrained}."
        ),
        "kept": N_("In the trained {cell} it has {first_share}: what to remember is learned."),
        "not_kept": N_(
            "The trained {cell} gives it {first_share}: it has learned what matters, and this "
            "word matters less."
        ),
        "single": N_("A message of a single word has nothing to forget: try a longer one (M)."),
    },
    "backpropagation": {
        "heading": N_("Backpropagation through time"),
        "text": N_(
            "A network learns by sending the error back through the same steps. At each step the "
            "gradient is multiplied by another factor. Where it shrinks to nothing (it "
            "“vanishes”), the network learns nothing from the first words."
        ),
        "more": N_(
            "Of the gradient at the last word, {gradient_untrained} reaches the first word in the"
            " untrained plain network, and {gradient} in the trained {cell}."
        ),
        "not_more": N_(
            "Of the gradient at the last word, {gradient_untrained} reaches the first word in the"
            " untrained plain network, and {gradient} in the trained {cell}: this answer does not"
            " depend on the first word."
        ),
        "single": N_(
            "With a single word there are no earlier words to reach: try a longer message (M)."
        ),
    },
    "gates": {
        "heading": N_("The cure: gates"),
        "text": N_(
            "LSTM and GRU have gates, numbers between 0 and 1 that the network sets anew at every"
            " word: how much of the old state to keep, how much new to write, how much of the old"
            " state to look back at. What is kept passes unchanged, and so does the gradient."
        ),
        "gated": N_(
            "For this message it kept {keep} of its state from word to word on average. That, "
            "too, was learned: an untrained GRU forgets just as fast as a plain network."
        ),
        "gateless": N_("The network that answers you is a plain {cell}, which has no gates."),
    },
}
"""By step and by what it says; `texts` chooses what is true of the figures."""
