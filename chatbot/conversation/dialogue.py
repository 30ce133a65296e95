"""A conversation with a bot: what is active in it, from one message to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from threading import Lock, RLock
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from chatbot.actions import Later
from chatbot.common import _
from chatbot.conversation.entries import Entry, KnownSlots, Lists, texts
from chatbot.conversation.filling import corrected, filled, gives_up
from chatbot.conversation.forgetting import to_forget
from chatbot.conversation.leads import adds, correcting
from chatbot.conversation.offers import NO_OFFERS, Offers, examples, near
from chatbot.conversation.reading import Reading
from chatbot.conversation.remembered import NOTHING, Asks, Remembered
from chatbot.conversation.replies import BEYOND
from chatbot.conversation.turn import Turn
from chatbot.intents import Context, Intents
from chatbot.slots import by_slot

if TYPE_CHECKING:
    from chatbot.conversation.bot import Chatbot


class _Before(NamedTuple):
    """What the next answer needs of a turn. Not the turn: its states take 6 kB a word."""

    answers: str | None = None
    """The tag of the intent that it answers, or asks something for."""
    asks: Asks | None = None
    message: str = ""
    offers: Offers = NO_OFFERS
    said: tuple[Entry, ...] = ()
    """The entries of lists that it names."""
    lists: Lists = {}
    """As they were before it: a correction takes back what it did."""
    is_lost: bool = False
    """Whether it is not answered, and nothing is likely for it."""
    slots: frozenset[str] = frozenset()
    """Those of which it has named a value."""
    passing: Mapping[str, str] = {}
    """What it has said of slots that are not remembered."""
    near: Sequence[str] = ()
    """The intents that it may well have meant, where it is not answered."""
    promises: tuple[Later, ...] = ()
    """What its answer has promised to say later."""
    promised_at: float = 0.0
    """When, in seconds of a clock that only goes on."""


class Dialogue:
    """Answers messages one after the other; an answer may leave contexts active for the next ones.

    A context lasts for as many messages as its intent says, answered or not. One that is set again
    begins anew. A message that only names a slot that was asked for, or another value than before
    ("no, to Hue"), goes on with the intent before. After a message that is not answered, the number
    of an offer asks it, and "none of these" takes none; after two in a row that nothing is likely
    for, examples are offered. The bot may be shared by any number of conversations, and any number
    of threads may use them: the messages of one conversation are answered one at a time.
    """

    def __init__(self, bot: Chatbot, remembered: Remembered = NOTHING) -> None:
        """Take the bot, and what is remembered of an earlier part of the conversation."""
        self.bot = bot
        contexts = remembered.contexts
        self._active = {context.name: context.turns for context in contexts if context.turns > 0}
        self._slots = dict(remembered.slots)
        self._lists: Lists = dict(remembered.lists)
        self._last = _Before(remembered.answers, remembered.asks, lists=self._lists)
        self._replier = bot.replier.for_conversation()
        self._turn = RLock()
        """Held while something is answered. What is active is replaced, never changed in place, so
        that looking at it, and forgetting it, need not wait for an action that takes long."""
        self._state = Lock()
        """Held for the moment in which what is active changes."""
        self._forgotten = 0
        """How often everything was: an answer that began before leaves nothing active."""

    @property
    def contexts(self) -> tuple[Context, ...]:
        """What is active now, and for how many more messages; what was set last is last."""
        return tuple(Context(name, turns) for name, turns in self._active.items())

    @property
    def slots(self) -> dict[str, str]:
        """The values of slots that were said in this conversation, and what is on lists.

        What was said last is last.
        """
        return {**self._slots, **texts(self.bot.intents.slots, self._lists)}

    @property
    def _known(self) -> KnownSlots:
        last = self._last
        return KnownSlots(self._slots, self._lists, message=last.message, answers=last.answers)

    @property
    def remembered(self) -> Remembered:
        """What the next answer may depend on, but for what is offered."""
        with self._state:
            last = self._last
            slots, lists = dict(self._slots), dict(self._lists)
            return Remembered(self.contexts, slots, last.answers, last.asks, lists)

    def use(self, bot: Chatbot) -> None:
        """Go on with another bot, as after a training: what is active stays."""
        self.bot = bot

    @property
    def bot_now(self) -> Chatbot:
        """The bot in the contexts that are active: it decides among what can be meant."""
        return self.bot.within(self._active)

    def read(self, message: str, after: Reading | None = None) -> Reading:
        """Read a message in this conversation without answering it (see `Reader.read`)."""
        return self.bot_now.read(message, after)

    def reply(self, message: str) -> Turn:
        """Read a message and answer it; `Turn.contexts` is what is active after it."""
        with self._turn:
            last = self._last
            chosen = last.offers.chosen(message)
            if chosen is None:
                return self.answer(self.read(message))
            forgotten = self._forgotten
            turn = self.bot_now.answer(self.read(chosen), self._replier, self._known)
            # Nonsense is no other way to say what is chosen after it.
            is_way = last.offers.are_likely or turn.answers in last.near
            turn = replace(turn, instead_of=last.message, is_another_way=is_way)
            return self._keep(turn, forgotten)

    async def areply(self, message: str) -> Turn:
        """Do what `reply` does, in a thread: nothing else has to wait for the answer.

        Await each answer before the next message of the conversation; of messages that are sent at
        once, nobody knows which is answered first.
        """
        from asyncio import to_thread  # start-up: only programs that run asyncio need it

        return await to_thread(self.reply, message)

    def answer(self, reading: Reading) -> Turn:
        """Answer a message that `bot_now` has read; no number of an offer."""
        with self._turn:
            last, forgotten = self._last, self._forgotten
            bot = self.bot_now
            if names := to_forget(reading, self.slots):
                return self._keep(self._forgetting(reading, names), forgotten)
            turn = self._gone_on(bot, reading) or bot.answer(reading, self._replier, self._known)
            if last.asks is not None and turn.asks is not None and turn.asks.slot == last.asks.slot:
                turn = replace(turn, asks=last.asks)  # the answer that needs it is the first one
            if last.is_lost and _is_lost(turn):
                turn = _with_examples(turn, bot)
            return self._keep(turn, forgotten)

    def _forgetting(self, reading: Reading, names: Sequence[str]) -> Turn:
        """Forget some slots, as was asked; return what to say of it."""
        for name in names:
            self.forget_slot(name)
        said = _("I have forgotten: {slots}.")
        shown = ", ".join(name.replace("_", " ") for name in names)
        return Turn(reading, said.format(slots=shown), lets_go=True)

    def _gone_on(self, bot: Chatbot, reading: Reading) -> Turn | None:
        """Return the answer to a message that goes on with the intent before; None to any other."""
        last = self._last
        gives = (last.asks is not None or last.offers.are_likely) and gives_up(reading)
        if gives and not reading.prediction.in_scope:
            return Turn(reading, _("All right, let us leave it."), lets_go=True)
        if last.answers is None or not bot.intents.slots:
            return None
        intent = bot.intents.by_tag(last.answers)
        if intent is None:
            return None
        # "And 20 minutes": what was said before holds too.
        adding = last.asks is None and adds(reading.words[correcting(reading.words) :])
        if last.asks is not None:
            values = filled(bot.reader, reading, intent, last.asks.slot)
        else:
            is_costly = bool(last.promises) and not adding
            values = corrected(bot.reader, reading, intent, last.slots, is_costly=is_costly)
        if not values:
            return None
        # "Tomorrow at 7", "no, at 8" leaves tomorrow; "in 10 minutes", "no, at 8" leaves nothing.
        is_part = any(value.slot in last.passing for value in values)
        slots = {**last.passing, **self._slots} if is_part else self._slots
        if adding:
            known = KnownSlots(slots, self._lists)
            return bot.go_on(intent.tag, reading, self._replier, values, known)
        known = KnownSlots(slots, last.lists, last.said)
        turn = bot.go_on(intent.tag, reading, self._replier, values, known)
        return turn if turn is None else self._taking_back(turn)

    def _taking_back(self, turn: Turn) -> Turn:
        """Return the answer to a correction, which takes back what is promised still."""
        gone_by = monotonic() - self._last.promised_at
        still = tuple(later for later in self._last.promises if later.seconds > gone_by)
        if not still or turn.problem or turn.asks is not None:
            return turn
        reply = "\n".join((turn.reply, _("The one before is called off.")))
        return replace(turn, reply=reply, takes_back=still)

    def _keep(self, turn: Turn, forgotten: int) -> Turn:
        """Take over what an answer makes active and the message says, unless all was forgotten."""
        said = _to_remember(self.bot.intents, turn)
        change = turn.change
        said_entries = change.said if change is not None and turn.answers is not None else ()
        with self._state:
            if forgotten != self._forgotten:
                return replace(turn, contexts=())
            goes_on = turn.goes_on is not None
            before = self._last.lists if goes_on else self._lists
            passing = {slot.name for slot in self.bot.intents.slots if not slot.remember}
            earlier = self._last.passing if goes_on and self._last.passing.keys() & said else {}
            last = _Before(
                turn.answers,
                turn.asks,
                turn.reading.message,
                turn.offers,
                said_entries,
                before,
                _is_lost(turn),
                frozenset(value.slot for value in turn.slots),
                {**earlier, **{k: v for k, v in said.items() if k in passing}},
                () if turn.is_answered else near(turn.reading),
                turn.later,
                monotonic(),
            )
            slots = {k: v for k, v in self._slots.items() if k not in said} | said
            if turn.asks is None:  # else the answer that needs them is still to come
                slots = {k: v for k, v in slots.items() if k not in passing}
            if change is not None and turn.asks is None:
                self._lists = change.lists
                slots = {k: v for k, v in slots.items() if k not in change.uses}
            self._slots = slots
            self._active = after(self._active, turn.contexts)
            self._last = last
            return replace(turn, contexts=self.contexts)

    def forget_slot(self, name: str) -> None:
        """Forget the value of one slot."""
        with self._state:
            self._slots = {slot: value for slot, value in self._slots.items() if slot != name}
            if name in self._lists:
                self._lists = {k: v for k, v in self._lists.items() if k != name}
                self._last = self._last._replace(said=(), lists=self._lists)

    def forget(self) -> None:
        """End every context, forget all slots, and take back what is offered and asked for."""
        with self._state:
            self._forgotten += 1
            self._active, self._slots, self._lists, self._last = {}, {}, {}, _Before()


def _with_examples(turn: Turn, bot: Chatbot) -> Turn:
    """Return a turn that says what the bot can do: in other words it did not understand either."""
    turn = replace(turn, offers=examples(bot.reader))
    if bot.intents.fallback is None and turn.offers.choices:  # else the file says what is said
        example = turn.offers.choices[0].message
        turn = replace(turn, reply=_(BEYOND).format(example=example))
    return turn


def _is_lost(turn: Turn) -> bool:
    """Whether a message is not answered, and nothing is likely for it."""
    return not turn.is_answered and not turn.offers.are_likely


def _to_remember(intents: Intents, turn: Turn) -> dict[str, str]:
    """Return the values that are remembered: those that the intents answered have to do with.

    "Nice, thanks" names a city, but nobody meant one. A slot that no intent has to do with is
    remembered from any message, and any slot from one that only answers a question.
    """
    if not turn.slots or turn.goes_on is not None:
        return by_slot(turn.slots)
    tags = {part.prediction.intent for part in turn.parts}
    answered = [each for each in intents.intents if each.tag in tags or each.tag == turn.answers]
    used = {name for each in answered for name in each.slot_names}
    of_some = {name for each in intents.intents for name in each.slot_names}
    return by_slot(v for v in turn.slots if v.slot in used or v.slot not in of_some)


def after(active: Mapping[str, int], begun: Iterable[Context]) -> dict[str, int]:
    """Return what is active after one more message whose answer sets the contexts `begun`."""
    left = {name: turns - 1 for name, turns in active.items() if turns > 1}
    for context in begun:
        left.pop(context.name, None)  # so that it is the last one
        if context.turns > 0:
            left[context.name] = context.turns
    return left
