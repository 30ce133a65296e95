"""Words: ugly messages first, then what people type."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.words import clean, features, finished, spans, words


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("", []),
        (" \t\n ", []),
        ("\x00\x07\x1b", []),
        ("\u200b\u200e\ufeff", []),
        ("\ud800", []),
        ("???!!!", ["?", "?", "?", "!", "!", "!"]),
        ("\x1b[31mred\x1b[0m alert", ["red", "alert"]),
        ("\x1b]0;title\x07hi", ["hi"]),
        ("zero\u200bwidth", ["zerowidth"]),
        ("two\nlines", ["two", "lines"]),
        ("[bold]x[/] {time}", ["[", "bold", "]", "x", "[", "/", "]", "{", "time", "}"]),
        ("What time is it?", ["what", "time", "is", "it", "?"]),
        ("don't DON’T rock'n'roll", ["don't", "don't", "rock'n'roll"]),
        ("'quoted'", ["'", "quoted", "'"]),
        ("at 14:32 for 3,000.50 €", ["at", "14:32", "for", "3,000.50", "€"]),
        ("the 5th covid19 test.", ["the", "5th", "covid19", "test", "."]),
        ("今天天气怎么样？", ["今", "天", "天", "气", "怎", "么", "样", "？"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("मुझे समय बताओ", ["मुझे", "समय", "बताओ"]),
        ("مرحبا كيف حالك؟", ["مرحبا", "كيف", "حالك", "؟"]),
        ("👨\u200d👩\u200d👧👍🏽 ok🇻🇳🇫🇷", ["👨\u200d👩\u200d👧", "👍🏽", "ok", "🇻🇳", "🇫🇷"]),
        ("❤\ufe0f ❤", ["❤", "❤"]),
    ],
)
def test_a_message_is_split_into_these_words(message: str, expected: list[str]) -> None:
    assert words(message) == expected


def test_vietnamese_typed_composed_or_decomposed_gives_the_same_words() -> None:
    composed = unicodedata.normalize("NFC", "Mấy giờ rồi, Đức ơi?")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert words(composed) == words(decomposed) == ["mấy", "giờ", "rồi", ",", "đức", "ơi", "?"]


@given(st.text())
def test_any_text_at_all_gives_words_that_can_be_written_and_carry_nothing_that_acts(
    text: str,
) -> None:
    for word in spans(text):
        assert word.text.encode()
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in word.text)
        assert 0 <= word.start < word.end <= len(clean(text))


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_a_typo_keeps_some_of_the_features_of_the_word_and_another_word_hardly_any() -> None:
    right, typo, other = (set(features(w)) for w in ("tomorrow", "tomorow", "vanishing"))
    assert len(right & typo) >= 6
    assert len(right & other) <= 1


def test_features_never_change_from_one_machine_or_session_to_another() -> None:
    # Written down once: a model on disk depends on them.
    assert features("it") == (869879073, 828874797, 846563556, 1452132851)
    assert all(0 <= value < 2**32 for value in features("xin chào 👍"))


def test_a_word_of_a_million_letters_has_a_bounded_number_of_features() -> None:
    assert len(features("a b" * 333_333)) < 300


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        ("wha", ""),
        ("what", ""),
        ("what ", "what "),
        ("what ti", "what "),
        ("what time?", "what time?"),
        ("what time is it ", "what time is it "),
        ("👍", "👍"),
    ],
)
def test_a_word_is_finished_by_what_follows_it(typed: str, read: str) -> None:
    assert finished(typed) == read


def test_of_a_huge_word_the_beginning_counts_so_that_no_paste_costs_more() -> None:
    """64 characters are longer than any word of any language that the bot could know."""
    begins = "x" * 63
    assert features(begins + "ab") == features(begins + "a" + "c" * 100_000)
    assert features(begins + "a") != features(begins + "b")
    assert len(features("".join(map(chr, range(0x4E00, 0x9000))))) < 200
