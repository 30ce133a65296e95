"""Streams that are closed or full, homes that are not there: one clear line, and no traceback."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.tui.made_bot import make_bot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="redirections of a POSIX shell"),
]


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bot(tmp_path_factory.mktemp("bot"))


def run(line: str, bot: Path, code: int = 1, environment: Mapping[str, str | None] = {}) -> str:
    """Run a line of shell with `$C` for the command; return what it printed to both streams."""
    variables = {**os.environ, "C": f"{shlex.quote(sys.executable)} -m chatbot"}
    variables |= {"BOT": str(bot / "intents.json"), "PYTHONPATH": str(Path(__file__).parents[2])}
    for name, value in environment.items():
        variables.pop(name, None)
        if value is not None:
            variables[name] = value
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env=variables,
        cwd=bot,
        capture_output=True,
        timeout=120,
        check=False,
    )
    text = (done.stdout + done.stderr).decode()
    assert "Traceback" not in text and "Exception ignored" not in text, text
    assert done.returncode == code, (done.returncode, text)
    return text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('$C ask - --intents "$BOT" <&-', "Standard input is closed"),
        ('$C chat --plain --intents "$BOT" <&-', "Standard input is closed"),
        ('$C convert "$BOT" - >&-', "Standard output is closed"),
        ('$C ask hi --intents "$BOT" >&-', "Standard output is closed"),
        ('$C ask hi --json --intents "$BOT" >&-', "Standard output is closed"),
        ('$C ask hi --intents "$BOT" <&- >&- 2>&-', ""),
    ],
)
def test_a_stream_that_is_closed(bot: Path, line: str, said: str) -> None:
    assert said in run(line, bot)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize(
    "line",
    ['ask hi --intents "$BOT"', 'where --intents "$BOT"', 'check "$BOT" --json', 'convert "$BOT" -',
     'trace hi --intents "$BOT"', "completion bash", "--help"],
)  # fmt: skip
def test_an_output_that_is_full(bot: Path, line: str) -> None:
    text = run(f"$C {line} >/dev/full", bot)
    assert "No space left on device" in text and len(text.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_fault(bot: Path) -> None:
    assert run('$C check "$BOT" | true', bot, code=0) == ""


@pytest.mark.parametrize(
    "line",
    ["ask hi --intents '~nosuchuser/x'", "ask hi --intents \"$BOT\" --model '~nosuchuser/x'",
     "new x --in '~nosuchuser/y'", "new x --from '~nosuchuser/y'"],
)  # fmt: skip
def test_the_home_of_nobody(bot: Path, line: str) -> None:
    assert "no home folder ~nosuchuser" in run(f"$C {line}", bot)


def test_the_home_of_nobody_in_the_environment(bot: Path) -> None:
    assert "no home folder ~nosuch" in run(
        "$C where", bot, environment={"CHATBOT_INTENTS": "~nosuch/x"}
    )


@pytest.mark.parametrize("name", ["XDG_DATA_HOME", "HOME"])
def test_a_home_with_dots_in_it_gets_its_own_bot(bot: Path, tmp_path: Path, name: str) -> None:
    home = f"{tmp_path}/not-there/../home"
    where: dict[str, str | None] = {"XDG_DATA_HOME": None, name: home}
    run("cd / && $C ask hello", bot, code=0, environment=where)
    assert list((tmp_path / "home").rglob("intents.json"))


def test_nobody_s_home(bot: Path) -> None:
    """A user without an entry among the users, and no HOME: as in many containers."""
    if os.geteuid() != 0 or subprocess.run(["which", "setpriv"], check=False).returncode:
        pytest.skip("only root can become such a user")
    for folder in (bot, *bot.parents):
        folder.chmod(folder.stat().st_mode | 0o055)
    gone: dict[str, str | None] = dict.fromkeys(
        ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    )
    become = "setpriv --reuid 54321 --clear-groups "
    assert run(f'{become} $C ask hi --intents "$BOT"', bot, code=0, environment=gone).strip()
    assert run(f'{become} $C check "$BOT"', bot, code=0, environment=gone).strip()
    for line in (
        "where",
        'where --intents "$BOT"',
        "ask hi --intents cafe",
        "new cafe",
        "versions",
    ):
        text = run(f"cd / && {become} $C {line}", bot, environment=gone)
        assert "Set the environment variable HOME" in text, text


def test_a_home_that_cannot_be_written(bot: Path, tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.write_text("not a folder")
    text = run("cd / && $C where", bot, code=0, environment={"XDG_DATA_HOME": str(home)})
    assert str(home) in text
    text = run("cd / && $C ask hi", bot, environment={"XDG_DATA_HOME": str(home)})
    assert "cannot be made there" in text and "XDG_DATA_HOME" in text


@pytest.mark.parametrize("interrupted", ["chatbot.cli", "click"])
def test_ctrl_c_while_the_program_is_imported(bot: Path, interrupted: str) -> None:
    code = (
        "import sys\n"
        "class Interrupting:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {interrupted!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from chatbot.__main__ import run\n"
        "run()\n"
    )
    assert run(f"{shlex.quote(sys.executable)} -c {shlex.quote(code)}", bot, code=130) == ""


def test_a_terminal_of_lines_gets_a_conversation_in_lines(bot: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "chatbot", "--intents", str(bot / "intents.json")],
        stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "dumb"},
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, b"tell me the time\n\n")
    seen = b""
    try:
        while chunk := os.read(ours, 1 << 16):
            seen += chunk
    except OSError:  # Linux's way to say that the other end is closed
        pass
    finally:
        assert process.wait(60) == 0
        os.close(ours)
    assert b"TERM=dumb" in seen and b"bot: Yes." in seen and b"\x1b" not in seen
