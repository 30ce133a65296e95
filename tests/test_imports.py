"""What starting imports: chatting never torch, the core never Textual, first paint never NumPy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def loaded_after(code: str) -> set[str]:
    """Return the top-level modules that a fresh Python has loaded after running some code."""
    script = (
        f"{code}\nimport sys; print('\\n'.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True
    )
    return set(run.stdout.split())


def test_asking_never_imports_torch_or_textual(trained_folder: Path) -> None:
    code = f"""
from click.testing import CliRunner
from chatbot.cli import main
result = CliRunner().invoke(main, ["ask", "what time is it", "--json",
    "--intents", {str(trained_folder / "intents.json")!r}])
assert result.exit_code == 0, result.output
"""
    assert not {"torch", "textual", "msgspec"} & loaded_after(code)


@pytest.mark.parametrize("command", ["trace", "ask"])
def test_no_chatting_command_imports_torch(trained_folder: Path, command: str) -> None:
    code = f"""
from click.testing import CliRunner
from chatbot.cli import main
result = CliRunner().invoke(main, [{command!r}, "hello",
    "--intents", {str(trained_folder / "intents.json")!r}])
assert result.exit_code == 0, result.output
"""
    assert "torch" not in loaded_after(code)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads as Linux does")
def test_numpy_has_one_thread_when_chatting(trained_folder: Path) -> None:
    code = f"""
import os, sys
from click.testing import CliRunner
from chatbot.cli import main
result = CliRunner().invoke(main, ["ask", "hello",
    "--intents", {str(trained_folder / "intents.json")!r}])
assert result.exit_code == 0 and "numpy" in sys.modules, result.output
assert len(os.listdir("/proc/self/task")) == 1, os.listdir("/proc/self/task")
"""
    loaded_after(code)


def test_the_running_app_answers_without_torch(trained_folder: Path) -> None:
    code = f"""
import asyncio
from pathlib import Path
from chatbot.common.paths import locate
from chatbot.tui.app import ChatbotApp
from chatbot.tui.widgets.conversation import TurnView

async def main():
    app = ChatbotApp(locate(Path({str(trained_folder / "intents.json")!r})))
    async with app.run_test() as pilot:
        await pilot.press(*"hello", "enter")
        while not (views := app.screen.query(TurnView)) or views.first().turn is None:
            await pilot.pause()
asyncio.run(main())
"""
    assert "torch" not in loaded_after(code)


def test_the_running_app_paints_before_it_imports_numpy(trained_folder: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from chatbot.common.paths import locate
from chatbot.tui.app import ChatbotApp

def start(app):  # what runs after the first paint
    app.exit(sorted({{"numpy", "torch"}} & set(sys.modules)))

ChatbotApp._start = start
app = ChatbotApp(locate(Path({str(trained_folder / "intents.json")!r})))
early = app.run(headless=True)
assert early == [], early
"""
    loaded_after(code)


def test_what_is_imported_before_the_first_paint_holds_neither_numpy_nor_torch() -> None:
    assert not {"numpy", "torch"} & loaded_after("import chatbot.tui.app")


def test_reading_an_intents_file_of_our_own_imports_no_other_format(trained_folder: Path) -> None:
    code = f"""
from pathlib import Path
from chatbot.opening import read_intents
read_intents(Path({str(trained_folder / "intents.json")!r}))
import sys
assert not [name for name in sys.modules if name.startswith("chatbot.formats")]
"""
    assert not {"yaml", "zipfile", "csv"} & loaded_after(code)


def test_importing_the_package_costs_nothing() -> None:
    heavy = {"numpy", "torch", "textual", "click", "regex", "safetensors"}
    assert not heavy & loaded_after("import chatbot")


def test_neither_checking_nor_a_test_file_imports_torch(trained_folder: Path) -> None:
    code = f"""
from click.testing import CliRunner
from chatbot.cli import main
result = CliRunner().invoke(main, ["check", {str(trained_folder / "intents.json")!r}])
assert result.exit_code == 0, result.output
"""
    assert not {"torch", "sklearn", "textual"} & loaded_after(code)
    rows = trained_folder.parent / "rows.csv"
    rows.write_text("hello,greeting\n")
    code = f"""
from click.testing import CliRunner
from chatbot.cli import main
result = CliRunner().invoke(main, ["evaluate", "--test", {str(rows)!r},
    "--intents", {str(trained_folder / "intents.json")!r}])
assert result.exit_code == 0, result.output
"""
    assert not {"torch", "textual"} & loaded_after(code)


def test_training_never_imports_scikit_learn() -> None:
    assert "sklearn" not in loaded_after("import chatbot.cli.train")
