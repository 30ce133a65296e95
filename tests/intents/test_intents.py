"""The intents file: what is wrong has place and remedy, and what is saved keeps its looks."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.common.atomic import write_atomically
from chatbot.intents.check import MOST_LISTED, check_text
from chatbot.intents.findings import Finding, IntentsError, Severity
from chatbot.intents.fixes import apply
from chatbot.intents.json_edit import with_data
from chatbot.intents.json_text import BrokenJsonError, load
from chatbot.intents.storage import read_text, save_text
from chatbot.intents.types import SLOTS, Intent, Intents
from chatbot.opening import read_intents

GOOD = """{
  "intents": [
    {"tag": "greeting", "patterns": ["Hi", "Hello"], "responses": ["Hello, {user}!"]},
    {"tag": "bye", "patterns": ["Bye"], "responses": ["See you."]},
    {"tag": "fallback", "patterns": [], "responses": ["What?"]}
  ]
}
"""

ANY_TEXT = st.text(st.characters(categories=None))
"""Half surrogate pairs too: hypothesis leaves them out by default."""

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

NEARLY_INTENTS = st.fixed_dictionaries(
    {},
    optional={
        "intents": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "tag": st.sampled_from(["a", " a", "Fallback", "", "\ud800", "\n"]) | JSON,
                    "patterns": st.lists(st.sampled_from(["x", " X", "", "\ud800"]) | JSON) | JSON,
                    "responses": st.lists(st.sampled_from(["{time}", "{no}", "\x1b[2J"])) | JSON,
                    "slots": JSON,
                },
            )
            | JSON,
            max_size=5,
        )
        | JSON
    },
)


def one(*intents: dict[str, Any], **more: Any) -> str:
    """Return an intents file of these intents and two that are fine."""
    fine = [
        {"tag": "fine", "patterns": ["fine pattern", "fine too"], "responses": ["r"]},
        {"tag": "well", "patterns": ["well pattern"], "responses": ["r"]},
    ]
    return json.dumps({"intents": [*fine, *intents], **more}, ensure_ascii=False)


def said(text: str) -> list[str]:
    """Return the findings of a text as people read them."""
    return [finding.describe("intents.json") for finding in check_text(text).findings]


def the_error(text: str) -> Finding:
    """Return the one error of a text."""
    report = check_text(text)
    assert report.intents is None
    (error,) = report.errors
    return error


# ---- broken JSON


def test_a_trailing_comma_is_named_with_line_column_and_remedy() -> None:
    text = GOOD.replace('["What?"]}\n', '["What?"]},\n')
    assert said(text) == [
        "intents.json:5:64: error: a comma before a closing bracket. Delete the comma"
    ]


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        ("", (1, 1), "empty", "Begin with"),
        (" \n\t", (1, 1), "empty", "Begin with"),
        ('{"a": [1, 2,]}', (1, 12), "comma before a closing", "Delete"),
        ('{"a": 1,\n}', (1, 8), "comma before a closing", "Delete"),
        ('{"a": [1,, 2]}', (1, 10), "nothing before it", "Delete"),
        ('{"a": ["b" "c"]}', (1, 12), "comma is missing", "Put one"),
        ('{"a": 1\n "b": 2}', (2, 2), "comma is missing", "Put one"),
        ("{'intents': []}", (1, 2), "single quotes", "double quotes"),
        ("{\"a\": ['b']}", (1, 8), "single quotes", "double quotes"),
        ("{“intents”: []}", (1, 2), "curly quotes", "straight"),
        ('{"intents"  []}', (1, 13), "colon is missing", '"key": value'),
        ('{"a": }', (1, 7), "value is missing", "after the colon"),
        ('{"a": 1 // why\n}', (1, 9), "no comments", "Delete"),
        ('{\n# why\n"a": 1}', (2, 1), "no comments", "Delete"),
        ('{"a": [1, 2', (1, 12), "the [ at 1:7 is not closed", "Write ]"),
        ('{"a": {"]": 1', (1, 14), "the { at 1:7 is not closed", "Write }"),
        ('{"a": [1, 2}', (1, 12), "} does not close", "Write ] before"),
        ('{"a": {"b": 2]', (1, 14), "] does not close", "Write } before"),
        ('{"a": ["b", "c": 1]}', (1, 16), "key stands within a list", "Write ]"),
        ('{"a": "b}', (1, 7), "quotes opened here", 'Write "'),
        ('{"a": "b\nc"}', (1, 9), "line break or tab", "\\n"),
        ('{"a": "C:\\data"}', (1, 10), "backslash", "\\\\"),
        ('{"a": "say "hi" now"}', (1, 13), "after its closing quote", '\\"'),
        ('{"a": None}', (1, 7), "None is not JSON", "null"),
        ("{a: 1}", (1, 2), "without quotes", "double quotes"),
        ('{"a":\u00a01}', (1, 6), "U+00A0", "Delete"),
        ('{"a": 1} {"b": 2}', (1, 10), "follows the end", "Delete"),
        ('{"a": NaN}', (1, 7), "NaN is not JSON", "null"),
        ('{"NaN": ["\\"NaN", -Infinity]}', (1, 19), "-Infinity is not JSON", "null"),
        ('{"😀é": ["😀" "c"]}', (1, 13), "comma is missing", "Put one"),
    ],
)
def test_a_slip_is_named_where_it_is_with_the_remedy(
    text: str, place: tuple[int, int], message: str, remedy: str
) -> None:
    error = the_error(text)
    assert message in error.message
    assert remedy in error.remedy
    assert error.position == place


@pytest.mark.parametrize("closed", [False, True])
def test_a_hundred_thousand_brackets_are_an_error_and_no_crash(closed: bool) -> None:
    text = '{"intents": []}\n'.replace("[]", "[" * 100_000 + "]" * 100_000 * closed)
    assert "nested too deeply" in the_error(text).message


def test_a_number_longer_than_python_converts_disturbs_nobody() -> None:
    assert check_text(one(weight=1).replace("1}", "9" * 5000 + "}")).findings == ()


# ---- not an intents file


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("null", "the file is null"),
        ("[]", "the file is a list"),
        ('"intents"', "the file is a text"),
        ("{}", "no key “intents”"),
        ('{"intents": {}}', "“intents” is an object"),
        ('{"intents": null}', "“intents” is null"),
        ('{"intents": []}', "there is no intent"),
        ('{"rasa_nlu_data": {"common_examples": []}}', "Rasa"),
        ('{"interactionModel": {}}', "Alexa"),
        ('{"intents": [{"intent": "Order", "slots": []}, {"intent": "Stop"}]}', "Alexa"),
    ],
)
def test_what_is_no_intents_file_is_called_what_it_is(text: str, message: str) -> None:
    error = the_error(text)
    assert message in error.message
    assert error.remedy


@pytest.mark.parametrize("patterns", [[], [" "], None])
def test_a_file_without_any_pattern_is_an_error(patterns: list[str] | None) -> None:
    intent = {"tag": "a", "responses": ["r"]} | ({} if patterns is None else {"patterns": patterns})
    assert the_error(json.dumps({"intents": [intent]})).message == "no intent has a pattern"


# ---- wrong intents


@pytest.mark.parametrize(
    ("intent", "message", "remedy"),
    [
        ("Hi", "intent 3 is a text", '{"tag"'),
        ({"patterns": ["x"]}, "intent 3 has no tag", 'Add "tag"'),
        ({"intent": "x", "patterns": ["x"]}, "has no tag", "Rename “intent” to “tag”"),
        ({"tag": 5, "patterns": ["x"]}, "the tag is a number", "as text"),
        ({"tag": None, "patterns": ["x"]}, "the tag is null", "as text"),
        ({"tag": "", "patterns": ["x"]}, "the tag is empty", "short name"),
        ({"tag": " \t", "patterns": ["x"]}, "the tag is empty", "short name"),
        ({"tag": " fine ", "patterns": ["x"]}, "already that of intent 1", "Rename one"),
        ({"tag": "x", "patterns": {}}, "“patterns” is an object", "Write a list"),
        ({"tag": "x", "patterns": ["x"], "responses": "Hi"}, "is a text", 'Write a list: ["Hi"]'),
        ({"tag": "x", "patterns": [["x"]]}, "item 1 of “patterns” is a list", "as text"),
        ({"tag": "x", "patterns": ["x", True]}, "item 2 of “patterns” is true or", "as text"),
        ({"tag": "x", "patterns": ["x"], "responses": [None]}, "“responses” is null", "as text"),
    ],
)
def test_a_wrong_intent_is_an_error_with_a_remedy(intent: Any, message: str, remedy: str) -> None:
    error = the_error(one(intent))
    assert message in error.message
    assert remedy in error.remedy


@pytest.mark.parametrize("key", ["tag", "patterns", "responses"])
def test_a_key_that_is_there_twice_is_an_error_where_something_would_be_lost(key: str) -> None:
    text = one({"tag": "x", "patterns": ["x"], "responses": ["x"]})
    last = '"last"' if key == "tag" else '["last"]'
    text = text.removesuffix("}]}") + f', "{key}": {last}' + "}]}"
    error = the_error(text)
    assert f"“{key}” is there twice" in error.message
    assert error.position == (1, text.index(last) + 1)


def test_a_second_list_of_intents_is_an_error() -> None:
    assert "“intents” is there twice" in the_error('{"intents": [], ' + GOOD[1:]).message


def test_other_repeated_keys_are_only_warned_of() -> None:
    text = one({"tag": "x", "patterns": ["x"], "responses": ["r"]})
    text = text.replace(
        '"tag": "x"', '"context": {"tag": 1, "tag": 2}, "note": 1, "note": 2, "tag": "x"'
    )
    report = check_text(text)
    assert [w.message.split("”")[0] for w in report.warnings] == ["the key “tag", "the key “note"]
    assert report.intents is not None


@pytest.mark.parametrize("key", ["tag", "patterns", "responses"])
def test_half_a_character_is_an_error_that_can_itself_be_printed(key: str) -> None:
    half = {"tag": "x", "patterns": ["p"], "responses": ["r"]}
    half[key] = "\ud800" if key == "tag" else ["\ud800"]
    for text in (one(half), one(half).replace("\ud800", "\\ud800")):
        assert "half of a character" in the_error(text).message
        assert "\n".join(said(text)).encode()


def test_every_problem_is_reported_in_one_pass_from_top_to_bottom() -> None:
    text = """{"intents": [
  {"tag": "a", "patterns": "x"},
  {"patterns": ["y", "y"], "responses": ["{nme}"]},
  7,
  {"tag": "a", "patterns": ["Y"], "responses": [""]}
]}"""
    assert [line.partition(". ")[0] for line in said(text)] == [
        "intents.json:2:3: warning: “a” has no responses",
        "intents.json:2:28: error: “patterns” is a text",
        "intents.json:3:3: error: intent 2 has no tag",
        "intents.json:3:22: warning: “y” is there twice in “intent 2” (first at 3:17)",
        "intents.json:3:42: warning: {nme} is not a slot and stays as written",
        "intents.json:4:3: error: intent 3 is a number",
        "intents.json:5:11: error: the tag “a” is already that of intent 1 (first at 2:11)",
        "intents.json:5:29: warning: “Y”, like “y”, is a pattern of “intent 2” and of “a” "
        "(first at 3:17)",
        "intents.json:5:48: warning: “a” has no responses",
    ]


# ---- warnings


@pytest.mark.parametrize(
    ("intent", "message"),
    [
        ({"tag": "x", "responses": ["r"]}, "“x” has no patterns"),
        ({"tag": "x", "patterns": ["x"]}, "“x” has no responses"),
        ({"tag": "x", "patterns": ["x", " "], "responses": ["r"]}, "item 2 of “patterns” is blank"),
        ({"tag": "x", "patterns": ["x", "X  "], "responses": ["r"]}, "there twice in “x”"),
        (
            {"tag": "x", "patterns": ["Fine  Pattern", "else"], "responses": ["r"]},
            "“fine” and of “x”",
        ),
        ({"tag": "x", "patterns": ["x"], "responses": ["{nme}, {time}"]}, "{nme} is not a slot"),
    ],
)
def test_a_likely_slip_is_a_warning_and_stops_nobody(intent: dict[str, Any], message: str) -> None:
    report = check_text(one(intent))
    assert report.intents is not None
    (warning,) = report.warnings
    assert message in warning.message
    assert warning.tag == "x"
    assert warning.remedy


def test_composed_and_decomposed_vietnamese_are_the_same_pattern() -> None:
    composed = unicodedata.normalize("NFC", "Tiếng Việt")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    intent = {"tag": "x", "patterns": [composed, decomposed], "responses": ["r"]}
    (warning,) = check_text(one(intent)).warnings
    assert "there twice" in warning.message


def test_a_power_is_not_the_digit_it_looks_like() -> None:
    intent = {"tag": "x", "patterns": ["2²", "22"], "responses": ["r"]}
    assert check_text(one(intent)).findings == ()


def test_one_intent_with_patterns_is_too_few_to_choose_between() -> None:
    text = json.dumps({"intents": [{"tag": "a", "patterns": ["x"], "responses": ["r"]}]})
    (warning,) = check_text(text).warnings
    assert "only one intent" in warning.message


def test_examples_under_another_programs_key_are_to_be_renamed() -> None:
    (warning,) = check_text(one({"tag": "x", "utterances": ["x"], "responses": ["r"]})).warnings
    assert warning.remedy == "Rename “utterances” to “patterns”"


def test_slots_unknown_keys_and_schema_need_no_word() -> None:
    replies = ["".join(f"{{{slot}}}" for slot in SLOTS), "{ }", "{}", "{two words}"]
    intent = {"tag": "x", "patterns": ["x"], "responses": replies, "context": [""], "text": []}
    assert check_text(one(intent, **{"$schema": "x"})).findings == ()


def test_a_message_cannot_steer_the_terminal_or_break_its_line() -> None:
    (line,) = said(one({"tag": "\x1b[2J\nx", "patterns": ["x"], "responses": []}))
    assert "\x1b" not in line
    assert "\n" not in line


# ---- what comes out


@pytest.mark.parametrize("tag", ["fallback", "NoAnswer", "DEFAULT"])
def test_the_fallback_is_the_first_of_its_tags_without_patterns(tag: str) -> None:
    first = {"tag": tag, "patterns": [], "responses": ["What?"]}
    intents = check_text(one(first, {"tag": "another", "responses": ["r"]})).intents
    assert intents is not None
    assert intents.fallback == Intent(tag, (), ("What?",))
    assert intents.fallback not in intents.trainable


def test_a_second_fallback_is_warned_of_as_never_answering() -> None:
    fallbacks = [{"tag": tag, "responses": ["r"]} for tag in ("fallback", "default")]
    (warning,) = check_text(one(*fallbacks)).warnings
    assert "“default” has no patterns" in warning.message


def test_a_fallback_tag_with_patterns_is_an_intent_like_any_other() -> None:
    intents = check_text(one({"tag": "default", "patterns": ["x"], "responses": ["r"]})).intents
    assert intents is not None
    assert intents.fallback is None
    assert intents.by_tag("default") in intents.trainable


def test_intents_come_in_the_order_of_the_file_without_blanks() -> None:
    intents = check_text(
        one({"tag": " x ", "patterns": ["p ", " "], "responses": ["", "r"]})
    ).intents
    assert intents is not None
    assert [intent.tag for intent in intents.intents] == ["fine", "well", "x"]
    assert intents.by_tag("x") == Intent("x", ("p ",), ("r",))
    assert intents.by_tag("no such") is None


def test_the_digest_changes_with_what_training_sees_and_only_with_that() -> None:
    a, b = Intent("a", ("x", "y"), ("r",)), Intent("b", ("z",), ())
    digest = Intents((a, b)).digest
    assert Intents((b, Intent("a", ("y", "x", "x"), ("other",)))).digest == digest
    assert Intents((a, b, Intent("fallback", (), ("r",)))).digest == digest
    assert Intents((a, Intent("c", ("z",), ()))).digest != digest
    assert Intents((a, Intent("b", ("z!",), ()))).digest != digest
    assert Intents((Intent("a", ("x",), ()), Intent("b", ("y", "z"), ()))).digest != digest


def test_the_shipped_file_has_no_finding(default_intents: Path) -> None:
    assert read_intents(default_intents).warnings == ()


def test_a_large_file_on_one_line_with_a_finding_in_each_pattern_is_checked_at_once() -> None:
    patterns = ["đây là một mẫu"] * 100
    text = json.dumps({"intents": [{"tag": f"t{i}", "patterns": patterns} for i in range(150)]})
    start = time.process_time()
    report = check_text(text)
    assert time.process_time() - start < 5  # about 0.3 s; anything quadratic takes minutes
    found = 150 * 100 - 1 + 150 + 149
    assert len(report.findings) == MOST_LISTED + 1
    more = f"{found - MOST_LISTED:,} more warnings are not listed"
    assert report.findings[0].message == more


def test_many_keys_with_one_repeated_are_checked_at_once() -> None:
    keys = ",".join(f'"k{i}": 0' for i in range(30_000))
    start = time.process_time()
    report = check_text(one().replace("}]", ', "k0": 1,' + keys + "}]"))
    assert time.process_time() - start < 3  # about 0.1 s
    assert [w.message.split()[2] for w in report.warnings] == ["“k0”"]


@given(ANY_TEXT)
def test_check_never_raises_for_any_text(text: str) -> None:
    report = check_text(text)
    assert report.intents is None
    assert "\n".join(finding.describe("f") for finding in report.findings).encode()


@given(ANY_TEXT, st.integers(0, len(GOOD)), st.integers(0, 9))
def test_check_never_raises_for_a_file_half_typed(more: str, start: int, cut: int) -> None:
    text = GOOD[:start] + more + GOOD[start + cut :]
    report = check_text(text)
    assert (report.intents is None) == bool(report.errors)


@settings(max_examples=300)
@given(NEARLY_INTENTS, st.booleans())
@pytest.mark.slow
def test_check_never_raises_for_nearly_an_intents_file(data: Any, ascii_only: bool) -> None:
    text = json.dumps(data, ensure_ascii=ascii_only, indent=1)
    report = check_text(text)
    lines = text.split("\n")
    assert (report.intents is None) == bool(report.errors)
    assert list(report.findings) == sorted(report.findings, key=lambda found: found.position)
    for finding in report.findings:
        assert len(finding.describe("f").encode().splitlines()) == 1
        assert finding.position.column <= len(lines[finding.position.line - 1]) + 1
    if report.intents is not None:
        assert len(report.intents.digest) == 64
        assert report.intents.trainable


# ---- reading


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_text(GOOD, encoding="utf-8")
    file = read_intents(path)
    assert (file.path, file.text, file.warnings) == (path, GOOD, ())
    assert [intent.tag for intent in file.intents.trainable] == ["greeting", "bye"]


def test_an_error_lists_every_error_with_file_line_column_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"intents": [7,\n {"tag": "", "patterns": ["x"], "responses": []}]}')
    with pytest.raises(IntentsError) as caught:
        read_intents(path)
    assert caught.value.path == path
    assert all(finding.severity is Severity.ERROR for finding in caught.value.findings)
    first, second = str(caught.value).splitlines()
    assert first.startswith("mine.json:1:14: error: intent 1 is a number. Write {")
    assert second == "mine.json:2:10: error: the tag is empty. Give the intent a short name"


@pytest.mark.parametrize(
    ("data", "place", "message", "remedy"),
    [
        (b'{"a":\n "caf\xe9"}', (2, 6), "byte 0xe9 is not UTF-8", "cp1252"),
        (b'\xef\xbb\xbf{"\xc3\xa9": "\xe9"}', (1, 8), "byte 0xe9 is not UTF-8", "cp1252"),
        (GOOD.encode("utf-16-le"), (1, 2), "null character", "UTF-16"),
        ('["ế"]'.encode("utf-16-be"), (1, 6), "byte 0xbf is not UTF-8", "UTF-16"),
        (b"", (1, 1), "empty", "Begin with"),
    ],
)
def test_a_file_that_is_no_utf8_json_says_where_and_what_to_do(
    data: bytes, place: tuple[int, int], message: str, remedy: str, tmp_path: Path
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(data)
    with pytest.raises(IntentsError) as caught:
        read_intents(path)
    (finding,) = caught.value.findings
    assert message in finding.message
    assert remedy in finding.remedy
    assert finding.position == place


def test_utf_16_is_read_but_not_edited(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(GOOD.encode("utf-16"))
    assert read_intents(path).intents.by_tag("bye") == Intent("bye", ("Bye",), ("See you.",))
    with pytest.raises(IntentsError, match=r"byte 0xff is not UTF-8.*UTF-16: save the file"):
        read_text(path)


def test_a_file_larger_than_any_bot_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.intents.storage.MOST_BYTES", 2**20)
    path = tmp_path / "intents.json"
    path.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(IntentsError, match="larger than 1 MB"):
        read_intents(path)


def test_a_missing_file_is_named_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="No such file") as caught:
        read_intents(tmp_path / "no.json")
    assert str(tmp_path / "no.json") in str(caught.value)


def test_a_folder_is_no_intents_file(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="name the file in it"):
        read_intents(tmp_path)


def test_a_path_with_a_null_character_is_an_intents_error(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="null"):
        read_intents(tmp_path / "a\0b")


def test_a_file_one_may_not_read_is_an_intents_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(IntentsError, match="Permission denied"):
        read_intents(tmp_path / "intents.json")


# ---- saving


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_byte_order_mark_and_line_ends_outlive_an_edit(
    bom: bytes, newline: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "intents.json"
    old = bom + GOOD.encode().replace(b"\n", newline)
    path.write_bytes(old)
    assert read_text(path) == GOOD
    save_text(path, read_text(path))
    assert path.read_bytes() == old
    save_text(path, GOOD.replace("Hello", "Xin chào"))
    assert path.read_bytes() == old.replace(b"Hello", "Xin chào".encode())


def test_one_stray_line_end_does_not_turn_all_others(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(GOOD.encode().replace(b"\n", b"\r\n", 1))
    save_text(path, GOOD)
    assert path.read_bytes() == GOOD.encode()


def test_broken_text_is_saved_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "intents.json"
    save_text(path, '{"intents": [')
    assert path.read_bytes() == b'{"intents": ['


def test_half_a_character_is_refused_with_its_place_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"\xef\xbb\xbfold\r\n")
    with pytest.raises(IntentsError, match=r"intents\.json:2:2: error: character U\+D800"):
        save_text(path, "a\nb\ud800")
    assert path.read_bytes() == b"\xef\xbb\xbfold\r\n"


def test_a_full_disk_is_an_intents_error_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write_atomically.__globals__["os"], "fsync", full)
    with pytest.raises(IntentsError, match="No space left"):
        save_text(path, "new")
    assert path.read_bytes() == b"old"


# ---- edits by program


def test_only_the_edited_intent_changes_its_looks() -> None:
    data = json.loads(GOOD)
    data["intents"][1]["patterns"].append("Ciao")
    assert with_data(GOOD, data) == GOOD.replace('["Bye"]', '["Bye", "Ciao"]')


def test_a_new_intent_looks_like_the_one_before_it() -> None:
    data = json.loads(GOOD)
    data["intents"].insert(1, {"tag": "new", "patterns": ["á", "b"], "responses": ["r"]})
    line = '    {"tag": "new", "patterns": ["á", "b"], "responses": ["r"]},\n'
    before, after = GOOD.split('    {"tag": "bye"')
    assert with_data(GOOD, data) == before + line + '    {"tag": "bye"' + after


def test_a_removed_intent_takes_its_line_with_it_while_another_is_edited() -> None:
    data = json.loads(GOOD)
    del data["intents"][0]
    data["intents"][0]["responses"] = []
    lines = GOOD.splitlines(keepends=True)
    assert with_data(GOOD, data) == "".join(lines[:2] + lines[3:]).replace('["See you."]', "[]")


def test_lists_wrapped_by_hand_stay_so() -> None:
    text = '{"a": ["one", "two",\n       "three"], "b": 1.00}'
    data = json.loads(text)
    data["a"].append("four")
    assert with_data(text, data) == text.replace('"three"', '"three",\n       "four"')


def test_an_empty_list_is_filled_in_the_indentation_of_its_line() -> None:
    text = '{\n\t"intents": [\n\t\t{\n\t\t\t"tag": "a",\n\t\t\t"patterns": []\n\t\t}\n\t]\n}'
    data = {"intents": [{"tag": "a", "patterns": ["x"]}]}
    assert with_data(text, data) == text.replace("[]", '[\n\t\t\t\t"x"\n\t\t\t]')


def test_an_object_on_one_line_stays_on_one_line() -> None:
    text = '[\n  {"tag": "a", "patterns": []}\n]\n'
    data = [{"tag": "a", "patterns": ["x", "y"], "new": ["z"]}]
    assert with_data(text, data) == ('[\n  {"tag": "a", "patterns": ["x", "y"], "new": ["z"]}\n]\n')


def test_compact_stays_compact() -> None:
    assert with_data('{"a":[],"b":1}', {"a": [1, 2], "b": {"c": 1}}) == '{"a":[1,2],"b":{"c":1}}'


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    text = "\ufeff" + '{\n  "a": [],\n  "b": 1\n}\n'.replace("\n", "\r\n")
    assert with_data(text, {"a": ["x"], "b": 1}) == text.replace("[]", '[\r\n    "x"\r\n  ]')


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (r'["\u0007", "x"]', r'["\u0007", "ế"]'),
        (r'["\\u00e9", "x"]', r'["\\u00e9", "ế"]'),
        (r'["\u00e9", "x"]', r'["\u00e9", "\u1ebf"]'),
        ('["é", "x"]', '["é", "ế"]'),
        ('["e", "x"]', '["e", "ế"]'),
    ],
)
def test_letters_are_escaped_only_where_they_were(text: str, written: str) -> None:
    assert with_data(text, [json.loads(text)[0], "ế"]) == written


def test_true_is_not_one() -> None:
    assert with_data('{"a": 1}', {"a": True}) == '{"a": true}'


def test_half_a_character_is_written_as_its_escape() -> None:
    assert with_data('["é"]', ["\ud800"]) == r'["\ud800"]'


def test_broken_text_is_not_edited() -> None:
    with pytest.raises(BrokenJsonError, match="comma"):
        with_data('{"a": 1,}', {})


@given(JSON, st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans(), st.sampled_from(["", "\n"]))
def test_unchanged_data_returns_the_very_same_text(
    data: Any, indent: int | str | None, ascii_only: bool, end: str
) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only) + end
    assert with_data(text, load(text)) == text


@settings(max_examples=300)
@given(JSON, JSON, st.sampled_from([None, 0, 1, 4, "\t"]), st.booleans(), st.booleans())
@pytest.mark.slow
def test_any_edit_holds_the_new_data_in_its_order(
    old: Any, new: Any, indent: int | str | None, ascii_only: bool, windows: bool
) -> None:
    text = json.dumps({"a": old, "b": [old, new]}, indent=indent, ensure_ascii=ascii_only)
    if windows:
        text = text.replace("\n", "\r\n")
    edited = {"b": [new, old, [old]], "a": new, "c": old}
    written = with_data(text, edited)
    assert json.dumps(json.loads(written)) == json.dumps(edited)
    assert written.count("\n") == written.count("\r\n") or not windows


@given(st.lists(JSON, min_size=1), st.text(), JSON, st.sampled_from([None, 1, 2, 4, "\t"]))
@pytest.mark.slow
def test_unknown_keys_order_and_indentation_survive_an_added_pattern(
    unknown: list[Any], pattern: str, more: Any, indent: int | str | None
) -> None:
    intents = [{"z": u, "tag": f"t{i}", "patterns": ["p"], "a": u} for i, u in enumerate(unknown)]
    data = {"y": more, "intents": intents, "b": more}
    text = json.dumps(data, indent=indent, ensure_ascii=False) + "\n"
    intents[-1]["patterns"].append(pattern)
    assert with_data(text, data) == json.dumps(data, indent=indent, ensure_ascii=False) + "\n"


def test_blanks_around_a_tag_are_a_warning_that_one_key_remedies() -> None:
    text = '{"intents": [{"tag": " a ", "patterns": ["x"], "responses": ["r"]},\n' \
        '{"tag": "b", "patterns": ["y"], "responses": ["r"]}]}'  # fmt: skip
    report = check_text(text)
    (found,) = report.findings
    assert report.intents is not None and report.intents.by_tag("a") is not None
    assert found.severity is Severity.WARNING
    assert "the tag “ a ” has blanks around it" in found.message
    assert found.position == (1, text.index('" a "') + 1)
    assert found.fix is not None
    assert apply(text, found.fix) == text.replace('" a "', '"a"')
    assert check_text(apply(text, found.fix)).findings == ()


def test_an_edit_leaves_half_a_character_elsewhere_in_the_text_alone() -> None:
    text = '{"intents": [{"tag": "a", "patterns": ["x \ud83d y"], "responses": ["r"]}]}'
    data = json.loads(text)
    data["intents"][0]["responses"] = ["other"]
    assert with_data(text, data) == text.replace('["r"]', '["other"]')


def test_a_finding_about_a_repeated_tag_is_of_that_intent() -> None:
    twice = [{"tag": "a", "patterns": [p], "responses": ["r"]} for p in ("one", "two")]
    findings = check_text(json.dumps({"intents": twice})).findings
    assert [finding.tag for finding in findings if "already that of" in finding.message] == ["a"]


def test_every_problem_of_an_intent_is_told_with_its_remedy() -> None:
    text = r"""{"intents": [
  {"tag": " a ", "patterns": ["x", " "], "responses": ["", "r"]},
  {"tag": "b\ud83d", "patterns": ["half \ud83d"], "responses": ["r"]},
  {"tag": 5, "patterns": ["y"], "responses": ["r"]},
  {"tag": "c", "patterns": [7], "responses": "r"},
  {"tag": " ", "patterns": ["z"], "responses": ["r"]},
  {"patterns": ["q"], "responses": ["r"]}
]}"""
    half = r"Write both halves (\ud83d\ude00) or the character itself"
    assert [f"{f.position.line}: {f.message}. {f.remedy}" for f in check_text(text).findings] == [
        "2: the tag “ a ” has blanks around it, which are ignored. Delete them",
        "2: item 2 of “patterns” is blank and not used. Delete it",
        "2: item 1 of “responses” is blank and not used. Delete it",
        f"3: the tag holds half of a character. {half}",
        f"3: item 1 of “patterns” holds half of a character. {half}",
        '4: the tag is a number. Write it as text: "tag": "name"',
        '5: item 1 of “patterns” is a number. Write it as text: "…"',
        '5: “responses” is a text. Write a list: ["r"]',
        "6: the tag is empty. Give the intent a short name",
        '7: intent 6 has no tag. Add "tag": "a_short_name"',
    ]


def test_a_key_that_is_there_twice_is_an_error_where_it_counts_and_a_slip_elsewhere() -> None:
    text = """{"intents": [
 {"tag": "a", "patterns": ["x"], "responses": ["r"], "note": 1, "note": 2},
 {"tag": "b", "patterns": ["y"], "responses": ["r"]}],
 "tests": [
  {"message": "x", "message": "y", "intent": "a"},
  {"message": "z", "intent": "a", "intent": "b"},
  {"message": "u", "intent": "a", "note": 1, "note": 2}]}"""
    found = [f for f in check_text(text).findings if "is there twice" in f.message]
    assert [(f.position.line, f.severity) for f in found] == [
        (2, Severity.WARNING), (5, Severity.ERROR), (6, Severity.ERROR), (7, Severity.WARNING),
    ]  # fmt: skip


def test_too_few_intents_are_named_with_their_place_and_what_to_add() -> None:
    assert said('{"intents": []}') == [
        "intents.json:1:13: error: there is no intent. Add at least two, each with patterns"
    ]
    one = '{"version": 2,\n "intents": [{"tag": "a", "patterns": ["x"], "responses": ["r"]}]}'
    assert said(one) == [
        "intents.json:2:13: warning: only one intent has patterns. "
        "A classifier needs at least two to choose from"
    ]


def test_a_form_to_fill_in_is_one_finding_per_list() -> None:
    """The editor begins a new intent with an empty line in both lists."""
    new = {"tag": "new", "patterns": [""], "responses": [""]}
    known = [{"tag": tag, "patterns": [tag], "responses": ["r"]} for tag in ("a", "b")]
    found = [f.message for f in check_text(json.dumps({"intents": [*known, new]})).findings]
    assert [message for message in found if "“new”" in message or "blank" in message] == [
        "“new” has no patterns, so it is never the answer",
        "“new” has no responses",
    ]
