"""Long messages on the command line: refused before the work, and the next line is answered."""

from __future__ import annotations

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chatbot.cli import main
from chatbot.cli.options import stdin_messages
from chatbot.common import KEPT_WORDS, MESSAGE_CHARACTERS, READ_CHARACTERS
from chatbot.conversation.bot import Chatbot
from chatbot.conversation.reader import Reader
from chatbot.conversation.reading import Reading
from tests.tui.made_bot import make_bot

TOO_LONG = "a" * (MESSAGE_CHARACTERS + 1)
LIMIT = f"{MESSAGE_CHARACTERS:,} characters"


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    return ["--intents", str(make_bot(tmp_path / "bot") / "intents.json")]


def run(options: list[str], *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, *options], input=stdin)


def test_a_line_that_is_too_long_is_an_error_and_the_next_one_is_answered(
    options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    read = Chatbot.read

    def counting(bot: Chatbot, text: str, after: Reading | None = None) -> Reading:
        asked.append(len(text))
        return read(bot, text, after)

    monkeypatch.setattr(Chatbot, "read", counting)
    result = run(options, "ask", "-", stdin=f"tell me the time\n{TOO_LONG}\nmake me laugh\n")
    first, second, third = result.stdout.splitlines()
    assert first == third == "Yes." and LIMIT in second
    assert result.exit_code == 1
    assert asked == [16, 13], "nothing was read of it"


def test_as_json_it_is_an_error_with_the_beginning_of_its_text(options: list[str]) -> None:
    result = run(options, "ask", "-", "--json", stdin=f"{TOO_LONG}\nmake me laugh\n")
    error, answer = map(json.loads, result.stdout.splitlines())
    assert LIMIT in error["error"] and len(error["text"]) < 200
    assert answer["intent"] == "joke" and answer["unread_characters"] == 0
    assert result.exit_code == 1


def test_the_longest_message_is_answered_and_how_much_was_read_is_told(options: list[str]) -> None:
    message = "make me laugh " * (MESSAGE_CHARACTERS // 14)
    result = run(options, "ask", "-", "--json", stdin=f"{message}\n")
    answer = json.loads(result.stdout)
    read = len(message) - answer["unread_characters"]
    assert READ_CHARACTERS - 100 < read <= READ_CHARACTERS
    assert f"the first {read:,} of {len(message):,} characters were read" in result.stderr
    assert result.exit_code == 0


def test_a_plain_conversation_goes_on_after_it(options: list[str]) -> None:
    result = run(options, "chat", "--plain", stdin=f"{TOO_LONG}\nmake me laugh\n")
    problem, reply = result.stdout.splitlines()
    assert LIMIT in problem and reply == "Yes."


def test_a_trace_of_a_long_message_has_a_row_for_the_first_words(options: list[str]) -> None:
    message = "tell me a joke " * 500
    lines = run(options, "trace", message).stdout.splitlines()
    assert len(lines) == 1 + KEPT_WORDS + 1 and "more words" in lines[-1]
    found = json.loads(run(options, "trace", "--json", message).stdout)
    assert len(found["hidden"]) == len(found["words"]) == KEPT_WORDS
    assert found["words_read"] == 2_000 and found["final_answer"]["intent"]
    refused = run(options, "trace", TOO_LONG)
    assert refused.exit_code == 1 and LIMIT in refused.stderr


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_line_is_never_in_the_memory_as_a_whole(
    monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    class Counting(BytesIO):
        most = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            line = super().readline(size)
            Counting.most = max(Counting.most, len(line))
            return line

    text = b"first\n" + b"x" * (MESSAGE_CHARACTERS * 9) + b"\nlast" + end
    stdin = TextIOWrapper(Counting(text))
    monkeypatch.setattr("sys.stdin", stdin)
    assert [len(message) for message in stdin_messages()] == [5, MESSAGE_CHARACTERS + 1, 4]
    assert Counting.most < len(text) / 2


def test_a_long_message_costs_as_many_steps_as_words(
    options: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    read_words = Reader.read_words

    def counting(self: Reader, *arguments: object, **named: object) -> object:
        reading = read_words(self, *arguments, **named)  # type: ignore[arg-type]
        kept.append(len(reading.steps))
        return reading

    monkeypatch.setattr(Reader, "read_words", counting)
    run(options, "ask", "-", stdin="tell me a joke " * 3_000 + "\n")
    assert kept == [KEPT_WORDS]
