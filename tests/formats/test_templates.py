"""Templates of examples: every text of a small one, an even choice of a large one."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats.templates import MOST_TEXTS, TemplateError, expand, fill, is_only_slots


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("hello", ["hello"]),
        ("(hi|hello) you", ["hi you", "hello you"]),
        ("[oh] no", ["oh no", "no"]),
        ("(a|) b", ["a b", "b"]),
        ("(a (b|c)|d)", ["a b", "a c", "d"]),
        ("[very [very]] good", ["very very good", "very good", "good"]),
        ("a | b", ["a | b"]),
        ("(a|a)", ["a"]),
        ("", [""]),
    ],
)
def test_a_template_becomes_its_texts(template: str, texts: list[str]) -> None:
    assert list(expand(template).texts) == texts


@pytest.mark.parametrize("template", ["(a", "a)", "[a)", "(a]", "(" * 30, "(a|b)" * 1000])
def test_brackets_that_cannot_be_read_are_an_error(template: str) -> None:
    with pytest.raises(TemplateError):
        expand(template)


def test_of_too_many_texts_some_are_taken_in_which_every_option_comes() -> None:
    words = [(f"a{i}", f"b{i}") for i in range(12)]
    expansion = expand(" ".join(f"({a}|{b})" for a, b in words))
    assert expansion.count == 2**12
    assert len(expansion.texts) == MOST_TEXTS
    said = set(" ".join(expansion.texts).split())
    assert said == {word for pair in words for word in pair}


def test_a_page_of_templates_gives_no_millions_of_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.formats.slotted.MOST_EXPANDED", 100)
    path = tmp_path / "many.chatito"
    lines = "".join(f"    say ~[a] {i}\n" for i in range(50))
    path.write_text("%[x]\n" + lines + "~[a]\n" + "".join(f"    v{i}\n" for i in range(30)))
    imported = formats.read(path)
    (intent,) = imported.intents.intents
    assert len(intent.patterns) == 4 * 30 + 46
    noted = {note.what: note.count for note in imported.notes}
    assert noted["templates beyond 100 texts: one text of each was taken"] == 46


def test_a_slot_is_filled_by_a_value_in_turn_or_its_name() -> None:
    values = {"song": ["imagine", "help"]}
    assert [fill("play { song }", values, turn) for turn in (0, 1, 2)] == [
        "play imagine", "play help", "play imagine",
    ]  # fmt: skip
    assert fill("to {big_city}", {}, 0) == "to big city"


@pytest.mark.parametrize(
    ("text", "only"), [("{a}", True), (" {a} {b}!", True), ("x {a}", False), ("x", False)]
)
def test_what_is_only_a_placeholder_is_told(text: str, only: bool) -> None:
    assert is_only_slots(text) is only
