"""Which intent answers a message after others: a conversation in which nothing is said or done.

For the tests of an intents file, which are asked at every training: an action is not carried out,
as a timer would go off and a program of somebody else's would be called.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatbot.actions import Done, Outcome
from chatbot.conversation.bot import Chatbot
from chatbot.conversation.dialogue import Dialogue
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.conversation.remembered import Remembered
from chatbot.conversation.replies import Replier
from chatbot.intents import Context, Intent, Situation
from chatbot.model import Prediction


class _Rehearsal(Chatbot):
    """A bot of which only the intents that it answers with count."""

    def __init__(self, reader: Reader) -> None:
        self.intents = reader.intents
        self.reader = reader
        self.replier = Replier("", seed=0)
        self.threshold = None
        self._latest = self

    def _done(self, intent: Intent, reading: Reading, situation: Situation, before: str) -> Outcome:
        return Outcome(Done(""))


def answer_after(
    reader: Reader, message: str, before: Sequence[str] = (), contexts: Iterable[str] = ()
) -> str | None:
    """Return the tag of the intent that answers a message in a conversation; None: the fallback."""
    return prediction_after(reader, message, before, contexts)[0]


def prediction_after(
    reader: Reader, message: str, before: Sequence[str] = (), contexts: Iterable[str] = ()
) -> tuple[str | None, Prediction]:
    """Return what `answer_after` does, and what the network says of the message.

    `before` was said in the conversation, `contexts` are active when it begins. Of two questions in
    the message the first counts. A question for a slot is an answer of its intent.
    """
    active = tuple(Context(name, len(before) + 1) for name in contexts)
    dialogue = Dialogue(_Rehearsal(reader), Remembered(contexts=active))
    for earlier in before:
        dialogue.reply(earlier)
    turn = dialogue.reply(message)
    if turn.parts:
        first = turn.parts[0].prediction
        return first.intent, first
    return turn.answers, turn.reading.prediction
