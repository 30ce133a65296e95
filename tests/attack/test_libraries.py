"""PyTorch, SciPy or scikit-learn missing or broken: one clear line, and chatting works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from chatbot.cli.libraries import BROUGHT, PACKAGES
from chatbot.common.paths import Locations
from chatbot.lab import LabFailed
from chatbot.quality import EvaluationFailed
from chatbot.tui.jobs import evaluation, lab, training
from chatbot.tui.jobs.process import Child, _death
from chatbot.versions import Failed
from tests.conftest import SMALL
from tests.tui.made_bot import make_bot

ROOT = Path(__file__).parents[2]
BREAKS = {
    "missing": "raise ModuleNotFoundError(f\"No module named '{__name__}'\", name=__name__)",
    "a part is missing": "import chatbot_has_no_such_part",
    "cannot be loaded": "raise OSError('libomp.so: cannot open shared object file')",
    "was built for another NumPy": "raise RuntimeError('compiled for NumPy 1.x')",
    "is a half": "import sys; sys.no_such_attribute",
    "does not fit": "raise ImportError('DLL load failed: the procedure\\ncould not be found')",
}
COMMANDS = {
    "train": ("torch",),
    "evaluate": ("torch", "scipy", "sklearn"),
    "lab": ("torch",),
    "check --cross-validate": ("torch", "scipy", "sklearn"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "intents.json"
    path.write_text(json.dumps(SMALL), encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Put broken libraries in the place of the real ones, for processes that are started."""
    folder = tmp_path / "broken"

    def break_(names: tuple[str, ...], how: str) -> None:
        for name in names:
            (folder / name).mkdir(parents=True)
            (folder / name / "__init__.py").write_text(BREAKS[how], encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", f"{folder}:{ROOT}")

    return break_


def run(*arguments: str, code: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=240, check=False,
    )  # fmt: skip
    text = done.stdout + done.stderr
    assert done.returncode == code, text
    assert "Traceback" not in text, text
    return text


@pytest.mark.slow
@pytest.mark.parametrize("how", BREAKS)
@pytest.mark.parametrize(("command", "name"), [(c, n) for c in COMMANDS for n in COMMANDS[c]])
def test_a_command_says_in_a_line_what_to_install(  # type: ignore[no-untyped-def]
    file: Path, broken, command: str, name: str, how: str
) -> None:
    broken((name,), how)
    text = run(*command.split(), "--intents", str(file), code=1)
    called, package = PACKAGES[name] if name in PACKAGES else (BROUGHT[name][0], *BROUGHT[name][1])
    assert text.startswith(f"Error: {called} is ") and text.count("\n") == 1
    assert f'-m pip install "{package}"' in text


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_processor_that_cannot_run_pytorch_is_named_in_a_line(  # type: ignore[no-untyped-def]
    file: Path, broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BREAKS, "too old", "import os; os.kill(os.getpid(), 4)")
    broken(("torch",), "too old")
    text = run("train", "--intents", str(file), code=-4)
    assert text.startswith("Error: This processor lacks what PyTorch uses.")
    assert text.count("\n") == 1 and '-m pip install "torch' in text


@pytest.mark.slow
def test_without_any_of_them_everything_but_training_works(  # type: ignore[no-untyped-def]
    tmp_path: Path, broken
) -> None:
    bot = make_bot(tmp_path / "bot")
    broken((*PACKAGES, "scipy"), "missing")
    where = ("--intents", str(bot / "intents.json"))
    assert run("ask", "what time is it", *where, code=0).strip() == "Yes."
    for command in ("trace hi --explain", "check", "versions", "where", "chat --plain"):
        run(*command.split(), *where, code=0)
    target = str(tmp_path / "out.yml")
    run("convert", str(bot / "intents.json"), target, code=0)
    run("new", "cafe", code=0)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["missing", "cannot be loaded"])
@pytest.mark.parametrize("job", ["training", "evaluation", "lab"])
async def test_in_the_app_a_job_fails_with_that_line(  # type: ignore[no-untyped-def]
    file: Path, broken, job: str, how: str
) -> None:
    broken(("torch",), how)
    locations = Locations(file, "", file.parent / "models" / "intents", "")
    if job == "training":
        child: Child[Any] = await training.TrainingProcess.start(locations)
    elif job == "evaluation":
        child = await evaluation.EvaluationProcess.start(locations)
    else:
        child = await lab.LabProcess.start(file)
    records = [record async for record in child.records()]
    (failed,) = records
    assert isinstance(failed, Failed | EvaluationFailed | LabFailed)
    assert failed.message.startswith("PyTorch is ") and "\n" not in failed.message
    assert "-m pip install" in failed.message


def test_a_processor_that_is_too_old_is_named() -> None:
    said = _death(training.TRAINING, -4, b"")
    assert "this processor lacks what PyTorch uses" in said and "pip install" in said


def test_the_small_install_is_the_large_one_without_training() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "requirements-chat.txt").read_text(encoding="utf-8").splitlines()
    small = [line for line in lines if not line.startswith("#")]
    packages = {package for _, package in PACKAGES.values()}
    assert set(project["dependencies"]) == {*small, *packages}


def test_every_range_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [d for d in project["dependencies"] if not re.search(r"<\d", d)] == []
