"""The file is the owner's alone, shared by windows, and no damage takes a conversation away."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from chatbot.archive import Archive, ArchiveError, schema
from chatbot.archive import database as archive_database
from tests.archive.conftest import BOT, said

WRITER = """
import sys
from pathlib import Path
from chatbot.archive import Archive, TurnToKeep
with Archive(Path(sys.argv[1])) as archive:
    kept = None
    for i in range(40):
        turn = TurnToKeep(f"{sys.argv[2]} {i}", "ok", "a", 0.5, True)
        kept = archive.append(kept, Path("bot"), turn).conversation
"""


def test_windows_that_open_a_new_file_and_write_at_once_lose_nothing(
    file: Path, archive: Archive
) -> None:
    names = ("one", "two", "three")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(file), name]) for name in names]
    assert [writer.wait(300) for writer in writers] == [0] * len(names)
    assert [one.turns for one in archive.conversations()] == [40] * len(names)
    for name in names:
        assert len(archive.search(name, limit=100)) == 40


def test_any_thread_may_use_the_archive(archive: Archive) -> None:
    def write() -> None:
        for i in range(20):
            archive.append(None, BOT, said(f"thread {i}"))
            archive.search("thread")

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(archive.conversations(limit=100)) == 80


@pytest.mark.skipif(os.name == "nt", reason="permission bits are POSIX's")
def test_nobody_else_may_read_the_file_or_its_log(archive: Archive, file: Path) -> None:
    file.parent.mkdir()
    file.touch(0o644)
    archive.append(None, BOT, said("private"))
    kept = sorted(file.parent.glob("*.sqlite3*"))
    assert [path.name for path in kept] == [f"{file.name}{end}" for end in ("", "-shm", "-wal")]
    assert [path.stat().st_mode & 0o777 for path in kept] == [0o600] * 3


def test_a_file_of_a_newer_program_is_refused_and_stays_as_it_is(
    archive: Archive, file: Path
) -> None:
    archive.append(None, BOT, said("hello"))
    with sqlite3.connect(file) as other:
        other.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    other.close()
    with pytest.raises(ArchiveError, match=r"conversations\.sqlite3: a newer version.*Update"):
        archive.append(None, BOT, said("while it is open"))
    archive.close()
    before = file.read_bytes()
    with pytest.raises(ArchiveError, match=r"conversations\.sqlite3: a newer version.*rename"):
        archive.open()
    assert file.read_bytes() == before


def test_a_step_to_newer_tables_that_fails_leaves_the_old_ones(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.append(None, BOT, said("hello"))
    archive.close()
    with monkeypatch.context() as patch:
        broken = ("ALTER TABLE turns ADD COLUMN mood TEXT", "not SQL")
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
        patch.setattr(schema, "VERSION", schema.VERSION + 1)
        with pytest.raises(ArchiveError):
            archive.open()
    assert archive.search("hello")[0].turn.said.message == "hello"
    with sqlite3.connect(archive.path) as other:
        assert "mood" not in str(other.execute("SELECT sql FROM sqlite_master").fetchall())
    other.close()


@pytest.mark.parametrize("junk", [b"no database at all" * 100, None])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(
    archive: Archive, file: Path, junk: bytes | None
) -> None:
    for i in range(200):
        archive.append(None, BOT, said(f"hello {i}"))
    archive.close()
    if junk is None:  # the beginning is whole, the pages of the tables are not
        whole = file.read_bytes()
        junk = whole[:4096] + b"\x5a" * (len(whole) - 4096)
    file.write_bytes(junk)
    (note,) = archive.open()
    (aside,) = file.parent.glob("*.damaged-*.sqlite3")
    assert aside.name in note and str(file) in note
    assert aside.read_bytes() == junk
    archive.append(None, BOT, said("on it goes"))
    assert len(archive.conversations()) == 1


def test_damage_that_shows_while_the_file_is_open_is_told_and_the_next_turn_is_kept(
    archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.append(None, BOT, said("hello"))

    def damaged(*_: object, **__: object) -> None:
        raise archive_database.DamagedError

    with monkeypatch.context() as patch:
        patch.setattr("chatbot.archive.asking.conversations", damaged)
        with pytest.raises(ArchiveError, match=r"damaged.*kept as .*damaged-"):
            archive.conversations()
    archive.append(None, BOT, said("on it goes"))
    assert [one.title for one in archive.conversations()] == ["on it goes"]
    (aside,) = file.parent.glob("*.damaged-*.sqlite3")
    with Archive(aside) as old:
        assert [one.title for one in old.conversations()] == ["hello"]


def test_a_damaged_search_index_is_made_anew_from_the_turns(archive: Archive, file: Path) -> None:
    for i in range(50):
        archive.append(None, BOT, said(f"hello {i}"))
    archive.close()
    with sqlite3.connect(file) as other:
        other.execute("UPDATE turn_words_data SET block = X'5a5a5a5a5a5a5a5a5a'")
    other.close()
    with pytest.raises(ArchiveError, match="search index was damaged"):
        archive.search("hello")
    assert len(archive.search("hello")) == 50


def test_a_file_that_was_deleted_under_the_program_is_begun_anew(
    archive: Archive, file: Path
) -> None:
    archive.append(None, BOT, said("hello"))
    for path in file.parent.glob("*.sqlite3*"):
        path.unlink()
    archive.append(None, BOT, said("again"))
    assert [one.title for one in archive.conversations()] == ["again"]


def test_a_folder_that_cannot_be_made_is_named_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(ArchiveError, match=r"a file.*Check that the folder"):
        Archive(tmp_path / "a file" / "x.sqlite3").open()


def test_a_window_that_writes_for_too_long_is_told_of(
    archive: Archive, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_database, "BUSY_SECONDS", 0.05)
    archive.open()
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ArchiveError, match="another window is busy"):
        archive.append(None, BOT, said("hello"))
    other.execute("ROLLBACK")
    other.close()
    archive.append(None, BOT, said("hello"))
