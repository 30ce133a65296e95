"""Conversations are kept as they were, listed, renamed, corrected, and deleted for good."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from chatbot.archive import Archive, ArchiveError, Correction, schema
from chatbot.archive import rows as archive_rows
from chatbot.conversation import NOTHING, Asks, Remembered
from chatbot.intents import Context
from tests.archive.conftest import BOT, said

UGLY = {
    "empty": "",
    "control characters": "a\x1b[31mred\x07\r\n\tb\x85",
    "a lone surrogate": "half \ud83d of a smile \udc80",
    "NUL": "before\x00after",
    "a megabyte": "wörd " * 180_000,
    "quotes": "'; DROP TABLE turns; -- \" \\ ''",
    "FTS operators": 'NEAR("a" b, 5) AND OR NOT * ^ {message_words} : x - +',
    "markup": "<script>alert(1)</script> **[x](http://y)** [bold]x[/bold]",
    "right to left": "\u202eשלום \u200fمرحبا\u202c",
    "white space": " \n\t\u2028\u3000 ",
    "beyond the first plane": "👩‍👩‍👧 𝒽 天気",
}


@pytest.mark.parametrize("message", UGLY.values(), ids=UGLY.keys())
def test_whatever_was_typed_comes_back_as_it_was_and_has_a_printable_title(
    archive: Archive, message: str
) -> None:
    turn = replace(said(message, reply=message), intent=message[:50])
    place = archive.append(None, BOT, turn)
    archive.close()
    assert [kept.said for kept in archive.turns(place.conversation)] == [turn]
    (listed,) = archive.conversations()
    assert 0 < len(listed.title) <= archive_rows.TITLE_CHARACTERS
    # The joiner holds an emoji together; Python does not count it as printable.
    assert listed.title.replace("\u200d", "").isprintable() and listed.title == listed.title.strip()


def test_opening_and_looking_begins_no_conversation(archive: Archive) -> None:
    assert archive.open() == ()
    assert archive.conversations() == () and archive.search("a") == ()


def test_a_conversation_begins_with_its_first_turn_and_is_titled_by_it(archive: Archive) -> None:
    first = archive.append(None, BOT, said("Hello\n there"))
    second = archive.append(first.conversation, BOT, said("And the weather?"))
    assert second.conversation == first.conversation
    (listed,) = archive.conversations()
    assert (listed.title, listed.bot, listed.turns) == ("Hello there", BOT, 2)
    assert (listed.changed - listed.started).total_seconds() == 60


def test_a_bot_in_a_folder_whose_name_is_no_text_is_named_all_the_same(archive: Archive) -> None:
    bot = Path("/bots/\udcff/intents.json")
    archive.append(None, bot, said("hello"))
    assert archive.conversations()[0].bot == bot


def test_the_list_has_the_conversation_that_changed_last_first_page_by_page(
    archive: Archive,
) -> None:
    ids = [archive.append(None, BOT, said(f"number {i}")).conversation for i in range(7)]
    archive.append(ids[0], BOT, said("again"))
    expected = [ids[0], *reversed(ids[1:])]
    listed, last = [], None
    while page := archive.conversations(limit=3, after=last):
        listed += [one.id for one in page]
        last = page[-1]
    assert listed == expected


def test_a_long_conversation_opens_at_its_end_and_is_read_backwards_and_on(
    archive: Archive,
) -> None:
    place = archive.append(None, BOT, said("0"))
    for i in range(1, 10):
        archive.append(place.conversation, BOT, said(str(i)))
    newest = archive.turns(place.conversation, 4)
    assert [turn.said.message for turn in newest] == ["6", "7", "8", "9"]
    older = archive.turns(place.conversation, 4, before=newest[0].id)
    assert [turn.said.message for turn in older] == ["2", "3", "4", "5"]
    on = archive.turns(place.conversation, 2, after=older[-1].id)
    assert [turn.said.message for turn in on] == ["6", "7"]


@pytest.mark.parametrize("right", [Correction("weather"), Correction(None), Correction("\ud83d")])
def test_a_correction_is_kept_and_can_be_taken_back(archive: Archive, right: Correction) -> None:
    place = archive.append(None, BOT, said("rain?"))
    archive.correct(place.turn, right)
    assert archive.turns(place.conversation)[0].corrected == right
    archive.correct(place.turn, None)
    assert archive.turns(place.conversation)[0].corrected is None


def test_a_conversation_can_be_renamed(archive: Archive) -> None:
    place = archive.append(None, BOT, said("hello"))
    archive.rename(place.conversation, " Plans\x1b[31m\n for May ")
    assert archive.conversations()[0].title == "Plans for May"
    archive.append(place.conversation, BOT, said("more"))
    assert archive.conversations()[0].title == "Plans for May"


def test_what_was_deleted_meanwhile_cannot_be_changed_and_one_is_told(archive: Archive) -> None:
    place = archive.append(None, BOT, said("hello"))
    archive.delete([place.conversation])
    with pytest.raises(ArchiveError, match="deleted in another window"):
        archive.rename(place.conversation, "x")
    with pytest.raises(ArchiveError, match="deleted in another window"):
        archive.correct(place.turn, Correction(None))
    assert archive.turns(place.conversation) == ()
    archive.delete([place.conversation])


def test_going_on_in_a_conversation_that_was_deleted_begins_a_new_one(archive: Archive) -> None:
    gone = archive.append(None, BOT, said("hello")).conversation
    archive.delete([gone])
    place = archive.append(gone, BOT, said("still there?"))
    assert place.conversation != gone
    assert [one.title for one in archive.conversations()] == ["still there?"]


@pytest.mark.parametrize("everything", [False, True])
def test_what_is_deleted_is_in_none_of_the_files_any_more(
    archive: Archive, file: Path, everything: bool
) -> None:
    other = archive.append(None, BOT, said("ordinary words")).conversation
    secret = archive.append(None, BOT, said("zxqsecretword", "yvkanswer")).conversation
    for i in range(300):
        archive.append(secret, BOT, said(f"zxqsecretword {i}", f"yvkanswer {i}"))
        archive.append(other, BOT, said(f"ordinary {i}"))
    if everything:
        archive.delete_all()
        assert archive.conversations() == ()
    else:
        archive.delete([secret])
        assert [one.id for one in archive.conversations()] == [other]
        assert len(archive.search("ordinary", limit=1000)) == 301
    assert archive.search("zxqsecretword") == ()
    found = b"".join(path.read_bytes() for path in file.parent.iterdir())
    # FTS5 shortens words to what differs from the one before.
    for piece in (b"xqsecret", b"secretword", b"vkanswer"):
        assert piece not in found
    archive.append(None, BOT, said("and on it goes"))
    assert len(archive.search("goes")) == 1


def test_importing_the_archive_does_not_load_sqlite() -> None:
    code = (
        "import sys; from chatbot.archive import Archive, export, ArchiveError; Archive();"
        "sys.exit(any(m in sys.modules for m in ('sqlite3', 'textual', 'torch', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_what_is_remembered_is_kept_with_the_conversation_and_replaced(archive: Archive) -> None:
    remembered = Remembered(
        (Context("ordering", 3),), {"city": "Huế\ud800"}, "order", Asks("order", "size")
    )
    place = archive.append(None, BOT, said("hello"), remembered)
    other = archive.append(None, BOT, said("hello"))
    assert archive.remembered(place.conversation) == remembered
    assert archive.remembered(other.conversation) == NOTHING == archive.remembered(7)
    archive.append(place.conversation, BOT, said("bye"), Remembered(slots={"city": "Hue"}))
    assert archive.remembered(place.conversation) == Remembered(slots={"city": "Hue"})
    archive.remember(place.conversation, NOTHING)
    assert archive.remembered(place.conversation) == NOTHING


@pytest.mark.parametrize("text", ["", "[", "[]", "{}", '{"contexts": 1}', "[" * 100_000])
def test_what_another_program_wrote_there_is_nothing_to_remember(
    archive: Archive, file: Path, text: str
) -> None:
    place = archive.append(None, BOT, said("hello"), Remembered(slots={"a": "b"}))
    archive.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("UPDATE conversations SET remembered = ?", (text,))
    assert archive.remembered(place.conversation) == NOTHING


def test_a_file_of_an_earlier_version_remembers_nothing_and_keeps_what_was_said(
    archive: Archive, file: Path
) -> None:
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as old:
        for statement in schema.MIGRATIONS[0]:
            old.execute(statement)
        old.execute("INSERT INTO conversations VALUES (1, 'old', '/b.json', 0, 0, 0)")
        old.execute("PRAGMA user_version = 1")
    assert [each.title for each in archive.conversations()] == ["old"]
    assert archive.remembered(1) == NOTHING
