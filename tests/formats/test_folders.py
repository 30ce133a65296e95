"""Folders as people have them: bystanders, copies, test data, deep trees, pipes and archives."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chatbot import formats
from chatbot.formats import FormatError
from chatbot.intents.findings import IntentsError
from tests.formats.expected import EXPECTED, SAMPLES
from tests.formats.reading import content, counts, examples, patterns, write

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
    assert examples(imported, "other files") == (
        "tsconfig.json (2:3: JSON has no comments)",
        "a.txt",
    )


def test_data_in_another_format_is_named_with_it(tmp_path: Path) -> None:
    imported = formats.read(write(tmp_path, {"nlu.yml": NLU, "intents.json": INTENTS}))
    assert examples(imported, "other files") == ("intents.json (intents.json)",)


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
    assert examples(imported, "other files") == ("domain.yml (Rasa)",)


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
    assert examples(imported, "backups") == (copy,)


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
    assert examples(imported, "files in folders for tests") == (f"{folder}/more.yml",)


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
    assert counts(imported)["copies of files that were read were not read again"] == count - 1


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
    assert examples(imported, "files with data for testing") == (test,)


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
    assert examples(imported, "projects in it were read together") == ("one", "two")
