"""The bot: a reader (message → intent) and a replier (intent → reply) together."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from os import PathLike
from pathlib import Path

from chatbot.actions import RESULT, Asked, Done, Outcome, carry_out, is_known
from chatbot.common import _, paths
from chatbot.conversation.dialogue import Dialogue
from chatbot.conversation.entries import Change, KnownSlots, change, texts
from chatbot.conversation.filling import words_around
from chatbot.conversation.offers import likely
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.conversation.remembered import NOTHING, Asks, Remembered
from chatbot.conversation.replies import Replier, built_in_fallback
from chatbot.conversation.turn import Turn
from chatbot.conversation.two_questions import two_questions
from chatbot.intents import SLOTS, Intent, Intents, Situation, SlotUse
from chatbot.model import Model
from chatbot.model import files as model_files
from chatbot.opening import read_intents
from chatbot.slots import SlotValue, by_slot

NOTHING_KNOWN = KnownSlots()


class Chatbot:
    """Answers messages from an intents file with a trained model: a reader and a replier.

    Any number of threads and conversations may share one.
    """

    def __init__(
        self, intents: Intents, model: Model, replier: Replier, threshold: float | None = None
    ) -> None:
        """Take what it is made of; `threshold` is used in place of the model's own."""
        self.intents = intents
        self.model = model
        self.replier = replier
        self.threshold = threshold
        self.reader = Reader.of(model, intents, threshold)
        """Of all intents; `within` brings the bot of those that can be meant."""
        self._latest = self
        """The bot that `within` brought last: it is asked for again with every key."""

    @classmethod
    def load(
        cls,
        intents: str | PathLike[str],
        model: str | PathLike[str] | None = None,
        seed: int | None = None,
    ) -> Chatbot:
        """Load a bot from an intents file and the folder of its model.

        By default that is `models/NAME` beside the file `NAME.json`. `seed` fixes the choice of
        replies. Raises IntentsError or ModelError, each saying what is wrong, where, and what to
        do.
        """
        file = Path(intents)
        folder = paths.locations_of_file(file, "").model if model is None else Path(model)
        return cls(read_intents(file).intents, model_files.load(folder), Replier(user_name(), seed))

    @property
    def is_stale(self) -> bool:
        """Whether patterns or tags have changed since the model was trained."""
        return self.model.card.intents_digest != self.intents.digest

    def with_intents(self, intents: Intents) -> Chatbot:
        """Return the same bot with other replies: no training, no loading."""
        return Chatbot(intents, self.model, self.replier, self.threshold)

    def with_threshold(self, threshold: float | None) -> Chatbot:
        """Return the same bot that must be so sure to answer; None is as sure as it has learned."""
        if threshold == self.threshold:
            return self
        return Chatbot(self.intents, self.model, self.replier, threshold)

    def within(self, active: Iterable[str]) -> Chatbot:
        """Return the bot that answers while these contexts are active, and no others.

        Its reader decides among the intents that can be meant then; all else is the same.
        """
        reader = self.reader.within(active)
        if reader is self.reader:
            return self
        bot = self._latest  # once: another thread may want another one
        if bot.reader is not reader:
            bot = copy(self)
            bot.reader = reader
            bot._latest = bot  # not the one before: each would keep all that came earlier
            self._latest = bot
        return bot

    def conversation(self, remembered: Remembered = NOTHING) -> Dialogue:
        """Begin a conversation, in which an answer may depend on what was said before.

        `remembered` is what an earlier part of it has left (`Dialogue.remembered`).
        """
        return Dialogue(self, remembered)

    def read(self, message: str, after: Reading | None = None) -> Reading:
        """Read a message by itself, without answering it (see `Reader.read`)."""
        return self.reader.within(()).read(message, after)

    def reply(self, message: str) -> Turn:
        """Read a message by itself and answer it; `conversation` takes into account those before.

        Without a conversation no context is active.
        """
        return self.answer(self.reader.within(()).read(message))

    async def areply(self, message: str) -> Turn:
        """Do what `reply` does, in a thread: nothing else has to wait for the answer."""
        from asyncio import to_thread  # start-up: only programs that run asyncio need it

        return await to_thread(self.reply, message)

    def answer(
        self,
        reading: Reading,
        replier: Replier | None = None,
        known: KnownSlots = NOTHING_KNOWN,
    ) -> Turn:
        """Answer a message that the bot's reader has read.

        `replier` is that of a conversation; without one it is the bot's own. `known` is what was
        said of slots before. An intent with an action has it carried out, which may take
        a few seconds (`may_take_long`).
        """
        reader = self.reader.within(())
        replier = replier or self.replier
        parts = two_questions(reader, reading) or ()
        values = self._values_in(reading, *parts)
        if parts and (said := self._values_in(parts[1])) and words_around(parts[1], said) <= 1:
            parts = ()  # "which weekday is | the 4th of July": a value is no question
        if parts:
            turns: list[Turn] = []
            for part in parts:  # each has its own values, and those before it
                said = self._values_in(part)
                turns.append(self._answer(part, replier, known, said))
                known = known.after(said, turns[-1].change if turns[-1].asks is None else None)
            turn = replace(_together(turns), reading=reading)
        else:
            turn = self._answer(reading, replier, known, values)
            if not reading.prediction.in_scope:
                turn = replace(turn, offers=likely(reader, reading))
        notes = reader.finder.too_slow if self.intents.slots else ()
        if values or notes:
            turn = replace(turn, slots=values, notes=notes)
        return turn

    def go_on(
        self,
        tag: str,
        reading: Reading,
        replier: Replier,
        values: tuple[SlotValue, ...],
        known: KnownSlots,
    ) -> Turn | None:
        """Answer a message that only names slots of an earlier intent; None where that is gone."""
        intent = self.intents.by_tag(tag)
        if intent is None:
            return None
        turn = self._answer_intent(intent, reading, replier, known, values)
        return replace(turn, slots=values, goes_on=tag)

    def _values_in(self, reading: Reading, *parts: Reading) -> tuple[SlotValue, ...]:
        """Return the values that a message names, which may consist of parts."""
        wanted = [name for each in (reading, *parts) for name in self._slots_of(each)]
        quick = not self.intents.slots or self.reader.finder.is_quick_for(wanted)
        return self.reader.within(()).slots_in(reading, wanted, quick=quick)

    def _slots_of(self, reading: Reading) -> Sequence[str]:
        """Return the slots that the intent of a reading has to do with."""
        intent = self.intents.by_tag(reading.prediction.intent) if self.intents.slots else None
        return sorted(intent.slot_names) if intent is not None else ()

    @property
    def may_take_long(self) -> bool:
        """Whether an answer may take a few seconds: on no thread that somebody waits for."""
        has_actions = any(i.action and is_known(i.action) for i in self.intents.intents)
        return has_actions or (bool(self.intents.slots) and self.reader.finder.takes_long)

    def _answer(
        self, reading: Reading, replier: Replier, known: KnownSlots, values: tuple[SlotValue, ...]
    ) -> Turn:
        """Return the answer to one message, or to one of two parts."""
        prediction = reading.prediction
        intent = self.intents.by_tag(prediction.intent) if prediction.in_scope else None
        return self._answer_intent(intent, reading, replier, known, values)

    def _answer_intent(
        self,
        intent: Intent | None,
        reading: Reading,
        replier: Replier,
        known: KnownSlots,
        values: tuple[SlotValue, ...],
    ) -> Turn:
        """Return the answer of an intent, or the question for what it lacks; None: the fallback."""
        changed = change(intent, self.intents.slots, values, known) if intent is not None else None
        shown = texts(self.intents.slots, changed.shown if changed is not None else known.lists)
        filling = self._filling(intent, {**known.slots, **by_slot(values), **shown})
        situation = replier.situation(filling, reading.contexts)
        if intent is not None:
            for use in intent.slots:
                if use.required and _is_lacking(use, situation, changed):
                    question = replier.ask(use, situation, self._declared)
                    asks = Asks(intent.tag, use.name)
                    return Turn(reading, question, asks=asks, change=changed)
        done: Done | None = None
        problem = lacks = ""
        if intent is not None and intent.action and is_known(intent.action):
            before = known.message if known.answers == intent.tag else ""
            done, problem, lacks = self._done(intent, reading, situation, before)
        if intent is not None and lacks in intent.slot_names:
            asking = next((use for use in intent.slots if use.name == lacks and use.ask), None)
            question = replier.ask(asking, situation, self._declared) if asking else problem
            return Turn(reading, question, asks=Asks(intent.tag, lacks), change=changed)
        if problem:
            return Turn(reading, problem, problem=problem)
        if done is not None:
            found = {**situation.slots, **done.values, RESULT: done.result}
            situation = replace(situation, slots=found)
        if done is not None and intent is not None and not intent.has_replies:
            messages: tuple[str, ...] = (done.result,)
        else:
            prediction = reading.prediction
            messages = replier.reply(
                intent or self.intents.fallback or built_in_fallback(),
                named=prediction.intent,
                confidence=prediction.confidence,
                situation=situation,
                declared=self._declared,
            )
        return Turn(
            reading,
            "\n".join(messages),
            intent.context_set if intent else (),
            later=(done.later,) if done is not None and done.later else (),
            calls_off=done is not None and done.calls_off,
            change=changed,
        )

    def _done(self, intent: Intent, reading: Reading, situation: Situation, before: str) -> Outcome:
        """Carry the action of an intent out; return what it found, or why it found nothing."""
        assert intent.action is not None, "whoever asks has looked"
        now, language = situation.now, situation.language
        asked = Asked(reading.message, intent.tag, situation.slots, now, language, before)
        return carry_out(intent.action, asked)

    @property
    def _declared(self) -> list[str]:
        """The slots of the file, which replies may name."""
        return [slot.name for slot in self.intents.slots]

    def _filling(self, intent: Intent | None, known: Mapping[str, str]) -> dict[str, str]:
        """Return what is known of slots, for the replies of an intent.

        A slot that is called like one of the program's own, {time}, is the program's where the
        intent has nothing to do with it.
        """
        own = intent.slot_names if intent is not None else frozenset[str]()
        defaults = {slot.name: slot.default for slot in self.intents.slots}
        values = {name: known.get(name) or default for name, default in defaults.items()}
        return {
            name: value
            for name, value in values.items()
            if value and (name not in SLOTS or name in own)
        }


def _is_lacking(use: SlotUse, situation: Situation, changed: Change | None) -> bool:
    """Return whether a slot is not known; of an entry that goes into a list, in that entry."""
    if changed is not None and use.name in changed.uses:
        return any(use.name not in entry for entry in changed.said)
    return use.name not in situation.slots


def _together(turns: Sequence[Turn]) -> Turn:
    """Return the answers to the parts of a message as one."""
    first = turns[0]
    return replace(
        first,
        reply="\n".join(turn.reply for turn in turns),
        contexts=tuple(context for turn in turns for context in turn.contexts),
        parts=tuple(turn.reading for turn in turns),
        later=tuple(later for turn in turns for later in turn.later),
        calls_off=any(turn.calls_off for turn in turns),
        change=next((turn.change for turn in reversed(turns) if turn.change is not None), None),
        problem="\n".join(filter(None, (turn.problem for turn in turns))),
        asks=next((turn.asks for turn in reversed(turns) if turn.asks is not None), None),
    )


def user_name() -> str:
    """Return the login name for {user}, or "friend" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return _("friend")
