"""The health check: each finding on a file made for it, and nothing on a sound one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.conversation.bot import Chatbot
from chatbot.intents.check import check_text
from chatbot.intents.findings import Finding, Fix
from chatbot.intents.fixes import FixError, apply
from chatbot.intents.json_positions import Position
from chatbot.network import embeddings
from chatbot.quality.alike import Neighbours
from chatbot.quality.embedded_patterns import Pattern
from chatbot.quality.health import examine
from chatbot.quality.metrics import figures
from chatbot.quality.mixed_up import Alike
from chatbot.quality.results import Answer
from chatbot.quality.suspicious_labels import MARGIN


def written(patterns: Mapping[str, list[str]]) -> str:
    items = [{"tag": t, "patterns": p, "responses": ["x"]} for t, p in patterns.items()]
    return json.dumps({"intents": items}, indent=1, ensure_ascii=False)


def findings(text: str, bot: Chatbot | None = None) -> list[Finding]:
    report = check_text(text)
    assert report.intents is not None
    return list(examine(report.document, report.intents, None if bot is None else bot.reader))


def kinds(found: list[Finding]) -> list[str]:
    return [finding.kind for finding in found]


@pytest.fixture(scope="module")
def bot(default_intents: Path, default_model: Path) -> Chatbot:
    return Chatbot.load(default_intents, default_model)


SOUND = {
    "weather": [
        "what is the weather like", "will it rain tomorrow", "is it sunny outside",
        "how cold is it today", "do I need an umbrella",
    ],
    "refund": [
        "I want a refund", "give me my money back", "how do I return this and get refunded",
        "please refund my order", "can you pay me back",
    ],
    "hours": [
        "when do you open", "what are your opening hours", "are you open on Sunday",
        "until when is the shop open", "when do you close today",
    ],
}  # fmt: skip

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def test_an_intent_of_few_different_patterns_is_reported_at_its_tag() -> None:
    text = written({"many": NUMBERS, "few": ["a", "b", "B", "c", "d"], "enough": NUMBERS[:5]})
    (found,) = (f for f in findings(text) if f.kind == "few_patterns")
    assert "“few” has 4 different patterns" in found.message
    line, column = found.position
    assert text.splitlines()[line - 1][column - 1 :].startswith('"few"')


def test_counts_far_from_the_median_are_reported() -> None:
    words = [f"{a} {b}" for a in NUMBERS for b in NUMBERS]
    text = written({"a": words[:24], "b": words[24:48], "c": words[48:53], "d": words[:97]})
    assert [f.message for f in findings(text)] == [
        "“c” has 5 patterns where the median is 24",
        "“d” has 97 patterns where the median is 24",
    ]


def test_an_empty_intent_and_the_fallback_have_no_counts_to_complain_of() -> None:
    assert findings(written({"a": NUMBERS, "b": NUMBERS, "fallback": []})) == []


TWINS = {
    "hours": ["When do you open?", "opening hours please", "are you open today", "closing time?",
              "until when is the shop open"],
    "greeting": ["Hello", "Good morning", "hey there", "good evening to you", "Hi",
                 "When do you open"],
}  # fmt: skip


def test_near_duplicates_across_intents_are_listed_with_both_and_their_cosine(
    bot: Chatbot,
) -> None:
    found = [f for f in findings(written(TWINS), bot) if f.kind == "near_duplicate"]
    assert len(found) == 1
    assert "“When do you open” of “greeting” and “When do you open?” of “hours”" in found[0].message
    assert found[0].tag == "greeting"


def test_the_cosine_of_a_near_duplicate_is_that_of_the_embeddings(bot: Chatbot) -> None:
    found = next(f for f in findings(written(TWINS), bot) if f.kind == "near_duplicate")
    one, other = (
        embeddings(bot.reader.weights, bot.read(text).steps[-1].hidden)
        for text in ("When do you open", "When do you open?")
    )
    cosine = float(one @ other / np.linalg.norm(one) / np.linalg.norm(other))
    assert f"(cosine {cosine:.2f})" in found.message


def test_a_pattern_among_the_wrong_ones_is_suspicious_and_can_be_moved(bot: Chatbot) -> None:
    intents = {i.tag: list(i.patterns) for i in bot.intents.trainable}
    moved = intents["joke"].pop(0)
    intents["goodbye"].append(moved)
    text = written(intents)
    found = {f.fix.pattern: f for f in findings(text, bot) if f.fix is not None}
    assert found[moved].kind == "suspicious_label"
    fix = found[moved].fix
    assert fix == Fix("move_pattern", "goodbye", moved, "joke")
    mended = json.loads(apply(text, fix))["intents"]
    by_tag = {item["tag"]: item["patterns"] for item in mended}
    assert moved in by_tag["joke"] and moved not in by_tag["goodbye"]


@pytest.mark.slow
def test_a_wrong_label_is_found_though_the_model_has_learned_it(tmp_path: Path) -> None:
    from chatbot.learning.job import train_file

    patterns = {tag: list(texts) for tag, texts in SOUND.items()}
    patterns["weather"].append(wrong := "can I get my money back please")
    path = tmp_path / "intents.json"
    path.write_text(written(patterns), encoding="utf-8")
    for _ in train_file(path, tmp_path / "model"):
        pass
    learned = Chatbot.load(path, tmp_path / "model")
    state = learned.read(wrong).steps[-1].hidden
    assert learned.reader.classifier.predict(state).intent == "weather", "it defends the label"
    found = [f for f in findings(written(patterns), learned) if f.kind == "suspicious_label"]
    assert [f.fix for f in found] == [Fix("move_pattern", "weather", wrong, "refund")]
    cosine, own = re.findall(
        r"cosine (-?\d\.\d\d) to its patterns, (-?\d\.\d\d)", found[0].message
    )[0]
    assert float(cosine) - float(own) >= MARGIN - 0.01


@pytest.mark.slow
def test_a_model_that_began_with_nothing_is_asked_itself(tmp_path: Path) -> None:
    from chatbot.learning.job import train_file
    from chatbot.learning.training import Settings

    path = tmp_path / "intents.json"
    path.write_text(written(SOUND), encoding="utf-8")
    for _ in train_file(path, tmp_path / "model", Settings(cell="rnn", hidden_size=16)):
        pass
    learned = Chatbot.load(path, tmp_path / "model")
    assert learned.model.card.base is None
    assert "suspicious_label" not in kinds(findings(written(SOUND), learned))


def test_an_intent_of_two_patterns_cannot_judge_either(bot: Chatbot) -> None:
    text = written({**SOUND, "odd": ["what is the weather like", "give me my money back"]})
    assert not [f for f in findings(text, bot) if f.fix is not None and f.fix.tag == "odd"]


def test_two_intents_of_the_same_kind_overlap(bot: Chatbot) -> None:
    intents = {i.tag: list(i.patterns) for i in bot.intents.trainable}
    jokes = intents.pop("joke")
    text = written({**intents, "joke": jokes[::2], "fun": jokes[1::2]})
    overlaps = [f.message for f in findings(text, bot) if f.kind == "overlap"]
    both = [m for m in overlaps if "“joke”" in m and "“fun”" in m]
    assert len(both) == 1, "said once, though it goes both ways"


@pytest.mark.parametrize(
    "patterns",
    [{"a": ["hi"]}, {"a": ["hi"], "b": ["bye"]}, {"a": ["🙈", "?!"], "b": [" . ", "你好"]}],
)
def test_tiny_and_strange_files_are_examined_without_a_crash(
    bot: Chatbot, patterns: dict[str, list[str]]
) -> None:
    assert set(kinds(findings(written(patterns), bot))) <= {"few_patterns", "near_duplicate"}


def test_what_cross_validation_gets_wrong_is_listed_with_what_it_said() -> None:
    text = written({"a": NUMBERS[:5], "b": NUMBERS[5:]})
    report = check_text(text)
    assert report.intents is not None
    answers = [Answer(n, "a", "b", 0.9, True) for n in NUMBERS[:5]]
    answers += [Answer(n, "b", "b", 0.9, True) for n in NUMBERS[5:]]
    answers[1] = replace(answers[1], confidence=0.2, in_scope=False)
    evaluated = figures(answers, ("a", "b"), source="ten", seconds=1)
    found = examine(report.document, report.intents, evaluated=evaluated)
    assert (
        kinds(list(found))
        == ["never_right_in_cross_validation"] + ["wrong_in_cross_validation"] * 5
    )
    assert "takes it for “b” (confidence 0.90)" in found[1].message
    assert "(confidence 0.20, out of scope)" in found[2].message
    line, column = found[2].position
    assert text.splitlines()[line - 1][column - 1 :].startswith('"two"')


def test_ugly_text_cannot_steer_the_terminal(bot: Chatbot) -> None:
    text = written({"a\x1b[2J": ["x\x1b[31m y", "hello\u202e"], "b": ["x\x1b[31m y!"]})
    for finding in findings(text, bot):
        assert "\x1b" not in finding.describe("f") and "\x1b" not in (finding.tag or "")


# ---- fixes


def test_a_pattern_there_twice_is_removed_where_it_is_there_again() -> None:
    text = '{"intents": [\n {"tag": "a", "patterns": ["x", "y", "x"],\n  "responses": ["r"]}]}'
    (found,) = [f for f in check_text(text).findings if f.fix is not None]
    assert found.fix == Fix("remove_pattern", "a", "x")
    assert apply(text, found.fix) == text.replace(', "x"]', "]")
    assert found.position == Position(2, 38)


def test_a_fix_that_no_longer_fits_says_so_and_changes_nothing() -> None:
    text = written({"a": ["x"], "b": ["y"]})
    for fix, says in (
        (Fix("remove_pattern", "a", "gone"), "not a pattern of “a” any more"),
        (Fix("remove_pattern", "gone", "x"), "no intent “gone” any more"),
        (Fix("move_pattern", "a", "x", "gone"), "no intent “gone” any more"),
    ):
        with pytest.raises(FixError, match=says):
            apply(text, fix)
    for broken in ("{", "[]", '{"intents": 3}', '{"intents": [1, {"tag": 2}]}'):
        with pytest.raises(FixError):
            apply(broken, Fix("remove_pattern", "a", "x"))


def test_moving_to_an_intent_that_has_it_already_only_removes() -> None:
    text = written({"a": ["x", "z"], "b": ["x"]})
    moved = json.loads(apply(text, Fix("move_pattern", "a", "x", "b")))
    assert [item["patterns"] for item in moved["intents"]] == [["z"], ["x"]]


# ---- the command


def test_exit_codes_errors_1_warnings_0_and_with_strict_1(small_bot: Path, tmp_path: Path) -> None:
    def code(*arguments: str) -> int:
        return CliRunner().invoke(main, ["check", *arguments]).exit_code

    file = str(small_bot / "intents.json")
    assert code(file) == 0
    assert code(file, "--strict") == 1, "{unknown} is a warning"
    sound = tmp_path / "sound.json"
    sound.write_text(written({"a": NUMBERS, "b": [f"{n} more" for n in NUMBERS]}))
    assert code(str(sound), "--strict") == 0
    broken = tmp_path / "broken.json"
    broken.write_text('{"intents": [')
    assert code(str(broken)) == code(str(broken), "--json") == 1


def test_json_holds_every_finding_and_what_became_of_the_model(
    small_bot: Path, tmp_path: Path
) -> None:
    def checked(path: Path) -> dict[str, object]:
        result = CliRunner().invoke(main, ["check", str(path), "--json"])
        value = json.loads(result.output)
        assert isinstance(value, dict)
        return value

    path = small_bot / "intents.json"
    value = checked(path)
    assert value["model"] == "asked" and value["errors"] == 0
    path.write_text(path.read_text(encoding="utf-8").replace("Hey there", "Hey you there"))
    assert "changed since the training" in str(checked(path)["model"])
    broken = tmp_path / "broken.json"
    broken.write_text('{"intents": [')
    assert checked(broken)["errors"] == 1
    twice = tmp_path / "twice.json"
    twice.write_text(written({"a": [*NUMBERS, "one"], "b": [f"{n} more" for n in NUMBERS]}))
    value = checked(twice)
    assert "no model here yet" in str(value["model"])
    findings = value["findings"]
    assert isinstance(findings, list)
    assert findings[0]["fix"] == {
        "action": "remove_pattern", "tag": "a", "pattern": "one", "target": None,
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("few_steps")
def test_cross_validation_is_part_of_the_check_when_asked_for(small_bot: Path) -> None:
    arguments = ["check", str(small_bot / "intents.json"), "--cross-validate", "--json"]
    value = json.loads(CliRunner().invoke(main, arguments).output)
    assert "wrong_in_cross_validation" in kinds_of(value)
    for finding in value["findings"]:
        assert finding["line"] > 1


def kinds_of(value: dict[str, list[dict[str, str]]]) -> set[str]:
    return {finding["kind"] for finding in value["findings"]}


@pytest.mark.parametrize("tags", [("joke", "fun"), ("fun", "joke")])
def test_of_two_intents_that_overlap_equally_the_first_of_the_file_is_named(
    tags: tuple[str, str],
) -> None:
    first, second = tags
    patterns = [Pattern(first, "", ())] * 5 + [Pattern(second, "", ())] * 5
    nearest = np.array([5, 6, 7, 1, 0, 0, 1, 2, 6, 5])  # three of five, of each
    alike = Alike(patterns, Neighbours(nearest, ()))
    (problem,) = alike.overlaps()
    assert problem.tag == first
