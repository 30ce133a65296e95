"""Lines as people type them: what is changed, in how many lines, and what must stay."""

from __future__ import annotations

import importlib.util
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.learning.data import encode
from chatbot.learning.pretraining.variants import Rates, Variants, mistyped
from chatbot.words import words

NOTHING = Rates(bare=0, typing_errors=0, bare_end=0, unpunctuated=0)
MANY = 2_000


def typed(rates: Rates, *texts: str, seed: int = 0, times: int = MANY) -> list[tuple[str, ...]]:
    """Return each text as it is typed, `times` over: all of the first text, then of the next."""
    messages = encode([tuple(words(text)) or ("",) for text in texts])
    variants = Variants(messages.vocabulary)
    chosen = np.arange(len(texts)).repeat(times)
    found, lengths = variants.typed(
        messages.words[chosen], messages.lengths[chosen], rates, np.random.default_rng(seed)
    )
    assert found.shape == messages.words[chosen].shape and (lengths >= 1).all()
    return [
        tuple(variants.vocabulary[number] for number in row[:length].tolist())
        for row, length in zip(found, lengths, strict=True)
    ]


def test_at_no_rate_a_line_is_as_it_was() -> None:
    texts = ("mấy giờ rồi?", "!", "", "a, b; c.")
    lines = typed(NOTHING, *texts, times=3)
    assert lines == [tuple(words(text)) or ("",) for text in texts for _ in range(3)]


def test_a_line_of_nothing_but_marks_stays_and_so_does_an_empty_one() -> None:
    rates = Rates(bare=1, typing_errors=1, bare_end=1, unpunctuated=1)
    assert set(typed(rates, "?!…")) == {("?", "!", "…")}
    assert set(typed(rates, "?")) == {("?",)}
    assert set(typed(rates, "")) == {("",)}


def test_the_mark_at_the_end_goes_from_that_share_of_the_lines() -> None:
    lines = typed(
        Rates(bare=0, typing_errors=0, bare_end=0.3, unpunctuated=0),
        "oh, what time is it?",
        "no mark",
    )
    first, second = lines[:MANY], lines[MANY:]
    assert set(first) == {("oh", ",", "what", "time", "is", "it", "?"),
                          ("oh", ",", "what", "time", "is", "it")}  # fmt: skip
    assert np.mean([len(line) == 6 for line in first]) == pytest.approx(0.3, abs=0.04)
    assert set(second) == {("no", "mark")}


def test_all_marks_go_together_and_the_words_move_up() -> None:
    lines = typed(
        Rates(bare=0, typing_errors=0, bare_end=0, unpunctuated=0.4),
        "“oh”, (a) b?!",
        "a b c d e f g h i j k",
    )
    shares = [len(line) == 3 for line in lines[:MANY]]
    assert set(lines[:MANY]) == {tuple(words("“oh”, (a) b?!")), ("oh", "a", "b")}
    assert np.mean(shares) == pytest.approx(0.4, abs=0.04)
    assert set(lines[MANY:]) == {tuple("abcdefghijk")}, "a longer line beside it stays whole"


def test_bare_lines_have_no_diacritics_at_all() -> None:
    lines = typed(Rates(bare=1, typing_errors=0, bare_end=0, unpunctuated=0), "mấy giờ rồi, Đức?")
    assert set(lines) == {("may", "gio", "roi", ",", "duc", "?")}


def test_half_of_the_bare_german_lines_are_spelled_out() -> None:
    lines = typed(Rates(bare=0.5, typing_errors=0, bare_end=0, unpunctuated=0), "schöne Grüße")
    shares = {line: lines.count(line) / MANY for line in set(lines)}
    assert shares == {
        ("schöne", "grüße"): pytest.approx(0.5, abs=0.04),
        ("schone", "grusse"): pytest.approx(0.25, abs=0.04),
        ("schoene", "gruesse"): pytest.approx(0.25, abs=0.04),
    }


@pytest.mark.skipif(importlib.util.find_spec("opencc") is None, reason="needs OpenCC")
def test_bare_chinese_is_traditional_and_japanese_marks_stay() -> None:
    lines = typed(Rates(bare=1, typing_errors=0, bare_end=0, unpunctuated=0), "现在几点", "が")
    assert "".join(lines[0]) == "現在幾點"
    assert lines[-1] == ("が",)


def test_without_opencc_chinese_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "opencc", None)
    lines = typed(Rates(bare=1, typing_errors=0, bare_end=0, unpunctuated=0), "现在几点")
    assert set(lines) == {("现", "在", "几", "点")}


def test_typing_errors_are_in_a_fifth_of_the_longer_words_of_the_lines_that_have_any() -> None:
    text = "tomorrow evening there is no train 12345"
    lines = typed(Rates(bare=0, typing_errors=0.5, bare_end=0, unpunctuated=0), text)
    right = tuple(words(text))
    wrong = np.array([[a != b for a, b in zip(line, right, strict=True)] for line in lines])
    assert wrong[:, [3, 4, 6]].sum() == 0, "is, no and the number"
    assert wrong[:, [0, 1]].mean() == pytest.approx(0.1, abs=0.02)


def test_bare_lines_have_no_typing_errors_too() -> None:
    lines = typed(Rates(bare=1, typing_errors=1, bare_end=0, unpunctuated=0), "tomorrow evening")
    assert set(lines) == {("tomorrow", "evening")}


def test_the_same_chance_changes_the_same() -> None:
    rates = Rates(0.4, 0.4, 0.4, 0.4)
    assert typed(rates, "mấy giờ rồi?", seed=1) == typed(rates, "mấy giờ rồi?", seed=1)
    assert typed(rates, "mấy giờ rồi?", seed=1) != typed(rates, "mấy giờ rồi?", seed=2)


def test_the_words_that_were_given_keep_their_numbers() -> None:
    vocabulary = ("", "schöne", "schone", "tomorrow", "schöne2")
    variants = Variants(vocabulary)
    assert variants.vocabulary[: len(vocabulary)] == vocabulary
    assert len(set(variants.vocabulary)) == len(variants.vocabulary)


@given(st.text(max_size=12), st.integers(0, 99))
def test_a_typing_error_is_a_small_one_and_short_words_have_none(word: str, seed: int) -> None:
    found = mistyped(word, random.Random(seed))
    assert abs(len(found) - len(word)) <= 1
    assert found or not word
    if len(word) < 4 or not word.isalpha():
        assert found == word
    elif len(found) == len(word):
        assert sum(a != b for a, b in zip(found, word, strict=True)) <= 2


def test_every_kind_of_typing_error_is_made() -> None:
    found = {mistyped("train", random.Random(seed)) for seed in range(200)}
    assert {"rtain", "ttrain", "rain", "yrain"} <= found
