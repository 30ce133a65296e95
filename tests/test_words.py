"""Words: ugly messages first, then what people type."""

from __future__ import annotations

import unicodedata
from zlib import crc32

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chatbot.words import (
    NGRAM_LENGTHS,
    as_read,
    bare,
    clean,
    features,
    finished,
    harmless,
    spans,
    words,
)


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
        ("今天天气怎么样？", ["今", "天", "天", "气", "怎", "么", "样", "?"]),
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
        assert 0 <= word.start < word.end <= len(as_read(text))


@given(st.text(alphabet=" \n\t0123456789abzAZ_'.,:/-#*!?$%\"\\<>~", max_size=30))
@example("a" * 300 + "'b 12:30, 3.5kg it's 5pm _x x'1")
def test_what_follows_in_another_script_changes_no_word_in_ascii(text: str) -> None:
    assert [*spans(f"{text} é")][:-1] == [*spans(text)]
    assert words(f"{text} é")[:-1] == words(text) == [word.text for word in spans(text)]


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert as_read(as_read(text)) == as_read(text)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Ｗｈａｔ　ｔｉｍｅ？", ["what", "time", "?"]),
        ("ＤＯＮ’Ｔ", ["don't"]),
        ("２３：４５ ￥５", ["23:45", "¥", "5"]),
        ("ｶﾞｯｺｳ ﾊﾟﾝ", ["ガ", "ッ", "コ", "ウ", "パ", "ン"]),
        ("ﾞ", []),
        ("𝓗𝓮𝓵𝓵𝓸 𝐖𝐨𝐫𝐥𝐝 𝟙𝟚", ["hello", "world", "12"]),
        ("ℝ𝕖𝕒𝕕 𝔪𝔢 ℯ", ["read", "me", "e"]),
        ("ﻣﺮﺣﺒﺎ ﻛﻴﻒ ﺣﺎﻟﻚ", ["مرحبا", "كيف", "حالك"]),
        ("ﻻ", ["لا"]),
        ("a ﬁne oﬃce", ["a", "fine", "office"]),
        ("ǅ Ĳssel", ["dž", "ijssel"]),
    ],
)
def test_letters_in_another_shape_are_the_ordinary_ones(message: str, expected: list[str]) -> None:
    assert [word for word in words(message) if word != "\u3099"] == expected


@pytest.mark.parametrize("message", ["x²", "½ cup", "①", "10 m³", "№ 5", "ⅳ", "℃", "™", "ª"])
def test_what_would_mean_something_else_keeps_its_shape(message: str) -> None:
    assert as_read(message) == message
    assert "".join(words(message)) == message.lower().replace(" ", "")


def test_a_word_is_found_where_it_stands_in_the_message_as_it_is_read() -> None:
    message = "ｏｆ ﬁne ﾊﾟﾝ, 𝓗ello ١٢"
    text = as_read(message)
    for word in spans(message):
        assert text[word.start : word.end].lower() == word.text


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("", ""),
        ("\u0301", "\u0301"),  # a mark alone is all that there is
        ("c\u0336a\u0336t\u0336", "cat"),  # struck through
        ("time", "time"),
        ("👍", "👍"),
        ("giờ", "gio"),
        ("đường", "duong"),
        ("nguyễn", "nguyen"),
        ("müßig", "mussig"),
        ("straße", "strasse"),
        ("łódź", "lodz"),
        ("żółw", "zolw"),
        ("ığdır", "igdir"),
        ("İstanbul".lower(), "istanbul"),
        ("œuf", "oeuf"),
        ("ça", "ca"),
        ("señor", "senor"),
        ("smørrebrød", "smorrebrod"),
        ("أَهْلاً", "اهلا"),
        ("إسلام", "اسلام"),
        ("آسف", "اسف"),
        ("على", "علي"),
        ("مدرسة", "مدرسه"),
        ("مـــرحبا", "مرحبا"),
        ("یک", "يك"),
        ("٢٥", "25"),
        ("२५", "25"),
        ("ещё", "еще"),
        ("мой", "мои"),
        ("пpивeт", "привет"),  # p and e are Latin
        ("cпасибо", "спасибо"),
        ("привет", "привет"),
        ("paypal", "paypal"),
        ("हिन्दी", "हिन्दी"),
        ("मुझे", "मुझे"),
        ("लड़का", "लडका"),
        ("が", "が"),
        ("ガッコウ", "ガッコウ"),
        ("สวัสดี", "สวัสดี"),
        ("안녕하세요", "안녕하세요"),
        ("今天", "今天"),
    ],
)
def test_bare_is_what_people_type_who_leave_the_marks_out(word: str, expected: str) -> None:
    assert bare(unicodedata.normalize("NFC", word)) == unicodedata.normalize("NFC", expected)


@given(st.text())
def test_what_is_bare_cannot_be_made_barer_and_never_becomes_nothing(text: str) -> None:
    for word in words(text):
        assert bare(word)
        assert bare(bare(word)) == bare(word)


def test_people_who_type_no_marks_are_understood() -> None:
    for word in ("giờ", "mấy", "müßig", "łódź", "ещё", "أَهْلاً"):
        assert set(features(bare(word))) <= set(features(word))
        assert features(word)[0] != features(bare(word))[0], "it still has a feature of its own"


def test_an_ascii_word_has_the_features_that_it_always_had() -> None:
    assert len(features("time")) == 1 + 4 + 3 + 2, "the word, and n-grams of 3, 4 and 5"


def test_a_korean_word_resembles_its_inflections() -> None:
    """The ending changes a letter, and with it the syllable."""
    for one, other in (("가다", "갑니다"), ("먹어요", "먹었어요"), ("주문하다", "주문합니다")):
        shared = set(features(one)) & set(features(other))
        assert len(shared - _syllable_features(one)) >= 2, "letters that syllables would hide"
    assert len(set(features("가다")) & set(features("먹었어요"))) <= 1


def _syllable_features(word: str) -> set[int]:
    bounded = f"<{word}>"
    pieces = [bounded[i : i + n] for n in NGRAM_LENGTHS for i in range(len(bounded) - n + 1)]
    return {crc32(piece.encode()) for piece in (f"<{bounded}>", *pieces)}


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
        ("ｗｈａ", ""),
        ("ｗｈａｔ　ｔｉ", "what "),
        ("ｗｈａｔ ｔｉｍｅ？", "what time?"),
        ("ｗｈａｔ ｔｉｍｅ　", "what time "),
        ("𝓱𝓲 𝓽𝓱𝓮", "hi "),
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


def test_what_is_copied_keeps_its_characters_and_loses_what_would_act() -> None:
    assert harmless("a\tb\r\nc\rd\n") == "a\tb\nc\nd\n"
    assert harmless("\x1b]0;title\x07\x1b[201~rm \x9b31m\x08\x00ok\x85") == "rm ok"
    assert harmless("👨\u200d👩 e\u0301 \u200f؟ [b]\\n") == "👨\u200d👩 e\u0301 \u200f؟ [b]\\n"
    assert harmless("\ud800").encode() == "\ufffd".encode()
