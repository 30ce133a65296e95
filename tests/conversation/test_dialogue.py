"""A conversation: what a message means depends on what was said before it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.conversation.dialogue import Dialogue, after
from chatbot.conversation.reader import MOST_READERS, Reader
from chatbot.conversation.replies import Replier
from chatbot.intents.types import Context, Intent, Intents
from chatbot.network.memory import Memory
from tests.random_network import random_network

ORDER, BOOK = Context("ordering", 2), Context("booking", 5)
INTENTS = Intents(
    (
        Intent("order", ("one coffee please", "i want a cake"), ("Shall I?",), (ORDER,)),
        Intent("book", ("a table for two", "reserve a table"), ("At eight?",), (BOOK,)),
        Intent(
            "order_yes",
            ("yes", "go ahead"),
            ("It is on its way.",),
            (Context("ordering", 0),),
            ("ordering",),
        ),
        Intent("book_yes", ("yes", "eight is fine"), ("Booked.",), (), ("booking",)),
        Intent("both", ("forget both",), ("Forgotten.",), (), ("booking", "ordering")),
        Intent("hours", ("when do you open", "opening hours"), ("At eight.",)),
        Intent("fallback", (), ("Sorry?",)),
    ),
    Intent("fallback", (), ("Sorry?",)),
)


class Parrot(Replier):
    """Says the first reply, and has no part in what is understood."""

    def __init__(self) -> None:
        super().__init__("Ana", 0)

    def reply(self, intent: Intent, **_others: object) -> tuple[str, ...]:
        return intent.responses[:1]


@pytest.fixture(scope="module")
def bot() -> Chatbot:
    recurrent, classifier = random_network("gru", INTENTS)
    made = Chatbot.__new__(Chatbot)
    made.intents, made.replier, made.threshold = INTENTS, Parrot(), None
    made.reader, made._latest = Reader(recurrent, classifier, INTENTS), made
    return made


def said(conversation: Dialogue, *messages: str) -> list[str]:
    return [conversation.reply(message).reply for message in messages]


@pytest.mark.parametrize("message", ["yes", "Go ahead!", "eight is fine", "", "!?", "zzz qqq"])
def test_what_follows_nothing_gets_the_fallback(bot: Chatbot, message: str) -> None:
    assert bot.reply(message).reply == "Sorry?"
    assert said(bot.conversation(), message) == ["Sorry?"]


def test_a_pattern_of_what_cannot_be_meant_is_said_to_be_one(bot: Chatbot) -> None:
    for message in ("go ahead", "yes"):
        said = bot.reply(message).reading.prediction
        assert (said.in_scope, said.is_pattern, said.needs) == (False, True, "order_yes")
    assert bot.reply("when do you open").reading.prediction.needs == ""


def test_yes_means_what_is_active(bot: Chatbot) -> None:
    assert said(bot.conversation(), "one coffee please", "yes") == ["Shall I?", "It is on its way."]
    assert said(bot.conversation(), "a table for two", "yes") == ["At eight?", "Booked."]


def test_yes_to_two_questions_at_once_is_left_to_the_network(bot: Chatbot) -> None:
    conversation = bot.conversation()
    said(conversation, "a table for two", "i want a cake")
    assert not conversation.read("yes").prediction.is_pattern


def test_a_context_lasts_for_as_many_messages_as_the_file_says(bot: Chatbot) -> None:
    conversation = bot.conversation()
    assert said(conversation, "one coffee please", "what?", "yes")[-1] == "It is on its way."
    assert said(conversation, "one coffee please", "what?", "eh?", "yes")[-1] == "Sorry?"


def test_a_context_that_is_set_again_begins_anew(bot: Chatbot) -> None:
    conversation = bot.conversation()
    said(conversation, "one coffee please", "what?", "i want a cake", "what?")
    assert conversation.contexts == (Context("ordering", 1),)
    assert said(conversation, "yes") == ["It is on its way."]


def test_an_answer_can_end_a_context(bot: Chatbot) -> None:
    conversation = bot.conversation()
    said(conversation, "one coffee please", "yes")
    assert conversation.contexts == ()
    assert said(conversation, "yes") == ["Sorry?"]


def test_an_intent_may_need_several_contexts(bot: Chatbot) -> None:
    conversation = bot.conversation()
    assert said(conversation, "a table for two", "forget both")[-1] == "Sorry?"
    assert said(conversation, "i want a cake", "forget both")[-1] == "Forgotten."


def test_what_is_active_can_be_forgotten(bot: Chatbot) -> None:
    conversation = bot.conversation()
    turn = conversation.reply("one coffee please")
    assert turn.contexts == conversation.contexts == (ORDER,)
    conversation.forget()
    assert not conversation.contexts
    assert said(conversation, "yes") == ["Sorry?"]


def test_the_bot_of_a_context_does_not_keep_those_of_earlier_ones(bot: Chatbot) -> None:
    for active in (["ordering"], ["booking"], []):
        assert bot.within(active)._latest is bot.within(active)


def test_conversations_do_not_hear_each_other(bot: Chatbot) -> None:
    one, other = bot.conversation(), bot.conversation()
    said(one, "one coffee please")
    said(other, "a table for two")
    assert (said(one, "yes"), said(other, "yes")) == (["It is on its way."], ["Booked."])


def test_what_cannot_be_meant_is_no_candidate_and_takes_no_share(bot: Chatbot) -> None:
    reading = bot.conversation().read("when do you open yes")
    tags = [ranked.intent for ranked in reading.prediction.ranking]
    assert sorted(tags) == ["book", "hours", "order"]
    assert reading.contexts == ()
    active = bot.within(["ordering"])
    assert active.reader.contexts == ("ordering",)
    assert "order_yes" in active.reader.classifier.intents
    assert "book_yes" not in active.reader.classifier.intents


def test_the_network_reads_the_same_whatever_is_active(bot: Chatbot) -> None:
    alone, active = bot.within([]), bot.within(["booking", "ordering"])
    one, other = (each.read("when do you open yes") for each in (alone, active))
    assert all(
        np.array_equal(a.hidden, b.hidden) for a, b in zip(one.steps, other.steps, strict=True)
    )
    every = bot.reader.classifier.logits(one.steps[-1].hidden)
    some = alone.reader.classifier.logits(one.steps[-1].hidden)
    places = [bot.reader.classifier.intents.index(tag) for tag in alone.reader.classifier.intents]
    assert np.allclose(every[places], some)


def test_a_message_about_what_cannot_be_meant_is_less_sure(bot: Chatbot) -> None:
    """Its nearness to the answer leads by less."""
    prototypes = np.eye(6, dtype=np.float16)
    nothing = np.zeros((0, 1), np.float32)
    memory = Memory(prototypes, prototypes[:1], prototypes[:2], scope_layer=nothing)
    weights = replace(bot.reader.weights, memory=memory).with_intents([4, 0])
    assert weights.memory is not None
    assert np.array_equal(weights.memory.prototypes, prototypes[[4, 0]])
    assert np.array_equal(weights.memory.out_of_scope, prototypes[:2])
    assert weights.memory.beyond is not None
    assert np.array_equal(weights.memory.beyond, prototypes[[1, 2, 3, 5]])


def test_a_file_without_contexts_costs_nothing(bot: Chatbot) -> None:
    plain = Intents(tuple(replace(each, context_filter=()) for each in INTENTS.intents))
    reader = bot.reader.with_intents(plain)
    assert reader.within(["ordering"]) is reader


def test_a_file_whose_every_intent_needs_a_context_answers_nothing_at_first() -> None:
    intents = Intents(tuple(replace(each, context_filter=("x",)) for each in INTENTS.intents[:3]))
    reader = Reader(*random_network("gru", INTENTS), intents).within([])
    assert not reader.read("one coffee please").prediction.in_scope


def test_readers_of_many_contexts_are_not_all_kept(bot: Chatbot) -> None:
    names = [f"c{number}" for number in range(MOST_READERS + 3)]
    intents = Intents(tuple(Intent(name, (name,), (), (), (name,)) for name in names))
    reader = Reader(bot.reader.recurrent, bot.reader.classifier, intents)
    for name in names:
        assert reader.within([name]).contexts == (name,)
    assert len(reader._within) <= MOST_READERS


def test_after_a_message() -> None:
    assert after({"a": 1, "b": 3}, []) == {"b": 2}
    assert list(after({"a": 3, "b": 3}, [Context("a", 2)]).items()) == [("b", 2), ("a", 2)]
    assert after({"a": 3}, [Context("a", 0), Context("z", 0)]) == {}
