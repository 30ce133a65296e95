"""Folders as people have them: bystanders, copies, test data, deep trees, pipes and archives."""

from __future__ import annotations

import io
import os
import random
import shutil
import socket
import sys
import zipfile
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import FormatError, Imported
from chatbot.intents.findings import IntentsError
from tests.formats.test_samples import EXPECTED, SAMPLES, content, notes

CASES = Path(__file__).parents[3] / "shared" / "cases"

NLU = "nlu:\n- intent: greet\n  examples: |\n    - hello\n    - hi\n"
BYE = "nlu:\n- intent: bye\n  examples: |\n    - see you\n"
INTENTS = '{"intents": [{"tag": "a", "patterns": ["x"], "responses": ["r"]}]}'
CORPUS = '{"name": "c", "locale": "en", "data": [{"intent": "a", "utterances": ["x", "y"]}]}'

BYSTANDERS = {
    "README.md": "[![build](https://example.org/b.svg)](https://example.org)\n# My bot\n",
    "GUIDE.md": "# Guide\n\n```yaml\nnlu:\n- intent: other\n  examples: |\n    - never\n```\n",
    "OLD.md": "# Rasa 1\n\n```md\n## intent:other\n- never\n```\n",
    "grammar.md": "# Chatito\n\n```\n%[other]\n    never\n```\n",
    "tsconfig.json": '{\n  // options\n  "compilerOptions": {}\n}\n',
    "cut.json": '{"intents": [{"tag": "other", "patt',
    "single.json": "{'intents': [{'tag': 'other', 'patterns': ['never']}]}",
    "notes.txt": "[todo] write more\n{thing} has started\n",
    "latin.txt": "caf\xe9",
    "zero.json": "",
    "nothing.json": "null",
    "deep.json": "[" * 5000,
    "rules.yml": "rules:\n- alert: Down\n  expr: up == 0\n",
    "broken.yaml": "a: [1, 2\nb: }\n",
    "aliases.yaml": "a: &x [1]\nb: *x\n",
    "tox.ini": "[tox]\nenvlist = py311\n[testenv]\ndeps =\n    pytest\n",
    "pyproject.toml": '[project]\nname = "x"\n',
    "pom.xml": "<project><name>x</name></project>",
    "bomb.xml": '<!DOCTYPE a [<!ENTITY b "c">]><aiml>&b;</aiml>',
}
"""Files beside the data, none of which is any."""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("latin-1" if "\xe9" in text else "utf-8"))
    return folder


def patterns(imported: Imported) -> dict[str, list[str]]:
    return {intent.tag: list(intent.patterns) for intent in imported.intents.intents}


def names(imported: Imported, what: str) -> tuple[str, ...]:
    return next(note.examples for note in imported.notes if note.what.startswith(what))


# ---- bystanders


@pytest.mark.parametrize("name", BYSTANDERS)
@pytest.mark.parametrize(
    "data", [{"nlu.yml": NLU}, {"bot/intents.json": INTENTS}, {"c.json": CORPUS}], ids=list
)
def test_a_file_that_is_no_data_refuses_no_folder(
    name: str, data: dict[str, str], tmp_path: Path
) -> None:
    alone = formats.read(write(tmp_path / "a", data))
    beside = formats.read(write(tmp_path / "b", {**data, name: BYSTANDERS[name]}))
    assert beside.intents == alone.intents
    assert beside.format == alone.format
    (note,) = (n for n in beside.notes if n.what.startswith("other files were not read"))
    assert note.count == 1 and note.examples[0].startswith(name)


@pytest.mark.parametrize("name", [n for n in EXPECTED if (SAMPLES / n).is_dir()])
def test_every_sample_is_read_the_same_among_all_of_them(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "bot"
    shutil.copytree(SAMPLES / name, folder)
    write(folder, BYSTANDERS)
    imported = formats.read(folder)
    assert (imported.format, content(imported)) == EXPECTED[name][:2]


def test_the_broken_ones_are_named_first_with_their_place(tmp_path: Path) -> None:
    files = {"nlu.yml": NLU, "a.txt": "hello", "tsconfig.json": BYSTANDERS["tsconfig.json"]}
    imported = formats.read(write(tmp_path, files))
    assert names(imported, "other files") == (
        "tsconfig.json (2:3: JSON has no comments)",
        "a.txt",
    )


def test_data_in_another_format_is_named_with_it(tmp_path: Path) -> None:
    imported = formats.read(write(tmp_path, {"nlu.yml": NLU, "intents.json": INTENTS}))
    assert names(imported, "other files") == ("intents.json (intents.json)",)


def test_a_broken_data_file_is_still_an_error_with_its_place(tmp_path: Path) -> None:
    files = {"nlu.yml": NLU, "more.yml": BYE + "  bad: [\n"}
    with pytest.raises(FormatError, match=r"more\.yml:\d+:\d+: error: broken YAML"):
        formats.read(write(tmp_path, files))


def test_a_folder_of_nothing_but_bystanders_is_no_data(tmp_path: Path) -> None:
    with pytest.raises(IntentsError, match="no training data"):
        formats.read(write(tmp_path, BYSTANDERS))


def test_a_format_without_an_example_gives_way_to_one_with_some(tmp_path: Path) -> None:
    domain = "intents:\n- greet\nactions: []\nresponses:\n  utter_greet:\n  - text: Hi\n"
    imported = formats.read(write(tmp_path, {"domain.yml": domain, "intents.json": INTENTS}))
    assert patterns(imported) == {"a": ["x"]}
    assert names(imported, "other files") == ("domain.yml (Rasa)",)


# ---- copies, backups, test data


@pytest.mark.parametrize(
    "copy",
    [
        "nlu_backup.yml", "nlu.bak.yml", "nlu - Copy.yml", "nlu (1).yml", "nlu copy 2.yml",
        "Copy of nlu.yml", "nlu_old.yml", "nlu~.yml", "backup_nlu.yml", "nlu_backup_2021-03-04.yml",
    ],
)  # fmt: skip
def test_a_backup_beside_the_file_is_left_out_whatever_it_holds(copy: str, tmp_path: Path) -> None:
    imported = formats.read(write(tmp_path, {"nlu.yml": NLU, copy: NLU + BYE[5:]}))
    assert patterns(imported) == {"greet": ["hello", "hi"]}
    assert names(imported, "backups") == (copy,)


@pytest.mark.parametrize(
    "name", ["nlu_backup.yml", "old_habits.yml", "copy.yml", "threshold.yml", "nlu (2).yml"]
)
def test_a_file_called_like_a_backup_without_another_is_read(name: str, tmp_path: Path) -> None:
    imported = formats.read(write(tmp_path, {name: BYE, "greet.yml": NLU}))
    assert set(patterns(imported)) == {"greet", "bye"}


@pytest.mark.parametrize(
    "folder",
    ["train_test_split", "tests", "test", "results", "models/2020/nlu", "backup", "old", "dist"],
)
def test_folders_of_tests_models_and_backups_are_left_out(folder: str, tmp_path: Path) -> None:
    imported = formats.read(write(tmp_path, {"data/nlu.yml": NLU, f"{folder}/more.yml": BYE}))
    assert patterns(imported) == {"greet": ["hello", "hi"]}
    assert names(imported, "files in folders for tests") == (f"{folder}/more.yml",)


@pytest.mark.parametrize("folder", ["models", "test", "old"])
def test_where_there_is_nothing_else_such_a_folder_is_read(folder: str, tmp_path: Path) -> None:
    imported = formats.read(write(tmp_path, {f"{folder}/nlu.yml": NLU, "README.md": "# Bot"}))
    assert patterns(imported) == {"greet": ["hello", "hi"]}


def test_such_a_folder_is_read_where_the_rest_has_no_example(tmp_path: Path) -> None:
    domain = "intents:\n- greet\nresponses:\n  utter_greet:\n  - text: Hello\nactions: []\n"
    imported = formats.read(write(tmp_path, {"domain.yml": domain, "old/nlu.yml": NLU}))
    assert content(imported) == {"greet": (["hello", "hi"], ["Hello"])}


@pytest.mark.parametrize("count", [2, 11])
def test_one_corpus_many_times_over_is_read_once(count: int, tmp_path: Path) -> None:
    files = {f"v{i}/corpus.json": CORPUS.replace(" ", " " * i or " ") for i in range(count)}
    imported = formats.read(write(tmp_path, files))
    assert patterns(imported) == {"a": ["x", "y"]}
    assert notes(imported)["copies of files that were read were not read again"] == count - 1


def test_files_that_overlap_are_merged_without_doubles(tmp_path: Path) -> None:
    files = {"one.yml": NLU, "two.yml": NLU + "    - good day\n"}
    imported = formats.read(write(tmp_path, files))
    assert patterns(imported) == {"greet": ["hello", "hi", "good day"]}
    (note,) = (n for n in imported.notes if n.what.startswith("texts that an intent had twice"))
    assert (note.count, note.examples) == (2, ("hello", "hi"))


@pytest.mark.parametrize("test", ["test.csv", "data_test.csv", "valid.csv", "dev.csv"])
def test_test_data_beside_training_data_is_left_out(test: str, tmp_path: Path) -> None:
    train = "text,intent\nhello,greet\nsee you,bye\n"
    files = {"train.csv": train, test: "text,intent\nsecret,greet\n"}
    imported = formats.read(write(tmp_path, files))
    assert patterns(imported) == {"greet": ["hello"], "bye": ["see you"]}
    assert names(imported, "files with data for testing") == (test,)


def test_a_backup_of_our_own_file_is_no_second_bot(tmp_path: Path) -> None:
    files = {"intents.json": INTENTS, "intents_backup.json": INTENTS.replace("x", "old")}
    assert patterns(formats.read(write(tmp_path, files))) == {"a": ["x"]}


def test_intents_of_an_export_with_the_same_phrases_are_no_copies(tmp_path: Path) -> None:
    files = {"en-us/yes.intent": "ok\n", "en-us/confirm.intent": "ok\n", "en-us/old.intent": "no\n"}
    imported = formats.read(write(tmp_path / "locale", files))
    assert patterns(imported) == {"confirm": ["ok"], "old": ["no"], "yes": ["ok"]}


def test_the_report_says_what_was_read_and_from_where(tmp_path: Path) -> None:
    files = {f"data/{name}.yml": NLU.replace("greet", name) for name in "abcd"}
    imported = formats.read(write(tmp_path, files))
    assert str(imported.notes[0]) == "files were read (4): data/a.yml, data/b.yml, data/c.yml, …"


def test_two_projects_in_one_folder_are_named(tmp_path: Path) -> None:
    domain = "intents:\n- greet\nactions: []\n"
    files = {f"{name}/domain.yml": domain + f"# {name}" for name in ("one", "two")}
    imported = formats.read(write(tmp_path, {**files, "one/nlu.yml": NLU, "two/nlu.yml": BYE}))
    assert names(imported, "projects in it were read together") == ("one", "two")


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
        assert notes(imported)["folders below 40 others were not opened"] == 1
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
        found = notes(formats.read(tmp_path))
    assert found["pipes, sockets and devices were not read"] == 2
    assert found["symbolic links were not followed"] == 3


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_noted(tmp_path: Path) -> None:
    write(tmp_path, {"nlu.yml": NLU, "secret.yml": BYE, "closed/more.yml": BYE})
    (tmp_path / "secret.yml").chmod(0)
    (tmp_path / "closed").chmod(0)
    try:
        imported = formats.read(tmp_path)
        assert names(imported, "files and folders that cannot be opened") == (
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
    assert names(imported, "files larger than") == ("dump.json",)


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
    assert names(formats.read(source), "archives in it were not opened") == ("in/agent.zip",)


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


# ---- the cases of real files, where they are at hand

FOUND = {
    "bystander-readme-badge/proj": {"greet": ["hello"], "bye": ["see you"]},
    "bystander-broken-json/proj": {"greet": ["hello"], "bye": ["see you"]},
    "rasa-copies-and-test-data/proj": {"greet": ["hello", "hi"], "bye": ["see you", "ciao"]},
    "rasa1-responses-md/proj": {
        "faq/hours": ["when are you open", "opening hours"],
        "faq/price": ["how much is it", "price please"],
    },
    "padatious-first-line-slot/skill": {
        "start": ["start thing", "begin"],
        "stop": ["stop", "cancel it", "cancel that"],
    },
    "lu-file/bot.lu": {"Greet": ["hello", "hi bob"], "Bye": ["see you", "ciao"]},
    "jsonl/intents.jsonl": {"greet": ["hello", "hi"], "bye": ["see you"]},
    "jsonl/train.jsonl": {"greet": ["hello"], "bye": ["see you"]},
    "ini-called-json/sentences.ini": {
        "GetTime": ["what time is it", "tell me the time"],
        "Light": ["turn on the light", "switch on the light"],
    },
    "home-assistant-called-rasa/custom.yaml": {"LightOn": ["turn on the light", "turn on light"]},
    "map-plain-phrases-symbols/phrases.json": {
        "cpp": ["how do I learn C++", "c++ course"],
        "price": ["how much is it in $", "price in $ or €?"],
        "brackets": ["what does [x] mean", "explain a^2"],
        "ok": ["hello there", "good morning"],
    },
}


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not at hand")
@pytest.mark.parametrize("name", FOUND)
def test_a_case_brings_its_patterns(name: str) -> None:
    assert patterns(formats.read(CASES / name)) == FOUND[name]


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not at hand")
@pytest.mark.parametrize(
    ("name", "replies"),
    [
        ("rasa1-responses-md/proj", [["We open at nine."], ["It costs ten euros."]]),
        ("botpress-qna-twin/bot", [["We open at nine."], ["Ten euros."]]),
        ("dialogflow-contextual-fallback/agent", [["Ciao"], ["How many?"], ["Pardon?"]]),
        (
            "watson-dialog/skill.json",
            [["We open at nine."], ["See you soon!"], ["Please say it differently."]],
        ),
    ],
)
def test_a_case_brings_its_replies(name: str, replies: list[list[str]]) -> None:
    found = formats.read(CASES / name).intents
    assert [list(intent.responses) for intent in found.intents] == replies
