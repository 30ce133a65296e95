"""The settings file: ugly files first; comments and order are the person's."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from chatbot.tui.actions import REGISTRY
from chatbot.tui.settings import SCHEMA, NotKeptError, Settings, SettingsFile, read
from chatbot.tui.settings.writing import changed, template

DOCS = Path(__file__).parents[3] / "docs" / "settings.md"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[appearance]\ntheme = "nord\n', 2),
        ("[appearance\n", 1),
        ('theme = "nord"\ntheme = "nord"\n', 2),
        (b"# \xff\n", 1),
        (b"ok = 1\n\n\xfe", 3),
        ("a = " + "[" * 5000, 1),
    ],
)
def test_a_file_that_is_no_toml_is_told_with_its_line_and_nothing_of_it_counts(
    tmp_path: Path, text: str | bytes, line: int
) -> None:
    found = read(written(tmp_path, text))
    assert found.is_broken and found.settings == Settings()
    assert [problem.line for problem in found.problems] == [line]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[appearance]\n\n# colours\ntheme = 5\n", 4, "quotation marks"),
        ("[appearance]\nanimations = 'wild'\n", 2, '"full", "basic", "none"'),
        ("[answers]\nthreshold = 1.5\n", 2, "from 0 to 1"),
        ("[answers]\nthreshold = '0.5'\n", 2, "without quotation marks"),
        ("[answers]\nthreshold = true\n", 2, "a number"),
        ("[answers]\nthreshold = nan\n", 2, "from 0 to 1"),
        ("[training]\nhidden_size = 2.5\n", 2, "whole number"),
        ("[training]\nhidden_size = [\n 1,\n]\n", 2, "whole number"),
        ("[appearance]\nthem = 'nord'\n", 2, "do you mean “theme”"),
        ("[answers]\n[aperance]\n", 2, "do you mean “appearance”"),
        ("keys = 3\n", 1, "[keys]"),
        ("[keys]\nedit.save = 7\n", 2, "quotation marks"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_remedy_and_the_rest_counts(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    found = read(written(tmp_path, text + "[conversations]\nkeep_conversations = false\n"))
    assert found.settings == Settings(keep_conversations=False)
    assert [problem.line for problem in found.problems] == [line]
    assert says in str(found.problems[0])


def test_a_missing_file_is_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path / "nowhere" / "settings.toml").problems == ()


def test_a_change_leaves_comments_order_and_what_we_do_not_know_alone(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '# my settings\n[keys]  # first\n"edit.save" = "f8" # as ever\n\n'
        '[appearance]\ntheme   = "nord"  # dark\nfuture = 1\n',
    )
    file = SettingsFile(path)
    file.set("theme", "dracula")
    file.set("cell", "rnn")
    file.set_keys("retrain", "ctrl+g")
    file.write({})
    assert path.read_text() == (
        '# my settings\n[keys]  # first\n"edit.save" = "f8" # as ever\nretrain = "ctrl+g"\n\n'
        '[appearance]\ntheme   = "dracula"  # dark\nfuture = 1\n\n[training]\ncell = "rnn"\n'
    )


def test_the_default_puts_the_line_behind_a_sign_and_a_later_change_takes_it_away_again() -> None:
    text = '[appearance]\n# mine\ntheme = "nord" # dark\n'
    without = changed(text, "appearance", "theme", None)
    assert without == '[appearance]\n# mine\n# theme = "nord" # dark\n'
    assert (
        changed(without, "appearance", "theme", "nord") == '[appearance]\n# mine\ntheme = "nord"\n'
    )
    several = '[keys]\nretrain = [\n  "f5",\n]\nquit = "f2"\n'
    assert tomllib.loads(changed(several, "keys", "retrain", None)) == {"keys": {"quit": "f2"}}


def test_a_new_file_explains_everything_and_nothing_in_it_is_in_force(tmp_path: Path) -> None:
    keys = {action.name: action.key for action in REGISTRY}
    text = template(keys)
    assert read(written(tmp_path, text)).settings == Settings()
    in_force = re.sub(r"^# ((?:\w+|\"[\w.]+\") = )", r"\1", text, flags=re.MULTILINE)
    found = read(written(tmp_path, in_force))
    assert found.settings == Settings() and not found.problems
    assert found.keys == keys


def test_a_change_is_kept_in_a_new_file_beside_its_explanation(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    file = SettingsFile(path)
    file.set("threshold", 0.55)
    file.set_keys("edit.save", "f8")
    file.write({"edit.save": "ctrl+s"})
    again = SettingsFile(path)
    assert again.values.threshold == 0.55 and again.keys == {"edit.save": "f8"}
    assert "How sure the bot must be" in path.read_text()


def test_a_broken_file_is_not_written_over(tmp_path: Path) -> None:
    path = written(tmp_path, "[appearance\n# work of an hour\n")
    file = SettingsFile(path)
    file.set("theme", "nord")
    with pytest.raises(NotKeptError, match="line 1"):
        file.write({})
    assert "work of an hour" in path.read_text() and file.values.theme == "nord"


def test_two_apps_keep_each_others_changes(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    one, other = SettingsFile(path), SettingsFile(path)
    one.set("theme", "nord")
    one.write({})
    other.set("cell", "rnn")
    other.write({})
    assert read(path).settings == Settings(theme="nord", cell="rnn")


def test_the_page_of_the_settings_names_every_one_with_its_default() -> None:
    text = DOCS.read_text(encoding="utf-8")
    found = dict(re.findall(r"^\| `(\w+)` \| `([^`]*)` \| `\[", text, re.MULTILINE))
    assert found == {
        each.name: f'"{each.default}"'
        if isinstance(each.default, str)
        else str(each.default).lower()
        for each in SCHEMA
    }
    assert len(SCHEMA) == len(fields(Settings))
    for section in {each.section for each in SCHEMA}:
        assert f"[{section}]" in text


def test_the_page_of_the_settings_names_every_action_with_its_keys() -> None:
    text = DOCS.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w.]+)` \| `([^`]*)` \| [^|`]+ \|$", text, re.MULTILINE))
    named = {name: keys for name, keys in rows.items() if name in {a.name for a in REGISTRY}}
    assert named == {action.name: action.key for action in REGISTRY}
