"""The command line, as its users call it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot import __version__
from chatbot.cli import main
from chatbot.conversation import Offer, Offers


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def options(trained_folder: Path) -> list[str]:
    return ["--intents", str(trained_folder / "intents.json")]


def test_a_missing_intents_file_is_named_and_exits_with_1(tmp_path: Path) -> None:
    result = run("ask", "hi", "--intents", str(tmp_path / "gone.json"))
    assert result.exit_code == 1
    assert "gone.json" in result.stderr


def test_a_broken_intents_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"intents": [\n  {"tag": "a",}\n]}')
    for command in (["ask", "hi"], ["check"], ["train"], ["trace", "hi"]):
        result = run(*command, "--intents", str(path))
        assert result.exit_code == 1
        assert "broken.json:2" in result.stderr


def test_a_file_without_a_model_says_how_to_train_one(small_file: Path) -> None:
    result = run("ask", "hi", "--intents", str(small_file))
    assert result.exit_code == 1
    assert "chatbot train" in result.stderr


@pytest.mark.parametrize(
    "arguments", [["ask"], ["nonsense"], ["ask", "hi", "--colour"], ["train", "--cell", "cnn"]]
)
def test_misuse_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_app_without_a_terminal_points_to_plain_mode(options: list[str]) -> None:
    result = run(*options)
    assert result.exit_code == 2
    assert "chat --plain" in result.stderr


def test_ask_prints_the_reply(options: list[str]) -> None:
    result = run("ask", "Hello", *options)
    assert result.exit_code == 0
    assert result.output.strip() in {"Hello!", "Good to see you."} or "Hi there" in result.output


def test_options_may_stand_before_the_command(options: list[str]) -> None:
    assert run(*options, "ask", "Hello").exit_code == 0


def test_ask_json_carries_everything_it_promises(options: list[str]) -> None:
    answer = json.loads(run("ask", "What time is it?", "--json", *options).output)
    assert list(answer) == [
        "text", "intent", "confidence", "in_scope", "energy", "is_pattern",
        "in_another_context", "reply", "later", "calls_off", "takes_back", "problem",
        "parts", "offers", "contexts", "slots", "asks", "goes_on", "ranking", "words",
        "unread_characters",
    ]  # fmt: skip
    assert answer["intent"] == "time" and answer["in_scope"] is True
    assert answer["words"] == ["what", "time", "is", "it", "?"]
    assert answer["ranking"][0] == {"intent": "time", "confidence": answer["confidence"]}
    confidences = [ranked["confidence"] for ranked in answer["ranking"]]
    assert confidences == sorted(confidences, reverse=True)
    assert {ranked["intent"] for ranked in answer["ranking"]} == {"greeting", "time", "goodbye"}


@pytest.mark.parametrize("text", ["", "jdkjfkd skjdksjd", "🙈🙉", "???", "\u200b", "zzz qqq !"])
def test_nonsense_gets_the_fallback_reply_and_a_ranking_all_the_same(
    options: list[str], text: str
) -> None:
    answer = json.loads(run("ask", "--json", *options, "--", text).output)
    assert answer["in_scope"] is False
    assert answer["reply"] in ("Sorry, what?", "I do not know.")
    assert len(answer["ranking"]) == 3


def test_one_json_object_a_line_for_every_line_read_even_ugly_ones(options: list[str]) -> None:
    lines = ["Hello", "", "a\u2028b", "\x1b[31mred\x1b[0m", "x" * 50_000, "Bye"]
    stdin = "\n".join(lines).encode() + b"\n\xff\xfe bytes\r\nlast without newline"
    result = run("ask", "--json", "-", *options, stdin=stdin)
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.output.rstrip("\n").split("\n")]
    assert [a["text"] for a in answers[:6]] == lines
    assert len(answers) == 8
    assert answers[7]["text"] == "last without newline"


def test_the_same_seed_gives_the_same_replies(options: list[str]) -> None:
    stdin = "Hello\n" * 10
    first, second = (run("ask", "-", "--seed", "4", *options, stdin=stdin).output for _ in range(2))
    assert first == second
    lines = first.splitlines()
    assert all(a != b for a, b in pairwise(lines))


@pytest.mark.parametrize("command", ["ask", "trace"])
def test_a_message_without_quotes_gets_a_hint(options: list[str], command: str) -> None:
    result = run(command, "what", "time", *options)
    assert result.exit_code == 2
    assert 'Text of several words stands in quotes: "what time is it".' in result.stderr


def test_a_person_in_plain_lines_is_told_once_where_the_keys_of_replies_are(
    options: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "keys"
    shutil.copytree(Path(options[1]).parent, folder)
    file = folder / "intents.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for intent in content["intents"]:
        intent["responses"] = ["Edit intents (F2) or Ctrl+Q."]
    file.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    result = run("chat", "--plain", "--intents", str(file), stdin="Hello\nBye\n")
    assert result.stdout.count("(F2, Ctrl+Q: keys of the app. `chatbot` opens it.)") == 1


def test_plain_chat_that_ends_before_its_timers_says_so(
    options: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "timers"
    shutil.copytree(Path(options[1]).parent, folder)
    file = folder / "intents.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["slots"] = {"duration": {"kind": "duration"}}
    content["intents"][0] |= {
        "action": "timer", "patterns": ["tea for 5 minutes"], "responses": [],
        "slots": ["duration"],
    }  # fmt: skip
    content["intents"][1] |= {"action": "stop_timers", "patterns": ["stop it"], "responses": []}
    file.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    said = "tea for 5 minutes\ntea for 5 minutes\n"
    result = run("chat", "--plain", "--intents", str(file), stdin=said)
    assert "I will tell you in 5:00 min" in result.stdout
    assert "note: 2 timers were running, and do not ring any more." in result.stderr
    result = run("chat", "--plain", "--intents", str(file), stdin=f"{said}stop it\n")
    assert "bot: No timer is running any more" in result.stdout
    assert "running" not in result.stderr
    corrected = "tea for 5 minutes\nno, 6 minutes\n"
    result = run("chat", "--plain", "--intents", str(file), stdin=corrected)
    assert "The one before is called off." in result.stdout
    assert "note: 1 timer was running, and does not ring any more." in result.stderr


def test_plain_chat_answers_line_by_line(options: list[str]) -> None:
    result = run("chat", "--plain", *options, stdin="Hello\nzzz qqq\nBye\n")
    assert result.exit_code == 0
    hello, nonsense, bye = result.output.splitlines()
    assert nonsense in ("Sorry, what?", "I do not know.")
    assert bye in ("Bye!", "See you.")
    assert hello


def test_trace_json_has_an_entry_a_word_in_every_list(options: list[str]) -> None:
    traced = json.loads(run("trace", "What time is it?", "--json", *options).output)
    for key in ("words", "hidden", "update_gate", "reset_gate", "answers"):
        assert len(traced[key]) == 5
    assert {len(row) for row in traced["hidden"]} == {384}
    assert traced["answers"][-1]["intent"] == "time"
    assert all(-1 <= value <= 1 for row in traced["hidden"] for value in row)


def test_the_last_answer_so_far_is_the_answer(options: list[str]) -> None:
    traced = json.loads(run("trace", "tell me the time", "--json", *options).output)
    asked = json.loads(run("ask", "tell me the time", "--json", *options).output)
    assert traced["answers"][-1]["intent"] == asked["intent"]
    assert traced["answers"][-1]["confidence"] == pytest.approx(asked["confidence"])


def test_trace_of_nothing_says_so(options: list[str]) -> None:
    assert "No words" in run("trace", "", *options).output
    assert json.loads(run("trace", "", "--json", *options).output)["hidden"] == []


def test_trace_for_people_has_a_line_a_word(options: list[str]) -> None:
    lines = run("trace", "Hello 你好 qqq", *options).output.splitlines()
    assert [line.split()[0] for line in lines] == ["word", "hello", "你", "好", "qqq"]
    assert "unknown word" in lines[-1]


def test_check_lists_warnings_and_passes(small_file: Path) -> None:
    result = run("check", str(small_file))
    assert result.exit_code == 0
    assert "{unknown}" in result.output
    assert "warning" in result.output


def test_where_tells_the_paths_and_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("where")
    assert result.exit_code == 0
    assert "your own copy" in result.output
    assert "intents.json" in result.output


def test_from_an_empty_folder_the_default_bot_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = json.loads(run("ask", "What time is it?", "--json").output)
    assert answer["intent"] == "time" and answer["in_scope"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert "_CHATBOT_COMPLETE" in result.output


def test_the_version_is_printed() -> None:
    assert __version__ in run("--version").output


@pytest.mark.slow
def test_training_from_the_command_line_reports_and_a_failure_exits_with_1(
    small_file: Path, tmp_path: Path
) -> None:
    result = run("train", "--json", "--intents", str(small_file), "--cell", "rnn")
    assert result.exit_code == 0, result.output
    last = json.loads(result.output.splitlines()[-1])
    assert last["record"] == "saved" and last["intents"] == 3
    assert run("ask", "Hello", "--intents", str(small_file)).exit_code == 0
    one = tmp_path / "one.json"
    one.write_text('{"intents": [{"tag": "a", "patterns": ["x", "y"], "responses": ["z"]}]}')
    failed = run("train", "--json", "--intents", str(one))
    assert failed.exit_code == 1
    assert json.loads(failed.output.splitlines()[-1])["record"] == "failed"


def test_a_reader_that_goes_away_ends_the_command_quietly(trained_folder: Path) -> None:
    command = [sys.executable, "-m", "chatbot", "ask", "-", "--intents",
               str(trained_folder / "intents.json")]  # fmt: skip
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin and process.stdout and process.stderr
    process.stdin.write(b"Hello\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.stdout.close()
    os.write(process.stdin.fileno(), b"Hello\n")
    process.stdin.close()
    assert b"Traceback" not in process.stderr.read()
    process.wait(timeout=30)


def test_a_model_older_than_its_patterns_says_so_on_stderr(
    trained_folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "intents.json"
    data = json.loads((trained_folder / "intents.json").read_text(encoding="utf-8"))
    model = ["--model", str(trained_folder / "models" / "intents"), "--intents", str(path)]
    path.write_text(json.dumps(data), encoding="utf-8")
    assert run("ask", "Hello", "--seed", "1", *model).stderr == ""
    data["intents"][0]["patterns"].append("ahoy")
    path.write_text(json.dumps(data), encoding="utf-8")
    asked = run("ask", "Hello", "--seed", "1", *model)
    assert "the patterns of intents.json have changed since the training" in asked.stderr
    assert "chatbot train" in asked.stderr and "changed" not in asked.stdout
    chatted = run("chat", "--plain", *model, stdin="Hello\n")
    assert "have changed since the training" in chatted.stderr


def test_what_was_said_before_a_choice_is_remembered_where_somebody_agrees(
    small_bot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = Offers((Offer("time", "what time is it"),), are_likely=True)
    monkeypatch.setattr("chatbot.conversation.bot.likely", lambda *__: offers)
    file = small_bot / "intents.json"
    said = "/remember\nzzgl qqx\n1\n/remember\n/remember\nzzgl qqx\n"
    result = CliRunner().invoke(main, ["chat", str(file), "--plain"], input=said)
    lines = result.stdout.splitlines()
    assert "Remembered." in lines[3] and "Remembered." not in "".join(lines[:3] + lines[4:])
    data = json.loads(file.read_text(encoding="utf-8"))
    (time,) = [intent for intent in data["intents"] if intent["tag"] == "time"]
    assert time["patterns"][-1] == "zzgl qqx" and "/remember" not in json.dumps(data)
    assert lines[-1] != lines[1], "it is a pattern at once"
