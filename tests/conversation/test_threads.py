"""One bot for many conversations, threads and tasks: everybody hears what they would hear alone."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier, Event
from typing import TypeVar

import pytest

from chatbot.conversation import dialogue as dialogue_module
from chatbot.conversation import reader as reader_module
from chatbot.conversation.bot import Chatbot
from chatbot.conversation.reader import Reader
from chatbot.conversation.replies import Replier
from chatbot.conversation.turn import Turn
from chatbot.intents.types import Context, Intent, Intents
from chatbot.network import recurrent as recurrent_module
from tests.random_network import random_network

T = TypeVar("T")

THREADS = 8
LONG = Context("ordering", 1000)
REPLIES = tuple(f"reply {number}" for number in range(5))
INTENTS = Intents(
    (
        Intent("order", ("one coffee please", "i want a cake"), REPLIES, (LONG,)),
        Intent("book", ("a table for two", "reserve a table"), REPLIES, (Context("booking", 3),)),
        Intent("order_yes", ("yes", "go ahead"), REPLIES, (Context("ordering", 0),), ("ordering",)),
        Intent("book_yes", ("yes", "eight is fine"), REPLIES, (), ("booking",)),
        Intent("hours", ("when do you open", "opening hours"), REPLIES),
        Intent("fallback", (), ("Sorry?", "Pardon?", "What?")),
    ),
    Intent("fallback", (), ("Sorry?", "Pardon?", "What?")),
)
SAID = (
    "one coffee please", "yes", "a table for two", "eight is fine", "yes", "opening hours",
    "zzz qqq", "zzz", "1", "when do you open and one cake", "i want a table", "go ahead",
)  # fmt: skip


@pytest.fixture(autouse=True)
def threads_that_change_all_the_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """And caches so small that they are cleared all the time."""
    monkeypatch.setattr(recurrent_module, "WORD_CACHE", 6)
    monkeypatch.setattr(reader_module, "MOST_READERS", 2)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def new_bot() -> Chatbot:
    """Return a bot that has read nothing yet: its caches are empty."""
    recurrent, classifier = random_network("gru", INTENTS)
    bot = Chatbot.__new__(Chatbot)
    bot.intents, bot.replier, bot.threshold = INTENTS, Replier("Ana", seed=3), None
    bot.reader, bot._latest = Reader(recurrent, classifier, INTENTS), bot
    return bot


def in_threads(work: Callable[[int], T]) -> list[T]:
    """Let threads do the same work, all from the same moment on."""
    begin = Barrier(THREADS)

    def begun(number: int) -> T:
        begin.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(begun, range(THREADS)))


def heard(turn: Turn) -> tuple[object, ...]:
    """Return everything about a turn that somebody hears; confidences as far as they are shown."""
    said = turn.reading.prediction
    return (
        turn.reading.words, turn.reply, said.intent, said.in_scope, said.needs,
        round(said.confidence, 4), turn.contexts, turn.offers, turn.instead_of,
        [part.message for part in turn.parts],
    )  # fmt: skip


def conversation_of(bot: Chatbot, number: int) -> list[tuple[object, ...]]:
    """Say the same sentences in a new conversation, begun at another place by each."""
    conversation = bot.conversation()
    order = [SAID[(number + i) % len(SAID)] for i in range(3 * len(SAID))]
    return [heard(conversation.reply(message)) for message in order]


def test_conversations_in_threads_hear_what_they_hear_alone() -> None:
    alone = [conversation_of(new_bot(), number) for number in range(THREADS)]
    bot = new_bot()
    assert in_threads(lambda number: conversation_of(bot, number)) == alone


def test_messages_without_a_conversation_are_understood_alike_in_all_threads() -> None:
    bot = new_bot()
    alone = [bot.reply(message).reading.prediction.intent for message in SAID]
    fresh = new_bot()

    def ask(number: int) -> list[str]:
        return [fresh.reply(message).reading.prediction.intent for message in SAID]

    assert in_threads(ask) == [alone] * THREADS


@pytest.fixture
def slow_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every thread have its chance in the middle of a turn."""
    for name in ("after", "_is_lost"):
        function = getattr(dialogue_module, name)

        def slowly(*arguments: object, function: Callable[..., object] = function) -> object:
            time.sleep(1e-4)
            found = function(*arguments)
            time.sleep(1e-4)
            return found

        monkeypatch.setattr(dialogue_module, name, slowly)


@pytest.mark.usefixtures("slow_turns")
def test_in_one_conversation_each_message_counts_once_whoever_sends_it() -> None:
    conversation = new_bot().conversation()
    conversation.reply("one coffee please")
    in_threads(lambda number: [conversation.reply("opening hours") for _ in range(20)])
    assert conversation.contexts == (Context("ordering", 1000 - THREADS * 20),)


@pytest.mark.usefixtures("slow_turns")
def test_a_conversation_that_is_forgotten_while_it_answers_leaves_nothing_active() -> None:
    conversation = new_bot().conversation()

    def talk(number: int) -> None:
        for _ in range(30):
            if number % 2:
                conversation.forget()
            else:
                turn = conversation.reply("one coffee please")
                assert turn.contexts in ((), (LONG,))

    in_threads(talk)
    conversation.forget()
    assert conversation.contexts == ()


def test_readers_of_a_context_are_made_once_however_many_ask(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bot, make = new_bot(), Reader._restricted

    def slowly(reader: Reader, contexts: tuple[str, ...]) -> Reader:
        time.sleep(0.01)
        return make(reader, contexts)

    monkeypatch.setattr(Reader, "_restricted", slowly)
    readers = in_threads(lambda number: bot.reader.within(["ordering"]))
    assert len({id(reader) for reader in readers}) == 1


def test_no_conversation_hears_the_same_twice_in_a_row_though_others_talk_between() -> None:
    bot = new_bot()
    one, other = bot.conversation(), bot.conversation()
    turns = [(one.reply("opening hours").reply, other.reply("opening hours").reply)
             for _ in range(40)]  # fmt: skip
    assert all(a != b for said in zip(*turns, strict=True) for a, b in pairwise(said))


def test_a_conversation_keeps_no_states_of_what_was_said() -> None:
    conversation = new_bot().conversation()
    turn = conversation.reply("one coffee please")
    state = weakref.ref(turn.reading.steps[0].hidden)
    assert state() is not None
    del turn
    gc.collect()
    assert state() is None


# ---- asyncio


async def test_answers_are_awaited() -> None:
    bot = new_bot()
    assert (await bot.areply("opening hours")).reading.prediction.intent == "hours"
    conversation = bot.conversation()
    assert heard(await conversation.areply("one coffee please"))[6] == (LONG,)
    assert (await conversation.areply("yes")).reading.prediction.intent == "order_yes"


async def test_many_conversations_are_awaited_at_once() -> None:
    bot = new_bot()

    async def talk(number: int) -> list[tuple[object, ...]]:
        conversation = bot.conversation()
        order = [SAID[(number + i) % len(SAID)] for i in range(len(SAID))]
        return [heard(await conversation.areply(message)) for message in order]

    together = await asyncio.gather(*(talk(number) for number in range(30)))
    alone = new_bot()
    for number, found in enumerate(together):
        conversation = alone.conversation()
        order = [SAID[(number + i) % len(SAID)] for i in range(len(SAID))]
        assert found == [heard(conversation.reply(message)) for message in order]


async def test_nothing_waits_for_an_answer_that_takes_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    others_went_on, bot = Event(), new_bot()
    read = Reader.read_words

    def slowly(*arguments: object) -> object:
        assert others_went_on.wait(60)
        return read(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "read_words", slowly)
    answer = asyncio.create_task(bot.conversation().areply("opening hours"))
    await asyncio.sleep(0)
    others_went_on.set()
    assert (await answer).reading.prediction.intent == "hours"
