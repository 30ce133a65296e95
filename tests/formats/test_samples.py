"""A hand-made sample of every format: what it brings, and every note of what it could not."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
import yaml

from chatbot import formats
from chatbot.formats import Imported
from chatbot.intents.findings import IntentsError
from chatbot.opening import read_intents
from tests.formats.expected_projects import PROJECTS, Expected
from tests.formats.expected_questions import QUESTIONS

SAMPLES = Path(__file__).parent / "samples"

EXPECTED: dict[str, Expected] = {
    **PROJECTS,
    **QUESTIONS,
    "a-classic.json": (
        "intents.json",
        {
            "greeting": (["Hi", "Hello"], ["Hello!", "Hi there"]),
            "goodbye": (["Bye"], ["See you"]),
            "noanswer": ([], ["Sorry?"]),
        },
        {},
    ),
    "b-context-set.json": (
        "intents.json",
        {
            "rental": (["Can I rent a moped?", "rent a bike"], ["For today?"]),
            "today": (["today"], ["Same-day rentals: call us."]),
            "hours": (["When are you open?"], ["9 to 5"]),
        },
        {},
    ),
    "botpress": (
        "Botpress",
        {
            "book": (["a flight to Paris", "book a flight"], []),
            "hello": (["hello"], []),
            "hours": (["when do you open"], ["At nine"]),
        },
        {
            "files were read": 4,
            "texts in another language (fr) were left out": 2,
            "contexts were left out": 1,
            "intents that are switched off were left out": 1,
        },
    ),
    "c-context-list.json": (
        "intents.json",
        {
            "greeting": (["Hi"], ["Hello!"]),
            "search": (["find a clinic"], ["Which one?"]),
        },
        {},
    ),
    "clinc.json": (
        "CLINC-style JSON",
        {
            "balance": (["what is my balance", "how much do i have"], []),
            "transfer": (["transfer ten dollars"], []),
        },
        {
            "the part “oos_train” was left out: only train is read": 1,
            "the part “val” was left out: only train is read": 1,
            "the part “test” was left out: only train is read": 1,
        },
    ),
    "clu.json": (
        "LUIS",
        {
            "Read": (["read the mail from Ann"], []),
            "Send": (["send it"], []),
        },
        {},
    ),
    "d-intent-text.json": (
        "intents.json",
        {
            "Greeting": (["Hi", "Hi there"], ["Hi, my name is X, yours?"]),
            "GreetingResponse": (["My user is Adam", "This is Bella"], ["Great! Hi {user}!"]),
        },
        {
            "contexts were left out": 2,
            "the key “entityType” was left out": 2,
            "the key “extension” was left out": 1,
            "entity annotations became plain text": 2,
        },
    ),
    "deeppavlov.json": (
        "DeepPavlov",
        {
            "hello": (["hi there", "hi", "hello there", "hello", "good morning"], []),
            "exit": (["bye", "see you later", "see you soon"], []),
        },
        {
            "regular expressions were left out": 1,
        },
    ),
    "dialogflow": (
        "Dialogflow ES",
        {
            "Book a table": (
                ["a table for tomorrow please", "table on date"],
                ["Booked for {date}.", "Done!"],
            ),
            "Hello": (["hello", "hi"], ["Hi!"]),
            "fallback": ([], ["Say that again?"]),
        },
        {
            "files were read": 10,
            "texts in another language (de) were left out": 1,
            "placeholders in patterns became their names": 1,
            "patterns that are only a placeholder were left out": 1,
            "contexts that no answer makes active were left out": 1,
            "actions were left out": 1,
            "replies in another language were left out": 1,
            "cards, buttons and the like in replies were left out": 1,
            "events were left out": 1,
            "webhook calls were left out": 1,
            "other files were not read: they are not Dialogflow ES": 1,
        },
    ),
    "e-placeholders.json": (
        "intents.json",
        {
            "time": (["what time is it"], ["It is {time}, {string}."]),
            "search": (["look up {string}", "{string}"], []),
            "silence": ([], []),
        },
        {
            "patterns that are only a placeholder stay as they are": 1,
        },
    ),
    "examples.json": (
        "CLINC-style JSON",
        {
            "balance": (["what is my balance"], []),
            "transfer": (["send money"], []),
        },
        {},
    ),
    "f-rich-replies.json": (
        "intents.json",
        {
            "menu": (["show the menu", "what can I eat"], ["Here it is.", "Enjoy!"]),
            "bye": (["bye bye"], ["See you"]),
        },
        {
            "buttons and the like in replies were left out": 1,
            "the key “followUpQuestions” was left out": 1,
        },
    ),
    "g-root-list.json": (
        "intents.json",
        {
            "hello": (["hi", "hey"], ["Hello you"]),
            "bye": (["bye"], ["So long"]),
            "Opening hours": (["when do you open"], ["At nine"]),
        },
        {
            "the key “id” was left out": 1,
            "the key “description” was left out": 1,
        },
    ),
    "i-training-data.json": (
        "intents.json",
        {
            "cancel": (["cancel", "stop the order"], ["Ok.\nCancelled, {{ name }}."]),
            "greet": (["hello"], ["Hi"]),
            "fallback": ([], ["I'm not sure"]),
        },
        {
            "entity annotations became plain text": 1,
            "the key “_id” was left out": 3,
            "the key “name” was left out": 3,
            "the key “userDefined” was left out": 2,
            "placeholders in replies stay as written: {{ name }}": 1,
        },
    ),
    "j-tiledesk.json": (
        "intents.json",
        {
            "hello": (["hello", "hi there"], ["Hi {user}!"]),
            "agent": (["human please"], ["One moment ${agentName}"]),
            "fallback": ([], ["No idea"]),
        },
        {
            "texts in another language (it) were left out": 1,
            "intents that are switched off were left out": 1,
            "the key “name” at the top of the file was left out": 1,
            "placeholders in replies stay as written: ${agentName}": 1,
        },
    ),
    "luis.json": (
        "LUIS",
        {
            "Book": (
                [
                    "book a flight to cairo",
                    "fly to where please",
                    "fly to where",
                    "fly towards where please",
                    "fly towards where",
                ],
                [],
            ),
            "Weather": (["will it rain"], []),
        },
        {
            "roles and groups of entities were left out": 1,
            "placeholders in patterns were filled with a value or their name": 4,
            "patterns that are only a placeholder were left out": 1,
            "entities were left out": 1,
        },
    ),
    "nested-by-name.json": (
        "intents.json",
        {
            "hello": (["hi", "hey"], ["Hello"]),
            "bye": (["bye"], ["See you"]),
        },
        {},
    ),
    "nlpjs": (
        "nlp.js",
        {
            "agent.age": (["how old are you", "your age"], ["I'm young", "Old, {{ user }}"]),
            "saw": (["I saw spiderman today"], []),
            "fallback": ([], ["Pardon?"]),
        },
        {
            "files were read": 2,
            "texts in another language (es) were left out": 1,
            "contexts were left out": 1,
            "conditional replies are now always given": 1,
            "slot filling was left out": 1,
            "patterns that are only a placeholder were left out": 1,
            "placeholders in replies stay as written: {{ user }}": 1,
        },
    ),
    "padatious": (
        "Padatious",
        {
            "play": (
                [
                    "play yesterday please",
                    "play imagine",
                    "put on yesterday please",
                    "put on imagine",
                    "play something",
                ],
                [],
            ),
            "stop": (["stop", "be quiet"], ["Stopping {song}", "Ending {song}", "Ok"]),
        },
        {
            "files were read": 6,
            "texts in another language (de-de) were left out": 1,
            "placeholders in patterns were filled with a value or their name": 4,
            "patterns that are only a placeholder were left out": 1,
            "templates that cannot be read were left out: ( is not closed": 1,
            "dialogs without an intent were left out": 1,
        },
    ),
    "pairs.json": (
        "CLINC-style JSON",
        {
            "balance": (["what is my balance"], []),
            "transfer": (["transfer ten dollars"], []),
        },
        {},
    ),
    "rasa-markdown": (
        "Rasa",
        {
            "greet": (["xin chào", "hello Anna"], ["Chào bạn"]),
            "bye": (["tạm biệt"], ["Bye!"]),
        },
        {
            "files were read": 3,
            "regular expressions were left out": 1,
            "stories were left out": 1,
        },
    ),
    "rasa-project": (
        "Rasa",
        {
            "greet": (["hi", "good morning"], ["Hello"]),
            "faq/hours": (["when do you open"], ["At nine"]),
            "book": (["book a table"], ["How many?"]),
            "affirm": (["yes"], []),
            "fallback": ([], ["Please say it otherwise"]),
        },
        {
            "files were read": 3,
            "stories were left out": 2,
            "rules were left out": 1,
            "slots were left out": 1,
            "intents got no replies: which one depends on the story": 1,
            "replies that do not belong to a single intent were left out": 2,
            "other files were not read: they are not Rasa": 1,
        },
    ),
    "rasa.json": (
        "Rasa",
        {
            "greet": (["hey"], []),
            "book": (["a [big](table) in Paris"], []),
        },
        {
            "examples without an intent were left out": 1,
            "regular expressions were left out": 1,
        },
    ),
    "rasa.yml": (
        "Rasa",
        {
            "greet": (["hey", "hello there", "yes: no # maybe"], ["Hello {name}!", "Hi."]),
            "book": (["a table in Paris", "from Rome to Ulm"], []),
            "yes": (["yes", "2024-01-01"], []),
            "fallback": ([], ["Sorry?"]),
        },
        {
            "metadata of examples was left out": 1,
            "lines without a dash among examples were left out": 1,
            "regular expressions were left out": 1,
            "lookup tables were left out": 1,
            "roles and groups of entities were left out": 1,
            "buttons, images and the like in replies were left out": 1,
            "conditional replies are now always given": 1,
            "replies that do not belong to a single intent were left out": 1,
            "placeholders in replies stay as written: {name}": 1,
        },
    ),
    "semicolons.csv": (
        "CSV/TSV",
        {
            "hello": (["hi", "hey"], ["Hello!"]),
            "bye": (["bye"], ["See you"]),
        },
        {},
    ),
    "snips.json": (
        "Snips NLU",
        {
            "lightOn": (["light up the living room", "lights on"], []),
            "lightOff": (["lights off"], []),
        },
        {},
    ),
    "snips.yaml": (
        "Snips NLU",
        {
            "lightOn": (["light up the living room", "lights on in bedroom"], []),
            "lightOff": (["turn it off", "off"], []),
        },
        {
            "placeholders in patterns were filled with a value or their name": 1,
            "patterns that are only a placeholder were left out": 1,
        },
    ),
    "table.csv": (
        "CSV/TSV",
        {
            "greet": (["hi, you", 'say "hi"'], []),
            "bye": (["bye"], []),
        },
        {
            "the column “split” was left out": 5,
            "texts without an intent were left out": 1,
        },
    ),
    "table.tsv": (
        "CSV/TSV",
        {
            "atis_flight": (["i want to fly to boston", '"boston" flights'], []),
            "atis_airfare": (["how much is it", "cheapest fare"], []),
        },
        {},
    ),
    "wit": (
        "Wit.ai",
        {
            "weather": (["weather in Paris", "is it cold"], []),
            "greet": (["hello"], []),
        },
        {
            "files were read": 2,
            "traits were left out": 1,
            "examples without an intent were left out": 1,
            "other files were not read: they are not Wit.ai": 1,
        },
    ),
    "wit-old.json": (
        "Wit.ai",
        {
            "weather": (["what is the weather in Paris"], []),
            "greet": (["hello"], []),
        },
        {
            "examples without an intent were left out": 1,
        },
    ),
}
"""The format, each intent's patterns and replies in their order, and the notes."""


def content(imported: Imported) -> dict[str, tuple[list[str], list[str]]]:
    return {i.tag: (list(i.patterns), list(i.responses)) for i in imported.intents.intents}


def notes(imported: Imported) -> dict[str, int]:
    return {note.what: note.count for note in imported.notes}


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
    assert (imported.format, content(imported), notes(imported)) == EXPECTED[name]


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
        assert (imported.format, content(imported), notes(imported)) == EXPECTED[name]


@pytest.mark.parametrize("name", [n for n in EXPECTED if (SAMPLES / n).is_dir()])
@pytest.mark.parametrize("within", ["", "export/"])
def test_a_zip_archive_is_read_like_the_folder_in_it(
    name: str, within: str, tmp_path: Path
) -> None:
    archive = zipped(SAMPLES / name, tmp_path / "export.bin", within)
    imported = formats.read(archive)
    assert (imported.format, content(imported), notes(imported)) == EXPECTED[name]


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
    assert (imported.format, content(imported), notes(imported)) == EXPECTED[name]


def test_a_language_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(formats.FormatError, match=r"language vi\. It has: de, en"):
        formats.read(SAMPLES / "dialogflow", "vi")


def test_a_language_asked_of_a_format_without_any_is_noted() -> None:
    imported = formats.read(SAMPLES / "table.csv", "en")
    assert "--language had no effect: the file names no language" in notes(imported)


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
    assert notes(imported)["symbolic links were not followed"] == 2


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
