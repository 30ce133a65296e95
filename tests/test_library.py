"""As a library: the lines of docs/library.md run, and the example is typed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def run(code: str) -> str:
    """Run some code beside the default bot, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False,
        cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_five_lines_answer_a_message() -> None:
    lines = [line for line in BLOCKS[0].splitlines() if line.strip()]
    assert len(lines) == 5 and lines[0] == "from chatbot import Chatbot"
    assert re.search(r" time 1\.0$", run(BLOCKS[0]).strip())


def test_the_lines_for_asyncio_answer_a_hundred_conversations_at_once() -> None:
    (code,) = [block for block in BLOCKS if "asyncio" in block]
    assert run(code).startswith("100 ")


def test_importing_the_name_costs_nothing_until_it_is_used() -> None:
    loaded = run("import chatbot, sys; print(sorted(sys.modules))")
    assert "chatbot.conversation" not in loaded and "numpy" not in loaded
    assert "'asyncio'" not in run(
        "from chatbot import Chatbot, Dialogue, Turn; import sys; print(sorted(sys.modules))"
    )


def test_the_model_lies_beside_the_file_unless_another_is_named(trained_folder: Path) -> None:
    from chatbot import Chatbot

    file = trained_folder / "intents.json"
    bots = (
        Chatbot.load(file),
        Chatbot.load(str(file), seed=1),
        Chatbot.load(str(file), str(trained_folder / "models" / "intents")),
    )
    assert [bot.reply("Bye").reading.prediction.intent for bot in bots] == ["goodbye"] * 3


def test_the_example_serves_two_customers_and_says_what_is_wrong() -> None:
    example = [sys.executable, str(ROOT / "docs" / "library_example.py")]
    environment = {"cwd": ROOT, "capture_output": True, "text": True, "timeout": 120}
    done = subprocess.run([*example, "intents.json"], check=False, **environment)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    assert "Ana: 0 not answered\nBinh: 1 not answered" in done.stdout
    done = subprocess.run([*example, "gone.json"], check=False, **environment)  # type: ignore[call-overload]
    assert done.returncode == 1 and "gone.json" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_types_are_there_for_programs_that_use_it(tmp_path: Path) -> None:
    assert files("chatbot").joinpath("py.typed").is_file()
    right = (ROOT / "docs" / "library_example.py").read_text(encoding="utf-8")
    wrong = (
        "from chatbot import Chatbot\n\n"
        "bot = Chatbot.load('intents.json')\n"
        "bot.reply(1)\n"
        "bot.conversation().reply('hi').answer\n"
        "reply: int = bot.reply('hi').reply\n"
    )
    for name, text in (("right", right), ("wrong", wrong)):
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "right.py", "wrong.py"],
        capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT)},
    )  # fmt: skip
    found = re.findall(r"(\w+)\.py:(\d+): error: .*\[([\w-]+)\]", checked.stdout)
    assert found == [
        ("wrong", "4", "arg-type"), ("wrong", "5", "attr-defined"), ("wrong", "6", "assignment"),
    ], checked.stdout  # fmt: skip
