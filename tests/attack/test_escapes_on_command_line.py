"""No command passes on what steers the terminal, and none can print around the one module."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from chatbot.cli import main
from chatbot.cli.output import OutputError, say_file
from chatbot.common import paths
from chatbot.conversation import history
from tests.attack.evil import EVIL, MESSAGE, STEERS, TAGS, evil_bot

STEERING = [chr(n) for n in range(0x20) if chr(n) not in "\n\t"]
STEERING += [chr(n) for n in (*range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))]


def output(*arguments: str, stdin: str | None = None) -> str:
    """Run a command and return all that it printed, to both streams; no traceback, please."""
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert isinstance(result.exception, SystemExit | None), result.exception
    found = {character for character in STEERING if character in result.output}
    assert not found, (arguments[:1], found, result.output[:2000])
    return result.output


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return evil_bot(tmp_path)


ANSWERING = [
    ("ask", "word1 again"),
    ("ask", "word1 again", "--json"),
    ("ask", f"word2 please {EVIL}", "--json"),
    ("chat", "--plain"),
    ("trace", "word1 again"),
    ("trace", f"word2 please {EVIL}", "--json"),
    ("trace", "word1 again", "--explain"),
    ("trace", "word1 again", "--why-not", TAGS[2]),
    ("trace", "word1 again", "--why-not", EVIL),
    ("check",),
    ("check", "--json"),
    ("where",),
    ("versions",),
    ("versions", "--json"),
    ("versions", "compare", "1", "2"),
    ("versions", "compare", "1", "2", "--json"),
    ("versions", "use", "1"),
    ("versions", "use", "77"),
    ("train", "--cell", EVIL),
]  # fmt: skip


@pytest.mark.parametrize(
    "arguments", ANSWERING, ids=lambda a: " ".join(a[:3]).encode("ascii", "replace").decode()
)
def test_what_a_bot_s_file_holds_is_escaped(file: Path, arguments: tuple[str, ...]) -> None:
    history.add(paths.history_file(file), [MESSAGE])
    where = ["--intents", str(file)]
    text = output(arguments[0], *where, *arguments[1:], stdin=f"word1 again\n{EVIL}\n")
    assert text.strip()


def test_json_says_what_the_text_was(file: Path) -> None:
    text = output("ask", "word1 again", "--json", "--intents", str(file))
    value = json.loads(text)
    assert value["intent"] == TAGS[1]
    assert "\x1b]0;owned\x07" in value["reply"] and "\x7f" in value["reply"]


@pytest.mark.parametrize("to", ["classic", "nlpjs", "snips", "watson"])
def test_a_file_of_json_that_is_written_is_escaped_and_says_the_same(
    tmp_path: Path, file: Path, to: str
) -> None:
    target = tmp_path / "out.json"
    output("convert", str(file), str(target), "--to", to)
    text = target.read_text(encoding="utf-8")
    assert not [character for character in STEERING if character in text]
    assert repr(STEERS[0])[1:-1] in str(json.loads(text))


def test_the_report_of_an_import_is_escaped(tmp_path: Path, file: Path) -> None:
    for report in (tmp_path / "report.md", tmp_path / "report.json"):
        output("convert", str(file), "--report", str(report))
        text = report.read_text(encoding="utf-8")
        assert "31m" in text
        assert not [character for character in STEERING if character in text]


def test_an_archive_is_not_shown_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(OutputError, match="Name a file"):
        say_file(b"PK\x03\x04\xff\x1b[31m")
    assert capsys.readouterr().out == ""
    say_file(b"text \x1b[31m\n")
    assert capsys.readouterr().out == "text \\x1b[31m\n"


@pytest.mark.parametrize("target", ["-", "out\x1b[31m.json", "out\u202e.csv", "out.yml"])
@pytest.mark.parametrize("as_json", [False, True])
def test_what_an_import_reads_and_writes_is_escaped(
    tmp_path: Path, file: Path, target: str, as_json: bool
) -> None:
    where = "-" if target == "-" else str(tmp_path / target)
    text = output("convert", str(file), where, *(["--json"] if as_json else []))
    assert "owned" in text


def test_a_bot_made_from_such_a_file_and_from_such_a_name(file: Path) -> None:
    output("new", "cafe", "--from", str(file))
    output("new", EVIL)
    output("chat", EVIL)
    output(EVIL)


@pytest.mark.parametrize(
    "content",
    [
        '{"intents": [{"tag": "%s", "patterns": 5, "%s": 1}]}',
        "%s",
        '[{"%s": "%s"}]',
        "a,%s\n%s,b\n",
    ],
)
def test_a_file_that_is_wrong_is_named_without_its_escapes(tmp_path: Path, content: str) -> None:
    path = tmp_path / "evil\x1b]0;owned\x07\u202e.json"
    evil = json.dumps(EVIL)[1:-1]
    path.write_text(content.replace("%s", evil), encoding="utf-8")
    for command in ("check", "ask", "trace", "train", "evaluate"):
        output(command, *(["hi"] if command in ("ask", "trace") else []), "--intents", str(path))
    output("convert", str(path))
    path.write_text(content.replace("%s", EVIL), encoding="utf-8")
    output("check", str(path))


PRINTING = ("print", "click.echo", "click.secho", "click.confirm", "click.prompt", "os.write")
STREAMS = ("sys.stdout", "sys.stderr", "sys.__stdout__", "sys.__stderr__")
ALLOWED = {
    "cli/output.py": {*PRINTING, *STREAMS},
    "tui/flows/ending.py": {"print", "sys.__stderr__"},  # a fault, once the app has closed
    "tui/flows/fault_report.py": {"sys.__stdout__"},  # its encoding
}


def test_only_one_module_prints() -> None:
    around = []
    for path in paths.PACKAGE.rglob("*.py"):
        name = path.relative_to(paths.PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call | ast.Attribute):
                continue
            what = ast.unparse(node.func if isinstance(node, ast.Call) else node)
            if what in (*PRINTING, *STREAMS) and what not in ALLOWED.get(name, ()):
                around.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
    assert not around, "\n".join(around)
