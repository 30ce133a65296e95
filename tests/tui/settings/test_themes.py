"""A person's own themes: what cannot be used, or read, is told by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.tui.themes import read_themes

GOOD = 'primary = "#7aa2f7"\nbackground = "#1a1b26"\nforeground = "#c0caf5"\n'


def test_a_theme_is_called_like_its_file(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text(GOOD)
    (tmp_path / "notes.txt").write_text("not a theme")
    found = read_themes(tmp_path)
    assert [theme.name for theme in found.themes] == ["night"] and not found.problems


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("primary = ", "line 1"),
        ("dark = true\n", "primary"),
        (GOOD + 'accent = "nearly blue"\n', "accent"),
        (GOOD + "dark = 1\n", "true or false"),
        (GOOD + 'colour = "#fff"\n', "colour"),
        ('primary = "#7aa2f7"\nbackground = "#1a1b26"\nforeground = "#333333"\n', "lighter"),
        ('primary = "#00f"\ndark = false\nbackground = "#fff"\nforeground = "#ccc"\n', "darker"),
    ],
)
def test_what_is_wrong_with_a_theme_is_told_with_the_remedy(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "mine.toml").write_text(text)
    found = read_themes(tmp_path)
    assert not found.themes
    assert found.problems[0].startswith("themes/mine.toml: ") and says in found.problems[0]


def test_no_folder_is_no_theme(tmp_path: Path) -> None:
    assert read_themes(tmp_path / "nowhere").themes == ()


def test_a_theme_that_cannot_be_read_is_told_in_one_sentence(tmp_path: Path) -> None:
    text = 'primary = "#00f"\ndark = false\nbackground = "#fff"\nforeground = "#ccc"\n'
    (tmp_path / "pale.toml").write_text(text)
    problem = read_themes(tmp_path).problems[0]
    assert problem.count("foreground") == 1 and problem.count("4.5") == 1
    assert all(f"on {ground}" in problem for ground in ("background", "surface", "panel"))
    assert len(problem) < 140, "all of it fits into a notice at 80x24"
