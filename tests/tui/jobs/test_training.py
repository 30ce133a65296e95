"""A training in a process of its own: it ends in a model or in words, and leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from chatbot.common import paths
from chatbot.common.paths import Locations
from chatbot.tui.jobs.training import TrainingProcess
from chatbot.versions.records import Failed, Progress, Record, Saved, encode
from tests.conftest import long_to_train

pytestmark = pytest.mark.slow

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups")
PROGRESS = encode(Progress("held-out", 1, 2, 1, 2, 0.5, None, 1.0, 1.0))
TINY = {
    "intents": [
        {
            "tag": "greeting",
            "patterns": ["hello", "hi there", "good morning", "hey you", "greetings"],
            "responses": ["Hello!"],
        },
        {
            "tag": "goodbye",
            "patterns": ["bye", "see you later", "good night", "farewell", "until tomorrow"],
            "responses": ["Bye!"],
        },
    ]
}


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    """A tiny intents file that has no model yet."""
    file = tmp_path / "tiny.json"
    file.write_text(json.dumps(TINY), encoding="utf-8")
    return Locations(file, "test", tmp_path / "models" / "tiny", "test")


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put another program in the place of `chatbot train`, to die in every way there is."""

    def replace(code: str) -> None:
        package = tmp_path / "checkout" / "chatbot"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
        header = f"import os, subprocess, sys, time\nprogress = {PROGRESS!r}\n"
        (package / "__main__.py").write_text(header + code)
        monkeypatch.setattr(paths, "PACKAGE", package)

    return replace


async def everything(retraining: TrainingProcess) -> list[Record]:
    async with asyncio.timeout(60):
        return [record async for record in retraining.records()]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - other processes set no events
            await asyncio.sleep(0.01)


def is_alive(pid: int) -> bool:
    """Whether the process runs. One that ended and that nobody has asked for does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:  # macOS has no /proc; on Linux it went meanwhile
        return sys.platform != "linux"


def pid_of(retraining: TrainingProcess) -> int:
    assert retraining._process is not None
    return retraining._process.pid


async def test_a_training_reports_its_way_and_ends_with_a_model(locations: Locations) -> None:
    records = await everything(await TrainingProcess.start(locations))
    assert isinstance(records[-1], Saved), records[-1]
    assert len(records) > 1
    assert all(isinstance(record, Progress) for record in records[:-1])
    assert (locations.model / "card.json").is_file()


@POSIX
async def test_cancelling_midway_leaves_no_model_and_no_process(locations: Locations) -> None:
    retraining = await TrainingProcess.start(locations)
    records: list[Record] = []
    async with asyncio.timeout(60):
        async for record in retraining.records():
            records.append(record)
            if isinstance(record, Progress):
                retraining.cancel()
    assert len(records) == 2
    assert isinstance(records[-1], Failed)
    assert "Cancelled" in records[-1].message
    assert "Nothing was written" in records[-1].message
    assert not is_alive(pid_of(retraining))
    assert {path.name for path in locations.model.glob("*")} <= {"training.lock"}


async def test_a_bad_file_is_named(locations: Locations) -> None:
    locations.intents.write_text('{"intents": [', encoding="utf-8")
    records = await everything(await TrainingProcess.start(locations))
    assert len(records) == 1
    assert isinstance(records[0], Failed)
    assert "tiny.json" in records[0].message


async def test_files_in_the_working_folder_are_not_imported(
    locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "random.py", "click.py", "chatbot.py"):
        (locations.intents.parent / name).write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(locations.intents.parent)
    locations.intents.write_text("[", encoding="utf-8")
    records = await everything(await TrainingProcess.start(locations))
    assert isinstance(records[-1], Failed)
    assert "shadowed" not in records[-1].message
    assert "tiny.json" in records[-1].message


@POSIX
async def test_a_killed_process_fails_with_its_signal(
    locations: Locations, program: Callable[[str], None]
) -> None:
    program("print(progress, flush=True)\nos.kill(os.getpid(), 9)")
    records = await everything(await TrainingProcess.start(locations))
    assert [type(record) for record in records] == [Progress, Failed]
    assert isinstance(records[-1], Failed)
    assert "signal 9 (SIGKILL)" in records[-1].message
    assert "Nothing was written" in records[-1].message
    assert "Retry" in records[-1].message


async def test_a_crash_fails_with_its_exit_code_and_last_lines(
    locations: Locations, program: Callable[[str], None]
) -> None:
    # Far more than a pipe holds: the process would hang if nobody read it.
    program(
        "print('x' * 1_000_000, file=sys.stderr)\nprint('[b]out of luck', file=sys.stderr)\n"
        "sys.exit(3)"
    )
    records = await everything(await TrainingProcess.start(locations))
    assert len(records) == 1
    assert isinstance(records[0], Failed)
    assert "exit code 3" in records[0].message
    assert records[0].message.endswith("\n[b]out of luck")
    assert len(records[0].message) < 6_000


async def test_a_quiet_end_is_a_failure_too(
    locations: Locations, program: Callable[[str], None]
) -> None:
    program("")
    records = await everything(await TrainingProcess.start(locations))
    assert isinstance(records[-1], Failed)
    assert "exit code 0 before the model was complete" in records[-1].message


async def test_lines_that_are_no_records_are_skipped(
    locations: Locations, program: Callable[[str], None]
) -> None:
    program(
        "print('a warning')\nprint('y' * 3_000_000)\nprint('[1]')\nsys.stdout.flush()\n"
        "sys.stdout.buffer.write(b'\\xff\\xfe\\n')\nsys.stdout.flush()\nprint(progress)"
    )
    records = await everything(await TrainingProcess.start(locations))
    assert [type(record) for record in records] == [Progress, Failed]


async def test_nothing_comes_after_the_end(
    locations: Locations, program: Callable[[str], None]
) -> None:
    end = encode(Failed("no patterns"))
    program(f"print({end!r}, flush=True)\nprint(progress, flush=True)\ntime.sleep(600)")
    assert await everything(await TrainingProcess.start(locations)) == [Failed("no patterns")]


async def test_a_python_that_is_gone_is_a_failure_in_words(
    locations: Locations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(locations.model / "python"))
    retraining = await TrainingProcess.start(locations)
    retraining.cancel()
    records = await everything(retraining)
    assert isinstance(records[-1], Failed)
    assert "could not be started" in records[-1].message


@POSIX
async def test_cancelling_takes_down_what_the_training_started(
    locations: Locations, program: Callable[[str], None]
) -> None:
    note = locations.intents.parent / "pid"
    program(
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "print(progress, flush=True)\ntime.sleep(600)"
    )
    retraining = await TrainingProcess.start(locations)
    async with asyncio.timeout(60):
        async for record in retraining.records():
            if isinstance(record, Progress):
                retraining.cancel()
                retraining.cancel()  # twice does no harm
    await until(lambda: not is_alive(int(note.read_text())))
    retraining.cancel()  # nor does once more, when all is over


@POSIX
async def test_stopping_waits_until_the_process_is_gone(
    locations: Locations, program: Callable[[str], None]
) -> None:
    program("time.sleep(600)")
    retraining = await TrainingProcess.start(locations)
    async with asyncio.timeout(60):
        await retraining.stop()
    assert not is_alive(pid_of(retraining))


@POSIX
async def test_a_reader_that_goes_away_takes_the_training_along(
    locations: Locations, program: Callable[[str], None]
) -> None:
    program("print(progress, flush=True)\ntime.sleep(600)")
    retraining = await TrainingProcess.start(locations)
    reading = asyncio.Event()

    async def read() -> None:
        async for _ in retraining.records():
            reading.set()

    reader = asyncio.create_task(read())
    async with asyncio.timeout(60):
        await reading.wait()
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert not is_alive(pid_of(retraining))


@POSIX
@pytest.mark.parametrize("is_training", [False, True])
async def test_a_training_whose_app_is_killed_ends_without_a_model(
    locations: Locations, is_training: bool
) -> None:
    long_to_train(locations.intents)
    app = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from chatbot.common.paths import Locations\n"
        "from chatbot.tui.jobs.training import TrainingProcess\n"
        "async def main():\n"
        "    file, model = map(Path, sys.argv[1:])\n"
        "    retraining = await TrainingProcess.start(Locations(file, '', model, ''))\n"
        "    print(retraining._process.pid, flush=True)\n"
        "    async for record in retraining.records():\n"
        "        print('reports', flush=True)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        app,
        str(locations.intents),
        str(locations.model),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)},
    )
    assert process.stdout is not None
    async with asyncio.timeout(60):
        training = int(await process.stdout.readline())
        assert is_alive(training)
        if is_training:
            assert await process.stdout.readline() == b"reports\n"
        process.send_signal(signal.SIGKILL)
        await process.communicate()
    async with asyncio.timeout(2):  # long before it would notice that nobody reads what it reports
        while is_alive(training):  # noqa: ASYNC110 - other processes set no events
            await asyncio.sleep(0.01)
    assert {path.name for path in locations.model.glob("*")} <= {"training.lock"}
