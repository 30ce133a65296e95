"""Known patterns: what counts as typing a pattern, and whose it is when two intents claim it."""

from __future__ import annotations

import unicodedata

import pytest

from chatbot.conversation.known_patterns import Known, KnownPatterns
from chatbot.intents.types import Intent, Intents
from chatbot.words import spoken, words


def known(**patterns: tuple[str, ...]) -> KnownPatterns:
    return KnownPatterns(Intents(tuple(Intent(tag, texts) for tag, texts in patterns.items())))


def asked(patterns: KnownPatterns, message: str) -> str | None:
    known = patterns.known(spoken(words(message)))
    return None if known is None else known.intent


BOT = known(
    time=("Mấy giờ rồi?", "Wie spät ist es?", "What time is it, please?", "कितने बजे हैं"),
    hello=("أهلاً وسهلاً", "Здравствуйте, всё хорошо?", "안녕하세요", "おはよう"),
    odd=("?!", "", "\u200b"),
)


@pytest.mark.parametrize("message", ["", "   ", "?", "?!", "\u200b", "\x1b[31m", "\u0301"])
def test_no_words_are_no_pattern_even_where_the_file_has_such_ones(message: str) -> None:
    assert asked(BOT, message) is None


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("mấy giờ rồi", "time"),
        ("MẤY GIỜ RỒI?!", "time"),
        ("may gio roi", "time"),
        ("May giờ roi ?", "time"),
        (unicodedata.normalize("NFD", "Mấy giờ rồi"), "time"),
        ("wie spat ist es", "time"),
        ("WIE SPÄT IST ES", "time"),
        ("what time is it,please?", "time"),
        ("what time is it please", "time"),
        ("“What time is it” — please…", "time"),
        ("Ｗｈａｔ　ｔｉｍｅ　ｉｓ　ｉｔ，ｐｌｅａｓｅ？", "time"),
        ("𝓦𝓱𝓪𝓽 𝓽𝓲𝓶𝓮 𝓲𝓼 𝓲𝓽, 𝓹𝓵𝓮𝓪𝓼𝓮", "time"),
        ("what\ntime\tis it \u200bplease", "time"),
        ("कितने बजे हैं?", "time"),
        ("اهلا وسهلا", "hello"),
        ("أَهْلاً وَسَهْلاً!", "hello"),
        ("здравствуйте всe хорошо", "hello"),  # e is Latin
        ("ЗДРАВСТВУЙТЕ, ВСЕ ХОРОШО", "hello"),
        ("안녕하세요!", "hello"),
        (unicodedata.normalize("NFD", "안녕하세요"), "hello"),
        ("おはよう。", "hello"),
    ],
)
def test_a_pattern_however_it_is_typed_is_that_pattern(message: str, intent: str) -> None:
    assert asked(BOT, message) == intent


@pytest.mark.parametrize(
    "message",
    ["mấy", "mấy giờ", "mấy giờ rồi nhé", "what time is it", "please what time is it", "おはょう",
     "wie spaet ist es", "कतन बज ह"],
)  # fmt: skip
def test_what_has_other_words_is_left_to_the_network(message: str) -> None:
    assert asked(BOT, message) is None


def test_words_that_differ_by_a_mark_alone_are_each_their_own() -> None:
    patterns = known(but=("mà",), mother=("má",), ghost=("ma quỷ",))
    assert asked(patterns, "mà") == "but"
    assert asked(patterns, "MÁ!") == "mother"
    assert asked(patterns, "ma") is None, "it may be either"
    assert asked(patterns, "mã") is None, "nor is it a third word"
    assert asked(patterns, "ma quy") == "ghost"


def test_a_bare_pattern_is_its_own_but_does_not_take_the_others_with_it() -> None:
    patterns = known(but=("mà",), ghost=("ma",))
    assert asked(patterns, "ma") == "ghost", "as it is written"
    assert asked(patterns, "mà") == "but"
    assert asked(patterns, "mả") is None


def test_two_spellings_in_one_intent_are_that_intent_in_any_spelling() -> None:
    patterns = known(time=("mấy giờ", "may gio"), other=("khác",))
    for message in ("mấy giờ", "may gio", "mây giơ"):
        assert asked(patterns, message) == "time"


@pytest.mark.parametrize("order", [("a", "b"), ("b", "a")])
def test_a_pattern_of_two_intents_is_certain_of_neither(order: tuple[str, str]) -> None:
    patterns = known(**{tag: ("Hello there!", f"only {tag}") for tag in order}, c=("hello",))
    assert asked(patterns, "hello there") is None
    assert asked(patterns, "HELLO, there") is None
    assert asked(patterns, "only a") == "a"
    assert asked(patterns, "hello") == "c"


def test_a_pattern_of_two_intents_stays_uncertain_when_the_first_has_it_again() -> None:
    patterns = known(a=("hi there",), b=("hi there",), c=("bye", "hi there"))
    assert asked(patterns, "hi there") is None
    again = known(a=("hi there", "bye", "Hi there!"), b=("hi there", "Hi, there"))
    assert asked(again, "hi there") is None


def test_without_patterns_nothing_is_known() -> None:
    assert asked(known(), "hi") is None and known().prefixes(["hi", "!"]) == [None, None]


@pytest.mark.parametrize(
    "message",
    ["Wie spät, ist es? Mấy giờ", "! what time is it please ?", "안녕 하세요", "$ 5 %", "😀 ok"],
)
def test_a_prefix_is_known_as_it_would_be_alone(message: str) -> None:
    patterns = known(
        a=("wie spät ist es", "what time", "$ 5", "$"), b=("wie", "안녕", "😀", "😀 ok")
    )
    read = words(message)
    alone = [patterns.known(spoken(read[: end + 1])) for end in range(len(read))]
    assert patterns.prefixes(read) == alone and any(alone)


def test_of_a_thousand_patterns_each_is_found_as_written_and_bare() -> None:
    texts = [f"câu {n} là gì" for n in range(500)] + [f"what is {n} + {n}" for n in range(500)]
    patterns = known(**{f"i{n}": (text,) for n, text in enumerate(texts)})
    for n, text in enumerate(texts):
        assert asked(patterns, text.upper()) == f"i{n}"
    assert asked(patterns, "cau 7 la gi?") == "i7" and asked(patterns, "cau 777 la gi") is None


def test_the_same_letters_in_other_words_are_another_message() -> None:
    patterns = known(a=("a part", "it's"), b=("apart", "its"))
    assert [asked(patterns, m) for m in ("A PART!", "apart?", "it’s", "its", "ap art")] == [
        "a", "b", "a", "b", None,
    ]  # fmt: skip


@pytest.mark.parametrize("message", ["?!", "$$", "+", "\u200b", "❤️", "x" * 300])
def test_of_patterns_of_signs_alone_each_is_its_own(message: str) -> None:
    patterns = known(a=("$$", "x" * 300 + "?"), b=("+", "❤"), c=("...", "\t"))
    expected = {"$$": "a", "+": "b", "❤️": "b", "x" * 300: "a"}
    assert asked(patterns, message) == expected.get(message)


def test_an_out_of_scope_example_is_known_as_one_and_without_diacritics_too() -> None:
    patterns = KnownPatterns(
        Intents((Intent("time", ("mấy giờ",)),), out_of_scope=("thời tiết thế nào", "mấy giờ rồi"))
    )
    for message in ("Thời tiết thế nào?", "thoi tiet the nao"):
        assert patterns.known(spoken(words(message))) == Known(None)
    assert patterns.known(spoken(words("may gio"))) == Known("time")
    assert patterns.known(spoken(words("thời tiết"))) is None
