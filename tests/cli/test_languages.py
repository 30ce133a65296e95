"""The command line in the language of the interface: help, errors, and what commands print."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from chatbot.cli import main
from chatbot.cli.main import COMMANDS
from chatbot.cli.speaking import LANGUAGE, click_speaks
from chatbot.common import language, use_language
from chatbot.formats import WRITERS


@pytest.fixture(autouse=True)
def english_again(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.setenv("CHATBOT_LANGUAGE", "en")
    use_language("en")


def run(*arguments: str, language: str = "vi", stdin: str | None = None) -> Result:
    env = {"CHATBOT_LANGUAGE": language}
    return CliRunner().invoke(
        main, list(arguments), input=stdin, env=env, max_content_width=1000, terminal_width=1000
    )


SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,}")


def groups_and_commands() -> Iterator[list[str]]:
    """Yield every way to call for help."""
    yield []
    for name in COMMANDS:
        yield [name]
        command = main.get_command(click.Context(main), name)
        if isinstance(command, click.Group):
            yield from ([name, each] for each in command.commands)


@pytest.mark.parametrize("command", list(groups_and_commands()), ids=" ".join)
def test_help_says_nothing_in_english(command: list[str]) -> None:
    english = run(*command, "--help", language="en")
    ours = run(*command, "--help")
    assert (english.exit_code, ours.exit_code) == (0, 0)
    same = set(english.output.split("\n")) & set(ours.output.split("\n"))
    assert {line for line in same if SENTENCE.search(line)} == set()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["trin"], "Lỗi: Không có lệnh 'trin'."),
        (["ask"], "Lỗi: Thiếu đối số 'TEXT'."),
        (["ask", "hi", "--colour"], "Lỗi: Không có tùy chọn '--colour'."),
        (["ask", "--seed"], "cần 1 đối số"),
        (["ask", "what", "time"], "Văn bản nhiều từ phải đặt trong dấu nháy"),
        (["train", "--keep", "0"], "Giá trị không hợp lệ cho '--keep'"),
        (["train", "--cell", "cnn"], "'cnn' không thuộc 'gru', 'lstm', 'rnn'."),
        (["chat", "a", "--intents", "b"], "Hãy nêu bot bằng BOT hoặc bằng --intents"),
    ],
)
def test_what_is_wrong_is_said_in_vietnamese(arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    for english in ("Usage", "Error", "Try", "for help", "No such", "Missing"):
        assert english not in result.stderr


def test_commands_print_in_vietnamese(trained_folder: Path, tmp_path: Path) -> None:
    file = str(trained_folder / "intents.json")
    checked = run("check", "--intents", file)
    assert "ý định, " in checked.stdout and "không có lỗi" in checked.stdout
    assert "(theo yêu cầu của bạn)" in run("where", "--intents", file).stdout
    assert "chưa huấn luyện" in run("where", "--intents", str(tmp_path / "gone.json")).stdout
    converted = run("convert", file)
    assert "Chưa ghi gì cả" in converted.stdout and "Read" not in converted.stdout
    missing = run("ask", "hi", "--intents", str(tmp_path / "gone.json"))
    assert missing.stderr.startswith("Lỗi: ")


def test_what_an_import_left_out_is_told_in_vietnamese() -> None:
    sample = Path(__file__).parents[1] / "formats" / "samples" / "luis.json"
    converted = run("convert", str(sample)).stdout
    assert converted.count("ghi chú: ") >= 3
    assert "left out" not in converted


def test_what_programs_read_is_the_same_in_every_language(trained_folder: Path) -> None:
    file = str(trained_folder / "intents.json")
    for command in (["check", "--json"], ["ask", "Hello", "--json"], ["versions", "--json"]):
        english, ours = (run(*command, "--intents", file, language=code) for code in ("en", "vi"))
        one, other = json.loads(english.stdout), json.loads(ours.stdout)
        assert type(one) is type(other)
        if isinstance(one, dict):
            assert list(one) == list(other)


def test_the_settings_choose_the_language_of_help_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[appearance]\nlanguage = "vi"\n', encoding="utf-8")
    monkeypatch.setattr("chatbot.common.paths.settings_file", lambda: file)
    monkeypatch.delenv("CHATBOT_LANGUAGE", raising=False)
    assert "Cách dùng:" in CliRunner().invoke(main, ["--help"]).output


def test_programs_that_we_start_are_not_told_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor of the user's speaks as the system does."""
    monkeypatch.setenv("CHATBOT_LANGUAGE", "vi")
    monkeypatch.delenv(LANGUAGE, raising=False)
    use_language()
    with click_speaks():
        assert os.environ[LANGUAGE] == language() == "vi"
    assert LANGUAGE not in os.environ
    monkeypatch.setenv(LANGUAGE, "de")
    with click_speaks():
        assert os.environ[LANGUAGE] == "vi"
    assert os.environ[LANGUAGE] == "de"


def test_what_an_import_leaves_out_is_said_in_vietnamese(tmp_path: Path) -> None:
    file, written = tmp_path / "bot.json", tmp_path / "written.json"
    items = [{"tag": "a", "patterns": ["x", "y"], "responses": ["z"], "colour": "red"}]
    file.write_text(json.dumps({"intents": items, "author": "me"}))
    result = run("convert", str(file), str(written))
    assert "đã bỏ khóa “colour”" in result.output, result.output
    assert "đã bỏ khóa “author” ở đầu tệp" in result.output


def test_what_cannot_be_imported_is_said_in_vietnamese(tmp_path: Path) -> None:
    picture = tmp_path / "bot.json"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    result = run("convert", str(picture), str(tmp_path / "written.json"))
    assert result.exit_code == 1
    assert "đây là hình ảnh PNG, không phải dữ liệu huấn luyện" in result.output, result.output
    assert "liệt kê các định dạng" in result.output


BROKEN = {
    "nlu.yml": (
        'version: "3.1"\nnlu:\n- intent: a\n  examples: {x: y}\n',
        "các ví dụ của “a” là một",
    ),
    "bot.yml": ("nlu:\n- intent: [a\n", "YAML hỏng"),
    "bot.csv": ("text,intent\nhello,greet\nbye,leave,away\n", "hàng này có 3 cột"),
    "bot.aiml": ("<aiml><category></aiml>", "XML hỏng"),
}
"""Files that are damaged, and what is said of each."""


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_a_file_is_said_in_vietnamese(name: str, tmp_path: Path) -> None:
    text, says = BROKEN[name]
    (tmp_path / name).write_text(text)
    result = run("convert", str(tmp_path / name), str(tmp_path / "written.json"))
    assert result.exit_code == 1 and says in result.output, result.output


@pytest.mark.parametrize("to", sorted(set(WRITERS) - {"classic"}))
def test_what_another_format_cannot_hold_is_said_in_vietnamese(to: str, tmp_path: Path) -> None:
    file = tmp_path / "bot.json"
    intent = {"tag": "a ?", "patterns": ["x\ny", "z"], "responses": ["It is {time} $ 5."]}
    test = {"message": "x", "intent": "a ?"}
    file.write_text(json.dumps({"intents": [intent], "tests": [test]}))
    english, ours = (
        run("convert", "--to", to, str(file), str(tmp_path / language), language=language)
        for language in ("en", "vi")
    )
    assert (english.exit_code, ours.exit_code) == (0, 0), ours.output
    notes = [line for line in english.output.split("\n") if "note on writing" in line]
    assert notes and not set(notes) & set(ours.output.split("\n"))
    for line in notes:
        said = line.split(": ", 1)[1]
        assert said not in ours.output
        assert "{program}" not in line and "{most}" not in line
