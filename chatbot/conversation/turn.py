"""A turn of a conversation: a message and its answer."""

from __future__ import annotations

from dataclasses import dataclass

from chatbot.actions import Later
from chatbot.conversation.entries import Change
from chatbot.conversation.offers import NO_OFFERS, Offers
from chatbot.conversation.reading import Reading
from chatbot.conversation.remembered import Asks
from chatbot.intents import Context
from chatbot.slots import SlotValue


@dataclass(frozen=True, slots=True)
class Turn:
    """A message and its answer."""

    reading: Reading
    reply: str
    contexts: tuple[Context, ...] = ()
    """What the answer makes active; in a conversation, all that is active after it."""
    offers: Offers = NO_OFFERS
    """What can be asked instead, where there is no answer."""
    parts: tuple[Reading, ...] = ()
    """The two messages that it holds, where both are answered; else none."""
    later: tuple[Later, ...] = ()
    """What is to be said after a while."""
    calls_off: bool = False
    """Whether what earlier answers have promised to say later is not said any more."""
    takes_back: tuple[Later, ...] = ()
    """What the answer that this one corrects has promised, which is not said any more."""
    problem: str = ""
    """Why an action found nothing; the reply says so too."""
    instead_of: str | None = None
    """The message that was not answered, if this is what was chosen from its offers."""
    is_another_way: bool = False
    """Whether that may well be another way to say it: a pattern, if the person agrees."""
    slots: tuple[SlotValue, ...] = ()
    """The values of slots that it names."""
    change: Change | None = None
    """What it does to lists, where its intent has to do with some."""
    asks: Asks | None = None
    """What the reply asks for, in place of an answer."""
    goes_on: str | None = None
    """The tag of the earlier intent that it answers, if it only names or corrects a slot of it."""
    lets_go: bool = False
    """Whether it only drops a question that was asked, "never mind", or what was said before."""
    notes: tuple[str, ...] = ()
    """What the person who made the file should know: an expression that was too slow."""

    @property
    def is_answered(self) -> bool:
        """Whether the reply is no fallback."""
        return self.answers is not None or bool(self.parts) or self.lets_go

    @property
    def answers(self) -> str | None:
        """The tag of the intent that it answers or asks something for; None for no single one."""
        if self.asks is not None:
            return self.asks.intent
        if self.goes_on is not None:
            return self.goes_on
        said = self.reading.prediction
        return said.intent if said.in_scope and not self.parts else None
