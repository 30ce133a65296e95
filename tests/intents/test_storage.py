"""Reading and saving an intents file: nothing is lost, and every error has a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.common.atomic import write_atomically
from chatbot.intents.findings import IntentsError, Severity
from chatbot.intents.storage import read_text, save_text
from chatbot.intents.types import Intent
from chatbot.opening import read_intents
from tests.intents.texts import GOOD

# ---- reading


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_text(GOOD, encoding="utf-8")
    file = read_intents(path)
    assert (file.path, file.text, file.warnings) == (path, GOOD, ())
    assert [intent.tag for intent in file.intents.trainable] == ["greeting", "bye"]


def test_an_error_lists_every_error_with_file_line_column_and_remedy(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"intents": [7,\n {"tag": "", "patterns": ["x"], "responses": []}]}')
    with pytest.raises(IntentsError) as caught:
        read_intents(path)
    assert caught.value.path == path
    assert all(finding.severity is Severity.ERROR for finding in caught.value.findings)
    first, second = str(caught.value).splitlines()
    assert first.startswith("mine.json:1:14: error: intent 1 is a number. Write {")
    assert second == "mine.json:2:10: error: the tag is empty. Give the intent a short name"


@pytest.mark.parametrize(
    ("data", "place", "message", "remedy"),
    [
        (b'{"a":\n "\xcf\xf0\xe8"}', (2, 3), "byte 0xcf is not UTF-8", "cp1252"),
        (b'\xef\xbb\xbf{"\xc3\xa9": "\xe9"}', (1, 8), "byte 0xe9 is not UTF-8", "cp1252"),
        (b'{"a":\n "b\0c"}', (2, 4), "null character", "Delete it"),
        ('["ế"]'.encode("utf-16-be"), (1, 6), "byte 0xbf is not UTF-8", "UTF-16"),
        (b"", (1, 1), "empty", "Begin with"),
    ],
)
def test_a_file_that_is_no_utf8_json_says_where_and_what_to_do(
    data: bytes, place: tuple[int, int], message: str, remedy: str, tmp_path: Path
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(data)
    with pytest.raises(IntentsError) as caught:
        read_intents(path)
    (finding,) = caught.value.findings
    assert message in finding.message
    assert remedy in finding.remedy
    assert finding.position == place


def test_utf_16_is_read_but_not_edited(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(GOOD.encode("utf-16"))
    assert read_intents(path).intents.by_tag("bye") == Intent("bye", ("Bye",), ("See you.",))
    with pytest.raises(IntentsError, match=r"byte 0xff is not UTF-8.*UTF-16: save the file"):
        read_text(path)


def test_a_file_larger_than_any_bot_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chatbot.intents.storage.MOST_BYTES", 2**20)
    path = tmp_path / "intents.json"
    path.write_bytes(b" " * (2**20 + 1))
    with pytest.raises(IntentsError, match="larger than 1 MB"):
        read_intents(path)


def test_a_missing_file_is_named_with_its_folder(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="No such file") as caught:
        read_intents(tmp_path / "no.json")
    assert str(tmp_path / "no.json") in str(caught.value)


def test_a_folder_is_no_intents_file(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="name the file in it"):
        read_intents(tmp_path)


def test_a_path_with_a_null_character_is_an_intents_error(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="null"):
        read_intents(tmp_path / "a\0b")


def test_a_file_one_may_not_read_is_an_intents_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(IntentsError, match="Permission denied"):
        read_intents(tmp_path / "intents.json")


# ---- saving


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_byte_order_mark_and_line_ends_outlive_an_edit(
    bom: bytes, newline: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "intents.json"
    old = bom + GOOD.encode().replace(b"\n", newline)
    path.write_bytes(old)
    assert read_text(path) == GOOD
    save_text(path, read_text(path))
    assert path.read_bytes() == old
    save_text(path, GOOD.replace("Hello", "Xin chào"))
    assert path.read_bytes() == old.replace(b"Hello", "Xin chào".encode())


def test_one_stray_line_end_does_not_turn_all_others(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(GOOD.encode().replace(b"\n", b"\r\n", 1))
    save_text(path, GOOD)
    assert path.read_bytes() == GOOD.encode()


def test_broken_text_is_saved_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "new" / "intents.json"
    save_text(path, '{"intents": [')
    assert path.read_bytes() == b'{"intents": ['


def test_half_a_character_is_refused_with_its_place_and_the_old_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"\xef\xbb\xbfold\r\n")
    with pytest.raises(IntentsError, match=r"intents\.json:2:2: error: character U\+D800"):
        save_text(path, "a\nb\ud800")
    assert path.read_bytes() == b"\xef\xbb\xbfold\r\n"


def test_a_full_disk_is_an_intents_error_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "intents.json"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write_atomically.__globals__["os"], "fsync", full)
    with pytest.raises(IntentsError, match="No space left"):
        save_text(path, "new")
    assert path.read_bytes() == b"old"
