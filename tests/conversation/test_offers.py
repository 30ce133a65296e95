"""What is offered where there is no answer: what was meant, or what can be asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import pytest

from chatbot.conversation.bot import Chatbot
from chatbot.conversation.dialogue import Dialogue
from chatbot.conversation.offers import (
    ALSO,
    LIKELY,
    MOST_EXAMPLES,
    NO_OFFERS,
    Offers,
    examples,
    likely,
)
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from chatbot.conversation.replies import BUILT_IN_FALLBACK, Replier
from chatbot.intents import check_text
from chatbot.intents.types import Intent, Intents
from chatbot.model.classifier import Prediction, RankedIntent
from tests.conversation.test_dialogue import Parrot
from tests.random_network import random_network

LONG = "and " * 30 + "a very long way to ask for the weather"
INTENTS = Intents(
    (
        Intent("hours", ("when do you open", "opening hours"), ("At eight.",)),
        Intent("closing", ("opening hours", "when do you close"), ("At nine.",)),
        Intent("weather", (LONG, "will it rain"), ("It rains.",)),
        Intent("silent", ("say nothing",)),
        Intent("jobs", ("opening hours",), ("None.",)),
        Intent("later", ("do you deliver",), ("Yes.",), (), ("ordering",)),
        *(Intent(f"more{n}", (f"more number {n}",), ("More.",)) for n in range(MOST_EXAMPLES)),
        Intent("fallback", (), ("Sorry?",)),
    ),
    Intent("fallback", (), ("Sorry?",)),
)


class Scripted(Reader):
    """A reader whose network is told what it thinks of messages that are no pattern."""

    said: Sequence[tuple[str, float]] = ()

    def read_words(
        self,
        message: str,
        given: Sequence[str],
        after: Reading | None = None,
        pause: Callable[[], object] = lambda: None,
    ) -> Reading:
        reading = super().read_words(message, given, after, pause)
        if reading.prediction.is_pattern:
            return reading
        ranking = tuple(RankedIntent(*each) for each in Scripted.said)
        in_scope = bool(ranking) and ranking[0].confidence >= 0.4
        rest = tuple(
            RankedIntent(tag, 0.0)
            for tag in self.classifier.intents
            if tag not in dict(Scripted.said)
        )
        return replace(reading, prediction=Prediction((*ranking, *rest), in_scope, 0.0))


@dataclass
class Said:
    """A conversation, and what the network says in it."""

    dialogue: Dialogue

    def __call__(self, message: str, **confidences: float) -> tuple[str, list[str]]:
        Scripted.said = tuple(sorted(confidences.items(), key=lambda each: -each[1]))
        turn = self.dialogue.reply(message)
        return turn.reply, [offer.message for offer in turn.offers.choices]


@pytest.fixture
def say() -> Said:
    bot = Chatbot.__new__(Chatbot)
    bot.intents, bot.replier, bot.threshold = INTENTS, Parrot(), None
    recurrent, classifier = random_network("gru", INTENTS)
    scripted = Scripted(recurrent, classifier, INTENTS)
    # Every reader of it is scripted: also the one of no context.
    scripted._within[()] = within = Scripted(recurrent, classifier, _without("later"))
    within._is_within = True
    bot.reader, bot._latest = scripted, bot
    return Said(bot.conversation())


def _without(tag: str) -> Intents:
    return replace(INTENTS, intents=tuple(each for each in INTENTS.intents if each.tag != tag))


def test_an_answer_comes_without_offers(say: Said) -> None:
    assert say("when do you open") == ("At eight.", [])
    assert say("are you open", hours=0.9, closing=0.05) == ("At eight.", [])


def test_what_may_be_meant_is_offered_the_likeliest_first(say: Said) -> None:
    assert say("open?", closing=0.3, hours=0.25) == (
        "Sorry?",
        ["when do you close", "when do you open"],
    )


def test_nothing_unlikely_is_offered(say: Said) -> None:
    assert say("open?", hours=LIKELY - 0.01, closing=0.15)[1] == []
    assert say("open?", hours=LIKELY, closing=ALSO - 0.01)[1] == ["when do you open"]


def test_an_offer_is_a_short_pattern_of_that_intent_alone_which_has_a_reply(say: Said) -> None:
    assert say("rain?", weather=0.3, silent=0.2, jobs=0.2, closing=0.1)[1] == [
        "will it rain",
        "when do you close",
    ]


@pytest.mark.parametrize("number", ["2", " 2 ", "2.", "2)", "２", "٢"])
def test_the_number_of_an_offer_asks_it(say: Said, number: str) -> None:
    say("open?", closing=0.3, hours=0.25)
    turn = say.dialogue.reply(number)
    assert turn.reply == "At eight."
    assert turn.reading.message == "when do you open"
    assert turn.instead_of == "open?" and turn.is_another_way
    assert say("2") == ("Sorry?", [])  # nothing is offered any more


def test_an_offer_names_a_value_not_a_slot() -> None:
    own = {"tag": "t", "patterns": ["where is {ticket}", "my ticket"], "responses": ["."]}
    file = {"slots": {"ticket": {"regex": "INC[0-9]+"}}, "intents": [own]}
    intents = check_text(json.dumps(file)).intents
    assert intents is not None
    reader = Reader(*random_network("gru", intents), intents)
    assert [offer.message for offer in examples(reader).choices] == ["my ticket"]


@pytest.mark.parametrize(
    "message", ["none of these", "None of them!", "No.", "keins davon", "không cái nào", "都不是"]
)
def test_none_of_the_offers_may_be_taken(say: Said, message: str) -> None:
    say("open?", closing=0.3, hours=0.25)
    assert say(message, closing=0.2) == ("All right, let us leave it.", [])
    assert say("2") == ("Sorry?", [])
    assert say(message)[0] == "Sorry?"  # nothing likely is offered any more


def test_none_of_the_offers_is_a_message_where_an_intent_is_about_it(say: Said) -> None:
    say("open?", closing=0.3, hours=0.25)
    assert say("no", weather=0.9) == ("It rains.", [])


@pytest.mark.parametrize("message", ["0", "4", "22", "1 2", "two", "-1", "1e0", "²", "9" * 5_000])
def test_what_is_no_number_of_an_offer_is_a_message(say: Said, message: str) -> None:
    say("open?", closing=0.3, hours=0.25)
    turn = say.dialogue.reply(message)
    assert (turn.reading.message, turn.instead_of) == (message, None)


def test_after_two_messages_that_nothing_is_likely_for_examples_are_offered(say: Said) -> None:
    assert say("zzz", hours=0.05) == ("Sorry?", [])
    reply, offered = say("qqq", hours=0.05)
    assert reply == "Sorry?"
    assert offered == [
        "when do you open",
        "when do you close",
        "will it rain",
        "more number 0",
        "more number 1",
    ]
    assert say("3") == ("It rains.", [])


def test_what_was_said_is_remembered_only_as_what_it_may_mean(say: Said) -> None:
    for confidence, may_mean_it in ((ALSO - 0.01, False), (ALSO, True)):
        say("zzz", hours=0.05)
        assert say("qqq", hours=0.1, weather=confidence)[1]
        turn = say.dialogue.reply("3")
        assert (turn.reply, turn.is_another_way) == ("It rains.", may_mean_it)


def test_a_number_without_offers_is_a_message(say: Said) -> None:
    assert say("1") == ("Sorry?", [])


def test_what_was_offered_can_be_forgotten(say: Said) -> None:
    say("open?", closing=0.3, hours=0.25)
    say.dialogue.forget()
    assert say("1", hours=0.01) == ("Sorry?", [])


def test_an_example_of_what_is_out_of_scope_gets_no_offer() -> None:
    intents = replace(INTENTS, out_of_scope=("do you sell cars",))
    reader = Reader(*random_network("gru", INTENTS), intents)
    reading = reader.read("do you sell cars?")
    assert reading.prediction.is_pattern and likely(reader, reading) is NO_OFFERS


def test_no_offers_choose_nothing() -> None:
    assert Offers().chosen("1") is None


def test_a_bot_without_fallback_replies_asks_for_other_words_once_then_says_what_it_can(
    say: Said,
) -> None:
    bot = say.dialogue.bot
    bot.intents, bot.replier = replace(_without("fallback"), fallback=None), Replier("ann")
    reply, offered = say("zzz", hours=0.05)
    assert reply in BUILT_IN_FALLBACK.responses and offered == []
    assert "other words" in BUILT_IN_FALLBACK.responses[0]
    for message in ("qqq", "www"):
        reply, offered = say(message, hours=0.05)
        assert "for example: “when do you open”" in reply and len(offered) == MOST_EXAMPLES
    assert say("3") == ("It rains.", [])
    assert say("zzz", hours=0.05)[0] in BUILT_IN_FALLBACK.responses
