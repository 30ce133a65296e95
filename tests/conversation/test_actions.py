"""Intents with actions: what the bot says of what they found, and when they fail."""

from __future__ import annotations

from datetime import datetime

import pytest

from chatbot.actions import Asked, Done, Later, registry, running
from chatbot.conversation.bot import Chatbot
from chatbot.conversation.reader import Reader
from chatbot.conversation.replies import Replier
from chatbot.intents.types import ConditionalReply, Context, Intent, Intents, When
from tests.random_network import random_network

ROLLED = Context("rolled", 3)
INTENTS = Intents(
    (
        Intent(
            "roll", ("roll the dice", "throw it"), ("You have {result}.",), (ROLLED,), action="own"
        ),
        Intent("bare", ("just do it", "do it now"), action="own"),
        Intent("typo", ("try that", "have a go"), ("As always.",), action="none_of_ours"),
        Intent(
            "again",
            ("once more", "and again"),
            ("What?",),
            conditional=(ConditionalReply(("Rolling on.",), When(contexts=("rolled",))),),
        ),
    ),
)  # fmt: skip


def own(asked: Asked) -> Done:
    return Done(f"{asked.message.upper()} {{user}}", {"user": "nobody"}, Later(60, "over"))


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Chatbot:
    monkeypatch.setattr(
        registry, "_plugged", lambda: {"own": ("p", "tests.conversation.test_actions:own")}
    )
    made = Chatbot.__new__(Chatbot)
    made.intents, made.threshold = INTENTS, None
    made.replier = Replier("Ana", 0, lambda: datetime(2026, 11, 3, 9))
    made.reader, made._latest = Reader(*random_network("gru", INTENTS), INTENTS), made
    return made


def test_what_an_action_found_fills_the_reply_once(bot: Chatbot) -> None:
    turn = bot.reply("Roll the dice")
    assert turn.reply == "You have ROLL THE DICE {user}."
    assert turn.later == (Later(60, "over"),)
    assert bot.may_take_long


def test_an_intent_without_replies_says_what_its_action_found(bot: Chatbot) -> None:
    assert bot.reply("just do it").reply == "JUST DO IT {user}"


def test_an_action_that_nobody_has_does_not_count(bot: Chatbot) -> None:
    assert bot.reply("try that").reply == "As always."


def test_an_action_that_fails_says_why_and_makes_nothing_active(
    bot: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(name: str) -> object:
        raise OSError("no dice")

    monkeypatch.setattr(running, "find", broken)
    turn = bot.conversation().reply("roll the dice")
    assert turn.reply == turn.problem == "“own” failed: OSError: no dice"
    assert not turn.contexts
    assert not turn.later


def test_a_reply_that_needs_a_context_is_given_while_it_is_active(bot: Chatbot) -> None:
    conversation = bot.conversation()
    assert conversation.reply("once more").reply == "What?"
    conversation.reply("roll the dice")
    assert conversation.reply("once more").reply == "Rolling on."
    conversation.forget()
    assert conversation.reply("once more").reply == "What?"


def test_two_questions_in_one_carry_out_both(bot: Chatbot) -> None:
    turn = bot.reply("Roll the dice! Just do it!")
    assert turn.reply.splitlines() == ["You have ROLL THE DICE! {user}.", "JUST DO IT! {user}"]
    assert len(turn.later) == 2


def test_what_is_forgotten_while_an_action_runs_stays_forgotten(
    bot: Chatbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = bot.conversation()

    def forgets(asked: Asked) -> str:
        conversation.forget()
        conversation.use(bot)
        return "done"

    monkeypatch.setattr(running, "find", lambda name: forgets)
    assert conversation.reply("roll the dice").contexts == ()
    assert conversation.contexts == ()
