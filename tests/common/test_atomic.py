"""Atomic writes: nothing is ever half written, and what the file was stays what it is."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from chatbot.common import atomic, jsonlines
from chatbot.common.atomic import write_atomically

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="permission bits are POSIX's")


def test_a_new_file_is_written_and_its_folders_made(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "intents.json"
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_ctrl_c_half_way_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"old")

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_the_data_is_on_disk_before_the_name_points_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        steps.append("fsync")
        fsync(descriptor)

    def noted_replace(source: Path, target: Path) -> None:
        steps.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write_atomically(tmp_path / "intents.json", b"new")
    assert steps == ["fsync", "replace"]


@needs_posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_an_existing_file_keeps_its_permission_bits(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_atomically(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == b"new"


@needs_posix
def test_a_new_file_can_be_read_by_others_as_the_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write_atomically(tmp_path / "intents.json", b"new")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "intents.json").stat().st_mode) == 0o644


@needs_posix
def test_a_symbolic_link_stays_one_and_its_target_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "real" / "intents.json", tmp_path / "intents.json"
    target.parent.mkdir()
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert list(target.parent.iterdir()) == [target]


@needs_posix
def test_a_link_to_nothing_yet_makes_its_target(tmp_path: Path) -> None:
    link = tmp_path / "intents.json"
    link.symlink_to(tmp_path / "not" / "yet.json")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "not" / "yet.json").read_bytes() == b"new"


@needs_posix
def test_links_in_a_circle_are_an_os_error_and_stay(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(OSError, match="symbolic links"):
        write_atomically(one, b"new")
    assert one.is_symlink()
    assert two.is_symlink()


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "intents.json"
    folder.mkdir()
    with pytest.raises(OSError):
        write_atomically(folder, b"new")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_name_as_long_as_file_systems_allow_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 255)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


@needs_posix
def test_a_read_only_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="read-only"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@needs_posix
@pytest.mark.parametrize("before", [None, 0o644])
def test_nobody_else_reads_a_private_file_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: int | None
) -> None:
    path = tmp_path / "made" / "history.jsonl"
    if before is not None:
        path.parent.mkdir()
        path.write_bytes(b"old")
        path.chmod(before)
    seen = []
    fsync = os.fsync

    def look(descriptor: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    old = os.umask(0)
    try:
        jsonlines.save(path, ["mine"])
    finally:
        os.umask(old)
    assert seen == [0o600]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_what_a_killed_process_left_is_swept_and_what_is_being_written_stays(
    tmp_path: Path,
) -> None:
    left = tmp_path / ".chatbot-0123456789abcdef.tmp"
    left.write_bytes(b"half")
    theirs = tmp_path / ".notes.tmp"
    theirs.write_bytes(b"of another program")
    with atomic._temporary(tmp_path / "intents.json", 0o600) as (temporary, _):
        atomic.sweep(tmp_path)
        assert sorted(tmp_path.iterdir()) == sorted([temporary, theirs])
    assert list(tmp_path.iterdir()) == [theirs]


def test_a_write_sweeps_what_was_left_beside_its_file(tmp_path: Path) -> None:
    (tmp_path / ".chatbot-0123456789abcdef.tmp").write_bytes(b"half")
    write_atomically(tmp_path / "intents.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["intents.json"]
