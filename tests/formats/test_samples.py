"""A hand-made sample of every format: what it brings, and every note of what it could not."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
import yaml

from chatbot import formats
from chatbot.intents.findings import IntentsError
from chatbot.opening import read_intents
from tests.formats.expected import EXPECTED, SAMPLES
from tests.formats.reading import content, counts


def zipped(folder: Path, target: Path, within: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, within + file.relative_to(folder).as_posix())
    return target


def test_every_sample_is_expected() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in SAMPLES.iterdir())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_brings_its_intents_and_says_what_it_left_out(name: str) -> None:
    imported = formats.read(SAMPLES / name)
    assert (imported.format, content(imported), counts(imported)) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_opens_directly_with_the_same_intents_and_notes(name: str) -> None:
    opened = read_intents(SAMPLES / name)
    imported = formats.read(SAMPLES / name)
    assert opened.intents == imported.intents
    if opened.imported_from:  # else it is a file of our own, which loses nothing
        assert opened.notes == tuple(map(str, imported.notes))


@pytest.mark.parametrize("name", [n for n in EXPECTED if (SAMPLES / n).is_file()])
def test_neither_the_name_nor_the_ending_of_a_file_matters(name: str, tmp_path: Path) -> None:
    for misleading in ("intents.json", "table.csv", "nlu.yml", "no ending"):
        copy = tmp_path / misleading
        shutil.copy(SAMPLES / name, copy)
        imported = formats.read(copy)
        assert (imported.format, content(imported), counts(imported)) == EXPECTED[name]


@pytest.mark.parametrize("name", [n for n in EXPECTED if (SAMPLES / n).is_dir()])
@pytest.mark.parametrize("within", ["", "export/"])
def test_a_zip_archive_is_read_like_the_folder_in_it(
    name: str, within: str, tmp_path: Path
) -> None:
    archive = zipped(SAMPLES / name, tmp_path / "export.bin", within)
    imported = formats.read(archive)
    assert (imported.format, content(imported), counts(imported)) == EXPECTED[name]


@pytest.mark.parametrize("name", [n for n in EXPECTED if (SAMPLES / n).is_file()])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(name: str, encoding: str, tmp_path: Path) -> None:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    copy = tmp_path / name
    copy.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    imported = formats.read(copy)
    assert (imported.format, content(imported)) == EXPECTED[name][:2]


@pytest.mark.parametrize(
    ("name", "language", "tag", "patterns", "replies"),
    [
        ("dialogflow", "de", "Book a table", ("einen Tisch bitte",), ("Gebucht.",)),
        ("botpress", "fr", "hello", ("bonjour",), ()),
        ("nlpjs", "es-MX", "agent.age", ("qué edad tienes",), ("Soy joven",)),
        ("nlpjs", "en", "agent.age", ("how old are you", "your age"), None),
        ("padatious", "de", "stop", ("halt",), ()),
        ("j-tiledesk.json", "it", "hello", ("ciao",), ("Ciao!",)),
    ],
)
def test_another_language_is_read_when_asked_for(
    name: str, language: str, tag: str, patterns: tuple[str, ...], replies: tuple[str, ...] | None
) -> None:
    intent = formats.read(SAMPLES / name, language).intents.by_tag(tag)
    assert intent is not None
    assert intent.patterns == patterns
    assert replies is None or intent.responses == replies


@pytest.mark.parametrize("name", [n for n in EXPECTED if "rasa" in n or "yaml" in n])
def test_yaml_is_read_the_same_where_pyyaml_has_no_c_library(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(yaml, "CBaseLoader", raising=False)
    imported = formats.read(SAMPLES / name)
    assert (imported.format, content(imported), counts(imported)) == EXPECTED[name]


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(formats.FormatError, match=r"language vi\. It has: de, en"):
        formats.read(SAMPLES / "dialogflow", "vi")


def test_a_language_asked_of_a_format_without_any_is_noted() -> None:
    imported = formats.read(SAMPLES / "table.csv", "en")
    assert "--language had no effect: the file names no language" in counts(imported)


def test_intents_of_the_same_name_become_one(tmp_path: Path) -> None:
    file = tmp_path / "twice.json"
    file.write_text(
        '[{"intent": "a", "phrases": ["x"]}, {"intent": " a ", "phrases": "y", "answer": "z"}]'
    )
    assert content(formats.read(file)) == {"a": (["x", "y"], ["z"])}


def test_our_own_shape_with_an_error_is_not_read_leniently(tmp_path: Path) -> None:
    file = tmp_path / "intents.json"
    file.write_text('{"intents": [{"tag": "a", "patterns": ["x"]}, {"tag": "", "patterns": []}]}')
    with pytest.raises(IntentsError, match="the tag is empty"):
        formats.read(file)


def test_a_foreign_file_with_a_value_that_is_no_text_gets_the_errors_of_the_check(
    tmp_path: Path,
) -> None:
    file = tmp_path / "intents.json"
    file.write_text('{"intents": [{"intent": "a", "patterns": [true]}]}')
    with pytest.raises(IntentsError, match="item 1 of “patterns” is true or false"):
        formats.read(file)


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text((SAMPLES / "rasa.json").read_text(encoding="utf-8"))
    folder = tmp_path / "bot"
    shutil.copytree(SAMPLES / "rasa-markdown", folder)
    (folder / "more.json").symlink_to(secret)
    (folder / "all").symlink_to(tmp_path, target_is_directory=True)
    imported = formats.read(folder)
    assert content(imported) == EXPECTED["rasa-markdown"][1]
    assert counts(imported)["symbolic links were not followed"] == 2


def test_out_of_scope_examples_are_carried_over_whatever_the_format() -> None:
    found = {
        path.name: formats.read(path).intents.out_of_scope
        for path in sorted(SAMPLES.iterdir())
        if path.name in EXPECTED
    }
    assert {name: texts for name, texts in found.items() if texts} == {
        "bot-framework": ("what is the weather",),
        "dialogflow": ("order a pizza",),
        "luis.json": ("i like cheese",),
        "nlpjs": ("i had an apple",),
        "pairs.json": ("who are you even",),
        "watson.json": ("tell me a joke",),
    }
