"""What F1 says of each screen: what it is for, and what its figures mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatbot.common import N_


@dataclass(frozen=True, slots=True)
class About:
    """A screen in words: in English, translated where it is drawn."""

    title: str
    what: str
    figures: tuple[tuple[str, str], ...] = ()
    """Name and meaning of what it shows."""


CHAT = About(
    N_("Conversation"),
    N_(
        "You talk to the bot; the panel shows what its network makes of your words. The network "
        "reads a message one word at a time. Each word, together with the hidden state so far, "
        "goes into the cell, which makes the next hidden state; the last one goes into a "
        "feed-forward layer that names the intent."
    ),
    (
        (
            N_("Title"),
            N_(
                "cell, units and intents of the model; held-out: how many of how many patterns it "
                "got right that it had not seen in training, and how far chance may go (in 95 of "
                "100 cases the true share lies there)"
            ),
        ),
        (N_("Below a reply"), N_("the intent, and how sure the bot is of it")),
        (
            N_("Hidden state"),
            N_(
                "Every word has a line and a tile. The line says what the bot would answer if you "
                "stopped there (with ? where it would give the fallback reply, and = where the "
                "words are an exact pattern, which needs no network), and how much the word "
                "changed the state: 0 is nothing, 2 the most there can be. The tile is the state "
                "itself: one pixel per unit, blue below zero, amber above, always on the same "
                "scale from −1 to 1, finer near zero. Where the tiles of all words have no room, "
                "each word has a row of as many units as fit (T). ∅ marks a word that it has "
                "never seen."
            ),
        ),
        (
            N_("Memory"),
            N_(
                "How much of the last state each word accounts for (its Shapley share: what it "
                "adds, averaged over all orders in which the words could have joined), and how "
                "far it speaks for or against the answer. Shares sum to 100 %, the other figures "
                "to the answer's logit less the mean of all intents' logits."
            ),
        ),
        (
            N_("Gates"),
            N_(
                "What the cell keeps of the old state, writes, looks back at, and what of it is "
                "left at the end."
            ),
        ),
        (
            N_("Compare"),
            N_("A pinned message beside the next, or a message beside itself read backwards."),
        ),
        (N_("Unit"), N_("What drives one unit, or an intent.")),
    ),
)

EDITOR = About(
    N_("Editor"),
    N_(
        "The intents file as text, or one intent as a form. It is checked while you type; the "
        "findings stand at the bottom. Nothing is written before you save it. Changed replies "
        "work at once, changed patterns after the next training."
    ),
    (
        (N_("● unsaved"), N_("the text differs from the file")),
        (N_("List"), N_("the intents, with their numbers of patterns and of replies")),
        (
            N_("Findings"),
            N_(
                "line and column, what is wrong or could be better, and where there is one, the "
                "remedy that one key makes"
            ),
        ),
    ),
)

TRAIN = About(
    N_("Training"),
    N_(
        "The model learns in a process of its own, twice: first with some patterns held out, to "
        "measure how good it is, then with all of them. The old model answers until the new one is "
        "complete. If answers got worse you decide."
    ),
    (
        (N_("Epoch"), N_("how often the patterns have been gone through")),
        (N_("Loss"), N_("how wrong the network still is on what it learns; 0 is not at all")),
        (
            N_("Held-out accuracy"),
            N_(
                "how many of the patterns it is not learning now it gets right; with few patterns "
                "it swings by several percent"
            ),
        ),
    ),
)

LAB = About(
    N_("Forgetting lab"),
    N_(
        "RNN, LSTM and GRU, trained here on your file with the same patterns and steps, and what "
        "each still knows of a word many words later. Your bot's model is not changed. Results "
        "are kept until the patterns change."
    ),
    (
        (N_("Circles"), N_("how much of each word is left in the last state")),
        (N_("Gradient"), N_("how much of what is learned at the end reaches the first words")),
        (N_("Layers"), N_("the same for two deep networks, from layer to layer")),
        (N_("Chatter"), N_("the answer when more and more idle words follow the message")),
        (N_("Training"), N_("how loss and accuracy went while they learned")),
    ),
)

EVALUATE = About(
    N_("Evaluation"),
    N_(
        "How good the bot is on messages it has not learned: each pattern is tested on a model "
        "that was trained without it. Nothing is changed: the model that answers stays as it is."
    ),
    (
        (N_("Precision"), N_("of the messages taken for this intent, how many are of it")),
        (N_("Recall"), N_("of the messages of this intent, how many are taken for it")),
        ("F1", N_("the two in one figure (their harmonic mean); 1 is perfect")),
        (
            N_("Messages"),
            N_("how many messages of this intent were asked; below about ten, figures swing"),
        ),
        (N_("Confusions"), N_("which intent was taken for which, the most frequent first")),
        (N_("Confidence"), N_("how sure the bot was of right and of wrong answers")),
    ),
)

VERSIONS = About(
    N_("Versions"),
    N_(
        "Every training is kept, the last ten by default, with the intents file that made it. "
        "Below the list is what would change if that version answered instead of the current one."
    ),
    (
        (N_("Learned"), N_("in full, or as an edit that went on from the model before")),
        (N_("Held-out"), N_("how many of the patterns it had not seen in training it got right")),
    ),
)

INBOX = About(
    N_("Inbox"),
    N_(
        "Messages that got the fallback reply, similar ones together. Sort them into an intent, "
        "and the bot knows them from then on; forget what nobody should answer."
    ),
    (("[x]", N_("a marked message")), ("┌ │ └", N_("messages of one group: they are alike"))),
)

CONVERSATIONS = About(
    N_("Conversations"),
    N_(
        "Every turn is kept as soon as it is answered, on this machine only. A search finds words "
        "in messages and replies; case and accents do not matter."
    ),
)

TOUR = About(
    N_("Guided tour"),
    N_(
        "What happens inside, in eight steps, told with the figures of a message. You can tell it "
        "with a message of your own."
    ),
)

SETTINGS = About(
    N_("Settings"),
    N_(
        "Everything that can be set, and every key. A change works at once and is kept in one file "
        "that you can edit by hand as well; your comments stay."
    ),
    (
        ("●", N_("changed: not as it is by default")),
        (N_("Recent messages"), N_("what the chosen threshold would answer, from what you typed")),
    ),
)

ABOUT: Mapping[str, About] = {
    "chat": CHAT,
    "edit": EDITOR,
    "train": TRAIN,
    "lab": LAB,
    "evaluate": EVALUATE,
    "versions": VERSIONS,
    "inbox": INBOX,
    "conversations": CONVERSATIONS,
    "tour": TOUR,
    "settings": SETTINGS,
}
"""By place."""

OTHER = About(N_("Help"), N_("Nothing is changed before you have answered this question."))
"""Of a screen without a text of its own."""
