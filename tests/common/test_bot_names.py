"""Names of bots: what is no name first, in words that say what to do."""

from __future__ import annotations

import unicodedata

import pytest

from chatbot.common import BotNameError, bot_name, is_bot_name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "needs a name"),
        ("   ", "needs a name"),
        (".", "a dot"),
        ("..", "a dot"),
        ("../etc/passwd", "a dot"),
        ("a/b", "“/”"),
        ("a\\b", "“\\”"),
        ("C:", "“:”"),
        ("cafe.json", "a dot"),
        ("nul.txt", "a dot"),
        ("con", "Windows"),
        ("NUL", "Windows"),
        ("Com1", "Windows"),
        ("lpt³", "Windows"),
        ("CONOUT$", "“$”"),
        ("-x", "begin with"),
        ("_x", "begin with"),
        ("\u0301e", "begin with"),
        ("~", "“~”"),
        ("a\tb", "U+0009"),
        ("a\x00b", "U+0000"),
        ("a\u200bb", "U+200B"),
        ("\u202eevil", "U+202E"),
        ("a\ud83d", "U+D83D"),
        ("🙈", "“🙈”"),
        ("x" * 61, "too long"),
        ("x" * 100_000, "too long"),
        ("𠀀" * 60, "too long"),
    ],
)
def test_what_is_no_name_is_refused_and_said_why(text: str, says: str) -> None:
    with pytest.raises(BotNameError) as refused:
        bot_name(text)
    assert says in str(refused.value)
    assert len(str(refused.value)) < 200
    assert str(refused.value).isprintable()
    assert not is_bot_name(text)


@pytest.mark.parametrize(
    "name", ["cafe", "café", "日本", "चाय", "quán cà phê", "my bot 2", "a-b_c", "4", "x" * 60]
)
def test_names_of_any_script_are_kept(name: str) -> None:
    assert bot_name(name) == name
    assert is_bot_name(name)
    assert len(f"{name}.json".encode()) <= 255


def test_blanks_around_and_split_accents_make_no_other_name() -> None:
    assert bot_name("  my   cafe ") == "my cafe"
    assert bot_name(unicodedata.normalize("NFD", "café")) == "café"
