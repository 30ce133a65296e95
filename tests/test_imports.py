"""What starting imports: chatting never torch, the core never Textual, first paint never NumPy.

And how modules import each other: through public faces, and in functions only to start faster.
"""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import chatbot


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
@pytest.mark.slow
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


@pytest.mark.slow
def test_the_running_app_answers_without_torch(trained_folder: Path) -> None:
    code = f"""
import asyncio
from pathlib import Path
from chatbot.common.paths import locate
from chatbot.tui.app import ChatbotApp

async def main():
    app = ChatbotApp(locate(Path({str(trained_folder / "intents.json")!r})))
    async with app.run_test() as pilot:
        await pilot.press(*"hello", "enter")
        while not (views := app.chat.conversation.views) or views[0].turn is None:
            await pilot.pause()
asyncio.run(main())
"""
    assert "torch" not in loaded_after(code)


NOT_FOR_THE_FIRST_PAINT = (
    *("numpy", "torch", "regex", "msgspec", "sqlite3", "tomllib", "hashlib"),
    *("chatbot.words", "chatbot.tui.dialogs", "chatbot.tui.panel.registry"),
    *("chatbot.tui.settings.writing", "textual.widgets._data_table"),
)
"""What the first picture does not need, by name of the module."""


def test_the_running_app_paints_before_it_imports_what_that_does_not_need(
    trained_folder: Path,
) -> None:
    code = f"""
import sys
from pathlib import Path
from chatbot.common.paths import locate
from chatbot.tui.app import ChatbotApp

def start(app):  # what runs after the first paint
    app.exit(sorted(set({NOT_FOR_THE_FIRST_PAINT!r}) & set(sys.modules)))

ChatbotApp._start = start
app = ChatbotApp(locate(Path({str(trained_folder / "intents.json")!r})))
app.run(headless=True)
assert app.return_value == [], app.return_value
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_training_never_imports_scikit_learn() -> None:
    loaded = loaded_after("from chatbot.learning import train_file")
    assert "torch" in loaded
    assert "sklearn" not in loaded


def test_the_command_line_knows_its_commands_and_cells_without_numpy() -> None:
    code = """
from click.testing import CliRunner
from chatbot.cli import main
result = CliRunner().invoke(main, ["train", "--help"])
assert "[gru|lstm|rnn]" in result.output, result.output
"""
    assert not {"numpy", "torch", "textual", "tree_sitter", "regex"} & loaded_after(code)


# ---- the rules of imports, read from the source

ROOT = Path(chatbot.__file__).parent
MODULES = {
    ".".join(("chatbot", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in sorted(ROOT.rglob("*.py"))
    if "bundled" not in path.parts
}
STUBS = sorted(name for name, path in MODULES.items() if path.with_suffix(".pyi").exists())


def package_of(module: str) -> str:
    """Return the package that a module is in; a package is in itself."""
    is_package = MODULES[module].name == "__init__.py"
    return module if is_package else module.rpartition(".")[0]


def holds(package: str, other: str) -> bool:
    """Return whether a package is, or holds, the other."""
    return f"{other}.".startswith(f"{package}.")


def shown_by(package: str) -> set[str]:
    """Return the names in the public face of a package: its stub, or what its module defines."""
    path = MODULES[package]
    stub = path.with_suffix(".pyi")
    tree = ast.parse((stub if stub.exists() else path).read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            names.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names.update(target.id for target in node.targets if isinstance(target, ast.Name))
    return names


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str, str | None]]:
    """Yield line, module and name (None for `import module`) of the imports of our own modules."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from ((node.lineno, node.module or "", alias.name) for alias in node.names)


def own_imports_of(tree: ast.AST) -> Iterator[tuple[int, str, str | None]]:
    """Yield those of `imports_of` that are the program's."""
    return (found for found in imports_of(tree) if holds("chatbot", found[1]))


def test_other_packages_are_imported_through_their_public_face() -> None:
    wrong = []
    for module, path in MODULES.items():
        own = package_of(module)
        for line, target, name in own_imports_of(ast.parse(path.read_text("utf-8"))):
            theirs = package_of(target)
            if holds(theirs, own) or holds(own, theirs):
                continue  # its own package, one that holds it, or one that it holds
            if target != theirs or name not in shown_by(target):
                wrong.append(f"{path}:{line}: {name or 'all'} of {target}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("face", STUBS)
def test_every_name_of_a_public_face_can_be_imported_and_means_one_thing(face: str) -> None:
    package = importlib.import_module(face)
    tree = ast.parse(MODULES[face].with_suffix(".pyi").read_text(encoding="utf-8"))
    for node in tree.body:
        if not isinstance(node, ast.ImportFrom):
            continue
        for alias in node.names:
            name = alias.asname or alias.name
            assert getattr(package, name) is not None
            is_module = f"{face}.{name}" in MODULES
            assert is_module == (node.module is None), f"{name} is a name and a module of {face}"


def test_what_is_imported_inside_a_function_saves_start_up_time_and_says_so() -> None:
    silent = []
    for path in MODULES.values():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        if "start-up" in (ast.get_docstring(tree) or ""):
            continue
        lines = text.split("\n")
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if "start-up" not in "\n".join(lines[node.lineno - 1 : node.end_lineno]):
                silent += [f"{path}:{line}: {target}" for line, target, _ in own_imports_of(node)]
    assert not silent, "\n".join(silent)
