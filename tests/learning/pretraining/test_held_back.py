"""Lines of an evaluation set, or nearly of one, are not learned; common words are nobody's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chatbot.learning.pretraining.corpus import Line
from chatbot.learning.pretraining.errors import PretrainingError
from chatbot.learning.pretraining.held_back import without


def kept(tmp_path: Path, evaluation: Any, *texts: str) -> list[str]:
    path = tmp_path / "evaluation.json"
    path.write_text(json.dumps(evaluation), encoding="utf-8")
    return list(without({text: Line("en") for text in texts}, [path]))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1, 2"])
def test_an_evaluation_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    with pytest.raises(PretrainingError, match=r"bad\.json: cannot be read as JSON"):
        without({"hi": Line("en")}, [path])


def test_an_evaluation_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PretrainingError, match=r"gone\.json: cannot be read"):
        without({"hi": Line("en")}, [tmp_path / "gone.json"])


@pytest.mark.parametrize(
    "evaluation", [[], {}, None, 5, "text", [[]], {"a": [1, [None]]}, [["", "x"]]]
)
def test_an_evaluation_of_nothing_holds_nothing_back(tmp_path: Path, evaluation: Any) -> None:
    texts = ["", "?!", "hello there you", "a longer line of some words"]
    assert kept(tmp_path, evaluation, *texts) == texts


@pytest.mark.parametrize(
    "evaluation",
    [
        [["what time is it", "time"]],
        {"test": [["what time is it", "time"]], "oos": []},
        {"a": {"b": [["x", "y"], ["What time is it?", "time"]]}},
    ],
)
def test_it_is_found_however_deep_it_is_and_whatever_its_case_and_marks(
    tmp_path: Path, evaluation: Any
) -> None:
    texts = ("what time is it", "WHAT TIME, is it?!", "what time is it now", "what is the time")
    assert kept(tmp_path, evaluation, *texts) == list(texts[2:])


def test_the_intents_names_are_no_texts(tmp_path: Path) -> None:
    evaluation = [["some question here", "tell me a joke"]]
    assert kept(tmp_path, evaluation, "tell me a joke") == ["tell me a joke"]


def test_one_or_two_words_stand_everywhere_and_are_nobodys(tmp_path: Path) -> None:
    evaluation = [["thank you", "x"], ["hello", "x"], ["thank you so", "x"]]
    texts = ("thank you", "Hello!", "thank you so")
    assert kept(tmp_path, evaluation, *texts) == ["thank you", "Hello!"]


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("can you please tell me the way to the station", False),
        ("please can you tell me the way to the station", False),  # other order
        ("can you please tell me the way to the old station", False),  # nine words of ten
        ("can you please show me a way to some station", True),
        ("the way to the station", True),
        ("can you please tell me a joke", True),
    ],
)
def test_a_long_line_that_is_nearly_one_of_them_is_held_back(
    tmp_path: Path, text: str, is_kept: bool
) -> None:
    evaluation = [["Can you please tell me the way to the station?", "way"]]
    assert kept(tmp_path, evaluation, text) == ([text] if is_kept else [])


def test_what_is_known_of_the_lines_that_stay_stays(tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    path.write_text('[["will it rain today", "w"]]', encoding="utf-8")
    lines = {"will it rain today": Line("en"), "regnet es": Line("de", topic="w", bot=3, intent=1)}
    assert without(lines, [path]) == {"regnet es": Line("de", topic="w", bot=3, intent=1)}
    assert without(lines, []) == lines


def test_several_files_count_together(tmp_path: Path) -> None:
    paths = []
    for number, text in enumerate(("one two three", "four five six")):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(json.dumps([[text, "x"]]), encoding="utf-8")
    lines = {text: Line("en") for text in ("one two three", "four five six", "seven eight nine")}
    assert list(without(lines, paths)) == ["seven eight nine"]


@pytest.mark.parametrize("word", range(9))
def test_a_text_with_one_of_nine_words_changed_is_nearly_the_same_whichever_it_is(
    tmp_path: Path, word: int
) -> None:
    others = [[f"{letter} message of quite another kind", "other"] for letter in "abcdefgh"]
    words = ["can", "you", "tell", "me", "when", "the", "next", "train", "leaves"]
    changed = [*words[:word], "zebra" if word % 2 else "aardvark", *words[word + 1 :]]
    assert kept(tmp_path, [[" ".join(words), "train"], *others], " ".join(changed)) == []
