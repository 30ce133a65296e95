"""What is another kind of file, hostile or broken is named and refused, and costs no time."""

from __future__ import annotations

import io
import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import FormatError, sources
from chatbot.intents.findings import IntentsError

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
INTENTS = '{"intents": [{"tag": "a", "patterns": ["x"], "responses": ["r"]}]}'


def refusal(path: Path, content: bytes | str) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(IntentsError) as caught:
        formats.read(path)
    message = str(caught.value)
    assert message.count("\n") == 0
    assert message.isprintable()
    return message


def archive(*members: tuple[str | zipfile.ZipInfo, bytes | str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return data.getvalue()


# ---- other kinds of files


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ('{"intents": [{"intent": "Order", "slots": [{"name": "n"}]}]}', "Alexa"),
        ('{"intents": [{"name": "Order", "slots": [], "samples": []}]}', "Alexa"),
        ('{"interactionModel": {"languageModel": {"intents": []}}}', "Alexa"),
        ('{"intents": ["GUILDS", "GUILD_MESSAGES"]}', "Discord"),
        ('{"token": "secret", "intents": ["GUILDS"]}', "Discord"),
        ('{"languageModel": {"intents": [{"name": "a"}]}}', "Alexa"),
        ('{"name": "x", "version": "1.0.0", "scripts": {"a": "b"}}', "package.json"),
        ('{"compilerOptions": {}}', "tsconfig"),
        ('{"nbformat": 4, "cells": []}', "Jupyter"),
        ('{"metadata": {}, "resource": {"intents": []}}', "Lex"),
        ('{"type": "object", "$schema": "x", "properties": {}}', "JSON Schema"),
        ('{"a": 1}', "no key “intents”"),
        ("[]", "the file is a list"),
        ("{}", "no key “intents”"),
        (PNG, "a PNG image"),
        (b"\xff\xd8\xff\xe0JFIF", "a JPEG image"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a WebP image"),
        (b"\x1f\x8b\x08\0", "a gzip archive"),
        (b"\x80\x04\x95", "a Python pickle"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        ("<!DOCTYPE html><html>", "a web page"),
        ("", "the file is empty"),
        (" \n\t", "the file is empty"),
        ("Dear bot, how are you? Fine, thanks.\n", "not in a known format"),
        ("# My bot\n\n- fast\n- small\n", "not in a known format"),
        ("services:\n  web:\n    image: x\n", "not in a known format"),
        ("country,capital\nFrance,Paris\nItaly,Rome\nPeru,Lima\n", "not in a known format"),
    ],
)
def test_what_is_no_training_data_is_called_what_it_is(
    content: bytes | str, kind: str, tmp_path: Path
) -> None:
    assert kind in refusal(tmp_path / "intents.json", content)


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml"], "a Word document"),
        (["[Content_Types].xml", "xl/workbook.xml"], "an Excel workbook.*CSV"),
        (["mimetype", "content.xml"], "OpenDocument"),
        (["META-INF/MANIFEST.MF"], "a Java archive"),
        (["readme.txt", "picture.png"], "no training data in a known format"),
        ([], "no training data in a known format"),
    ],
)
def test_a_zip_that_is_something_else_is_refused(
    names: list[str], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "agent.zip"
    path.write_bytes(archive(*((name, "x") for name in names)))
    with pytest.raises(FormatError, match=kind):
        formats.read(path)


def test_a_folder_of_another_kind_is_called_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "bot.json").write_text('{"metadata": {}, "resource": {}}')
    with pytest.raises(FormatError, match="only an Amazon Lex bot"):
        formats.read(tmp_path)


def test_an_empty_folder_says_to_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="name the file in it"):
        formats.read(tmp_path)


def test_a_folder_with_two_bots_asks_which(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(INTENTS.replace("x", name))
    with pytest.raises(FormatError, match=r"2 files .*one\.json, two\.json.*Name the one"):
        formats.read(tmp_path)


@pytest.mark.parametrize(
    ("content", "remedy"),
    [
        ("intents:\n- greet\nactions: []\nresponses:\n  utter_greet:\n  - text: Hi\n", "folder"),
        ('{"rasa_nlu_data": {"common_examples": []}}', "the project's folder"),
        ('{"id": "1", "name": "Hi", "responses": [], "fallbackIntent": false}', "usersays"),
        ("text,intent\n", "Write examples"),
    ],
)
def test_a_format_without_any_example_says_where_they_stand(
    content: str, remedy: str, tmp_path: Path
) -> None:
    message = refusal(tmp_path / "file", content)
    assert "no intent in it has an example" in message
    assert remedy in message


# ---- broken files: the place and what to do


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        ('{"rasa_nlu_data": {\n "a": 1,}}', "2:8", "comma before a closing bracket"),
        ('{"luis_schema_version": "1",\n "utterances": [], "utterances": []}', "2:34", "twice"),
        ('{"intents"  [\n]}', "1:13", "colon is missing"),
        ('{"a": ["x"], "a": ["y"]}', "1:19", "“a” is there twice"),
        ("nlu:\n- intent: a\n  examples: |\n    - x\n bad", "5:2", "broken YAML"),
        ("nlu:\n- intent: a\n  intent: b\n", "3:3", "“intent” is there twice"),
        ("nlu:\n- intent: ''\n  examples: |\n    - x\n", "2:3", "an intent has no name"),
        ("nlu:\n  intent: a\n", "1:1", "“nlu” is not a list"),
        ("nlu:\n- intent: a\n  examples: {b: c}\n", "2:3", "are an object"),
        ("nlu:\n- ? [a]\n  : b\n", "2:5", "a key is a list"),
        ("text,intent\nx,a\ny\n", "3:1", "this row has 1 columns"),
        ('text,intent\nx,a\n"y,a\n', "3:1", "the table is broken"),
        (b"text,intent\nx,a\ncaf\xff,b\n", "3:4", "byte 0xff is not UTF-8"),
        (b"nlu:\n- intent: \0\n", "2:11", "null character"),
        (b"\xff\xfe\x00\xd8n\x00", "1:1", "invalid UTF-16 at byte"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_column(
    content: bytes | str, place: str, message: str, tmp_path: Path
) -> None:
    said = refusal(tmp_path / "data", content)
    assert said.startswith(f"data:{place}: error: ")
    assert message in said


def test_a_broken_file_in_a_folder_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "a.json").write_text('{"name": }')
    with pytest.raises(FormatError) as caught:
        formats.read(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path.name}/intents/a.json:1:10: error: ")


# ---- hostile archives


@pytest.mark.parametrize(
    "name",
    ["../evil.json", "/etc/passwd.json", "a/../../b.json", "..\\evil.json", "C:\\evil.json"],
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "zip" / "agent.zip"
    path.parent.mkdir()
    data = archive(("rasa.json", '{"rasa_nlu_data": {}}'), (name.replace("\\", "/"), INTENTS))
    message = refusal(path, data.replace(name.replace("\\", "/").encode(), name.encode()))
    assert "leads out of it" in message
    assert sorted(tmp_path.rglob("*")) == [path.parent, path]


def test_a_name_that_steers_the_terminal_is_printed_harmlessly(tmp_path: Path) -> None:
    message = refusal(tmp_path / "a.zip", archive(("../\x1b[2J\n.json", "{}")))
    assert "\\x1b[2J\\n" in message


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("nlu.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "a symbolic link" in refusal(tmp_path / "a.zip", archive((link, "/etc/passwd")))


def test_the_same_name_twice_in_an_archive_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = archive(("a.json", INTENTS), ("a.json", "{}"))
    assert "holds a.json twice" in refusal(tmp_path / "a.zip", data)


def test_a_bomb_is_refused_by_what_it_says_of_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_TOTAL_BYTES", 2**20)
    data = archive(*((f"{i}.json", b" " * 2**18) for i in range(5)))
    assert len(data) < 10_000
    assert "larger than 1 MB together" in refusal(tmp_path / "a.zip", data)


def test_a_bomb_that_lies_about_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_BYTES", 2**16)
    data = archive(("a.json", b" " * 2**20))
    said = (2**20).to_bytes(4, "little")
    assert said in data
    message = refusal(tmp_path / "a.zip", data.replace(said, (100).to_bytes(4, "little")))
    assert "damaged" in message or "larger than" in message


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_FILES", 3)
    data = archive(*((f"{i}.json", "{}") for i in range(4)))
    assert "more than 3 files" in refusal(tmp_path / "a.zip", data)
    for i in range(4):
        (tmp_path / f"{i}.json").write_text("{}")
    with pytest.raises(FormatError, match="more than 3 files"):
        formats.read(tmp_path)


@pytest.mark.parametrize("cut", [4, 30, 100])
def test_a_damaged_archive_is_refused(cut: int, tmp_path: Path) -> None:
    data = archive(("a.json", INTENTS), ("b.json", INTENTS))
    assert "damaged" in refusal(tmp_path / "a.zip", data[:cut])


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    data = bytearray(archive(("a.json", INTENTS)))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted" in refusal(tmp_path / "a.zip", bytes(data))


def test_an_unusual_compression_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_BZIP2) as file:
        file.writestr("a.json", INTENTS)
    assert "unusual compression method" in refusal(tmp_path / "a.zip", data.getvalue())


@pytest.mark.skipif(sys.platform == "win32", reason="pipes with a name are POSIX's")
def test_a_pipe_in_a_folder_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "nlu.json")
    (tmp_path / "intents.json").write_text(INTENTS)
    assert formats.read(tmp_path).intents.by_tag("a") is not None
