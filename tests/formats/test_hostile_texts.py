"""Texts made to take for ever, to fill the memory or to load something else: done at once."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import FormatError
from chatbot.intents.findings import IntentsError
from tests.formats.test_refusals import refusal


def test_yaml_aliases_are_refused_before_they_multiply(tmp_path: Path) -> None:
    lines = ["nlu: &a0 [lol]"]
    lines += [f"x{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    assert refusal(tmp_path / "nlu.yml", "\n".join(lines)).startswith(
        "nlu.yml:6:25: error: the aliases stand for more than 100,000 values"
    )


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ("more: *a", "4:9: error: the alias *a stands for what it is part of"),
        ("more: *b", "4:9: error: the alias *b stands for nothing"),
        ("<<: hello", "4:7: error: << merges what is no object"),
    ],
)
def test_an_alias_that_cannot_be_followed_is_an_error_with_its_place(
    last: str, said: str, tmp_path: Path
) -> None:
    text = f"intents: &a\n- tag: x\n  patterns: [hi]\n  {last}\n"
    assert refusal(tmp_path / "intents.yml", text).startswith(f"intents.yml:{said}")


def test_a_long_text_is_not_aliased_until_the_memory_is_full(tmp_path: Path) -> None:
    text = f"x: &a {'lol ' * 250_000}\nintents: [{', '.join(['*a'] * 50)}]"
    assert "more than 100,000 values" in refusal(tmp_path / "intents.yml", text)


def test_aliases_within_aliases_are_no_deeper_than_what_is_written_out(tmp_path: Path) -> None:
    lines = ["intents: &a0 [lol]", *(f"x{i}: &a{i} [[[*a{i - 1}]]]" for i in range(1, 30))]
    said = refusal(tmp_path / "intents.yml", "\n".join(lines))
    assert said.startswith("intents.yml:14:14: error: it is nested deeper than 40 levels")


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "nlu: " + "[" * 100_000,
        "nlu:\n" + "- " * 100_000,
        "nlu: " + "{a: " * 100_000,
        "## intent:a\n- " + "[" * 500_000,
        "## intent:a\n- " + "[x](" * 200_000 + "\n",
        "type: intent\nname: a\nutterances: ['" + "[" * 300_000 + "']",
        json.dumps({"a": ["(" * 100_000, "(a|b)" * 100_000]}),
        json.dumps({"luis_schema_version": "1", "patterns": [{"pattern": "[" * 9**6}]}),
        "<!--" * 200_000 + "\n## intent:a\n",
        '"' * 1_000_001 + ",x\n",
        "## intent:a" + " " * 200_000 + "b\n- c" + " " * 200_000 + "d\n",
        "## intent:a\n- b\n## s\n* a" + " " * 200_000 + "b\n  - utter_a" + " " * 200_000 + "b\n",
        json.dumps({"intents": [{"intent": "a", "text": ["{" + " " * 200_000]}]}),
        '{"intents": [{"intent": "a", "text": ' + "[" * 900 + "]" * 900 + "}]}",
        '{"data": [{"intent": "a", "utterances": ["' + "{{ " * 100_000 + "%a" * 100_000 + '"]}]}',
    ],
    ids=range(17),
)
def test_a_text_made_to_take_for_ever_is_done_at_once(content: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    start = time.process_time()
    try:
        formats.read(path)
    except IntentsError as error:
        assert len(str(error)) < 2_000
    assert time.process_time() - start < 5  # about 0.2 s; what is quadratic takes minutes


def doubling(line: str, levels: int = 60) -> str:
    """Return lines each of which names the one before twice: 2^60 texts from a page."""
    return "\n".join(line.replace("I", str(i)).replace("J", str(i - 1)) for i in range(1, levels))


CATEGORY = "<category><pattern>X{}</pattern><template>{}</template></category>"
SENTENCES = "language: en\nintents:\n  A:\n    data:\n    - sentences:\n      - "


@pytest.mark.parametrize(
    "content",
    [
        "%[a]\n    ~[x59] go\n" + doubling("~[xI]\n    ~[xJ] ~[xJ]"),
        "%[a]\n    ~[x59] go\n~[x0]\n    *[1]\n" + doubling("~[xI]\n    ~[xJ]~[xJ]"),
        "%[a]\n    " + "~[b?]" * 100_000 + "\n",
        "%[" + "~[" * 200_000,
        "[A]\nx0 = (a | b)\n" + doubling("xI = <xJ> <xJ>") + "\n<x59> go on\n",
        "[A]\n" + doubling("xJ = <xI>", 3_000) + "\n" + "<x0> go\nstop it\n" * 1_500,
        "[A]\nhello you\n" + "{" * 300_000 + "(" * 300_000 + ":(" * 100_000,
        SENTENCES + "<x59> go\nexpansion_rules:\n  x0: (a|b)\n" + doubling('  xI: "<xJ> <xJ>"'),
        SENTENCES + "(" + "a;" * 900 + "b)\n",
        "# A\n- " + "{" * 300_000 + "a=" * 100_000 + "\n> !# @app.name = x\n",
        "# A\n- {a=" + "{b=c" * 100_000 + "}" * 100_000 + "\n> !# @app.name = x\n",
        "# A\n> !# x\n" + "# B\n" * 50_000 + "- c\n",
        "<aiml>" + "<a>" * 100_000,
        "<aiml>" + CATEGORY.format(0, "<b>" * 90 + "x" + "</b>" * 90) + "</aiml>",
        "<aiml>"
        + "".join(
            CATEGORY.format(i, f"<random><li>{to}</li><li>{to} {to}</li></random>")
            for i, to in enumerate(f"<srai>X{i + 1}</srai>" for i in range(300))
        )
        + "</aiml>",
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><aiml>&b;</aiml>',
        "type: intent\nutterances:\n" + "- [a](" * 100_000,
        "- [" * 100_000 + "\ntype: intent\nutterances: }",
        '{"a": 1}\n' * 50_000 + '{"a": ',
        "a = " + "[" * 5_000 + "\npatterns = 1\n",
        json.dumps({"a": ["[" + "a-" * 200_000, "{" + "1" * 200_000, "(?:b)?c"]}),
        "```\n" * 200_001 + "## intent:a\n- b\n",
        "*" + " " * 200_000 + "a/b\n- c\n",
    ],
    ids=range(23),
)
def test_a_template_made_to_take_for_ever_is_done_at_once(content: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(content)
    start = time.process_time()
    try:
        imported = formats.read(path)
        assert sum(len(intent.patterns) for intent in imported.intents.intents) < 250_000
    except IntentsError as error:
        assert len(str(error)) < 2_000
    assert time.process_time() - start < 5  # about 0.5 s; what is quadratic takes minutes


def test_xml_loads_nothing_and_expands_nothing(tmp_path: Path) -> None:
    body = "<aiml><category><pattern>A</pattern><template>&b;</template></category></aiml>"
    for entity in ('"x"', 'SYSTEM "file:///etc/passwd"', 'SYSTEM "https://example.org/x"'):
        message = refusal(tmp_path / "bot.aiml", f"<!DOCTYPE a [<!ENTITY b {entity}>]>{body}")
        assert "bot.aiml:1:" in message and "it defines an entity, b" in message
    assert "undefined entity" in refusal(tmp_path / "bot.aiml", body)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"a": 1}\n{"a": \n', "file:2:"),
        ("<aiml>\n<category>", "file:2:11: error: broken XML: no element found"),
        ("[section]\nkey = value\n", "an INI file"),
        ("<project><name>x</name></project>", "an XML or HTML file"),
        ("[![build](b.svg)](x)\n# Bot\n", "a text file, but not in a known format"),
        ("{thing} has started\n", "a text file, but not in a known format"),
        ('patterns = ["a"\n', "not in a known format"),
    ],
)
def test_a_text_is_called_what_it_is(content: str, message: str, tmp_path: Path) -> None:
    assert message in refusal(tmp_path / "file", content)


def test_yaml_tags_make_nothing_but_text(tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text(
        "nlu:\n- intent: !!python/object/apply:os.system ['exit 1']\n  examples: |\n    - x\n"
    )
    with pytest.raises(FormatError, match="an intent has no name"):
        formats.read(path)


def test_half_a_character_is_left_out_and_noted(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_text('[["a\\ud800", "x"], ["b", "x"], ["c", "\\udfff"]]')
    imported = formats.read(path)
    assert [(i.tag, i.patterns) for i in imported.intents.intents] == [("x", ("b",))]
    assert sum(note.count for note in imported.notes) == 2
