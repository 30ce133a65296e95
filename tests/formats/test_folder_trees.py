"""Deep trees, pipes, links and archives: what stands in a folder besides its files."""

from __future__ import annotations

import io
import os
import random
import socket
import sys
import zipfile
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import FormatError
from chatbot.intents.findings import IntentsError
from tests.formats.reading import counts, examples, patterns, write

NLU = "nlu:\n- intent: greet\n  examples: |\n    - hello\n    - hi\n"
BYE = "nlu:\n- intent: bye\n  examples: |\n    - see you\n"


# ---- what stands in a folder besides files


@pytest.mark.parametrize("levels", [50, pytest.param(1_100, marks=pytest.mark.slow)])
def test_a_folder_nested_very_deep_is_read_down_to_its_limit(levels: int, tmp_path: Path) -> None:
    write(tmp_path, {"nlu.yml": NLU})
    here = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(levels):
            Path("deep").mkdir()
            os.chdir("deep")
    finally:
        os.chdir(here)
    try:
        imported = formats.read(tmp_path)
        assert patterns(imported) == {"greet": ["hello", "hi"]}
        assert counts(imported)["folders below 40 others were not opened"] == 1
    finally:
        _remove_deep(tmp_path)


def _remove_deep(folder: Path) -> None:
    """Remove a tree too deep for pytest's own clean-up, which recurses."""
    while (folder / "deep").exists():
        top = folder / "deep"
        below = top / "deep"
        if below.exists():
            below.rename(folder / "next")
        top.rmdir()
        if (folder / "next").exists():
            (folder / "next").rename(top)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_pipes_sockets_links_and_loops_keep_nobody_waiting(tmp_path: Path) -> None:
    write(tmp_path, {"nlu.yml": NLU})
    os.mkfifo(tmp_path / "pipe.yml")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.yml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(tmp_path)  # a socket's path may have about a hundred characters
        try:
            listener.bind("socket.json")
        finally:
            os.chdir(here)
        found = counts(formats.read(tmp_path))
    assert found["pipes, sockets and devices were not read"] == 2
    assert found["symbolic links were not followed"] == 3


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_noted(tmp_path: Path) -> None:
    write(tmp_path, {"nlu.yml": NLU, "secret.yml": BYE, "closed/more.yml": BYE})
    (tmp_path / "secret.yml").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        imported = formats.read(tmp_path)
        assert examples(imported, "files and folders that cannot be opened") == (
            "closed",
            "secret.yml",
        )
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_file_that_is_too_large_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.formats.sources.MOST_BYTES", 1_000)
    imported = formats.read(write(tmp_path, {"nlu.yml": NLU, "dump.json": "[" + " " * 2_000 + "]"}))
    assert patterns(imported) == {"greet": ["hello", "hi"]}
    assert examples(imported, "files larger than") == ("dump.json",)


# ---- archives


def zip_of(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize("as_zip", [True, False])
def test_a_zip_within_is_mentioned(as_zip: bool, tmp_path: Path) -> None:
    inner = zip_of({"more.yml": BYE.encode()})
    files = {"nlu.yml": NLU.encode(), "in/agent.zip": inner}
    source = tmp_path / "outer.zip"
    if as_zip:
        source.write_bytes(zip_of(files))
    else:
        source = tmp_path / "outer"
        (source / "in").mkdir(parents=True)
        for name, data in files.items():
            (source / name).write_bytes(data)
    assert examples(formats.read(source), "archives in it were not opened") == ("in/agent.zip",)


def test_a_zip_of_nothing_but_a_zip_says_so(tmp_path: Path) -> None:
    outer = tmp_path / "outer.zip"
    outer.write_bytes(zip_of({"agent.zip": zip_of({"nlu.yml": NLU.encode()})}))
    with pytest.raises(FormatError, match=r"archives in it were not opened.*agent\.zip"):
        formats.read(outer)


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_zip_is_read_or_refused_with_one_clear_line(seed: int, tmp_path: Path) -> None:
    data = zip_of({"nlu.yml": NLU.encode(), "ünï.yml": BYE.encode(), "a/b.txt": b"c"})
    rng = random.Random(seed)
    path = tmp_path / "agent.zip"
    for _ in range(120):
        damaged = bytearray(data)
        for _ in range(rng.randint(1, 4)):
            damaged[rng.randrange(4, len(data))] = rng.randrange(256)
        path.write_bytes(bytes(damaged[: rng.choice([len(data), rng.randrange(5, len(data))])]))
        try:
            formats.read(path)
        except IntentsError as error:
            assert str(error).count("\n") == 0
        assert formats.foreign_format(path) in (None, "Rasa")
