"""Texts that name a key name the one in use: nothing on any screen still names a key of before."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import chatbot
from chatbot.tui.actions import ACTIONS, REGISTRY, Keymap
from chatbot.tui.session import key_of
from tests.tui.helpers import app_for, ready, say, seen, sees
from tests.tui.made_bot import UNKNOWN, make_bot
from tests.tui.test_actions import write_settings

SOURCE = Path(chatbot.__file__).parent
NAMED = re.compile(
    r"\b(?:Ctrl|Shift|Alt)\+|\bF(?:[1-9]|1[0-2])\b|\bEscape\b|\bEnter\b|\bPage ?(?:Up|Down)\b|"
    r"\b(?:Space|Delete) (?:\w+s\b|or\b)|[←→] [→←]|\b[A-Z] (?:marks|forgets|off|why|the|chooses)\b"
)
NOT_KEYS = {"F1", "Macro F1", "Tab, Shift+Tab"}
"""The mean of precision and recall; and two that cannot be changed."""
BY_HAND = {"actions", "cli"}
"""The registry itself; and the command line, which has no keys."""


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module with their lines, without docstrings and comments."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def test_no_text_names_a_key_by_hand() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {text}"
        for path in SOURCE.rglob("*.py")
        if not BY_HAND & set(path.relative_to(SOURCE).parts)
        for line, text in texts(path)
        if NAMED.search(text) and text not in NOT_KEYS and "F1 " not in text
    ]
    assert not found, "\n".join(found)


FUNCTION_KEYS = re.compile(r"\b[fF][1-9][0-2]?\b|Ctrl\+[BN]\b")


@pytest.fixture
def other_keys() -> None:
    """Move everything that is on a function key, Ctrl+B or Ctrl+N to Alt and another letter."""
    moved = [a for a in ACTIONS if a.key != "ctrl+p" and a.key != "ctrl+q" and a.key != "ctrl+f"]
    keys = [f"alt+{letter}" for letter in "defghjklnpquvwxyz"]
    keys += [f"ctrl+alt+{letter}" for letter in "abcdefghijklmnop"]
    lines = [f'"{a.name}" = "{key}"' for a, key in zip(moved, keys, strict=False)]
    own = ['"edit.form" = "alt+s"', '"edit.fix" = "ctrl+alt+x"', '"chat.explain_panel" = "alt+0"']
    write_settings("[keys]\n" + "\n".join([*lines, *own]) + "\n")


async def test_with_other_keys_no_screen_names_an_old_one(tmp_path: Path, other_keys: None) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(140, 50), notifications=True) as pilot:
        await ready(pilot)
        await sees(pilot, key_of(app, "tour"))
        screens = {"greeting": seen(app)}
        await say(pilot, UNKNOWN)
        await pilot.press(*app.session.keys.of("pin"))
        for view in ("memory", "gates", "compare", "unit", "state"):
            app.chat.panel.action_view(view)
            await pilot.pause()
            screens[view] = seen(app)
        app.action_undo_correction()
        for name in ("edit_intents", "versions", "tour", "model_info", "help", "explain_panel",
                     "inbox", "menu", "recent_bots", "find", "correct"):  # fmt: skip
            await app.run_action(name)
            await pilot.pause(0.2)
            screens[name] = seen(app)
            if app.screen.is_modal:
                await pilot.press("escape")
                await pilot.pause()
        named = {
            screen: sorted(set(FUNCTION_KEYS.findall(text))) for screen, text in screens.items()
        }
        assert not {screen: keys for screen, keys in named.items() if keys}


async def test_a_key_that_changes_while_it_is_named_is_named_anew(tmp_path: Path) -> None:
    app = app_for(make_bot(tmp_path / "bot"))
    async with app.run_test(size=(100, 40)) as pilot:
        await ready(pilot)
        await sees(pilot, "Shift+F1", "Menu F10")
        app.flows.adjusting.change_keys("tour", "alt+g")
        app.flows.adjusting.change_keys("menu", "alt+d")
        await sees(pilot, "Alt+G", "Menu Alt+D", without=["Shift+F1", "F10", "f10"])


def test_signs_are_short_and_follow_the_keys() -> None:
    keys = Keymap({"panel.before": ("h",), "panel.after": ("ctrl+right",)})
    assert keys.signs("panel.before", "panel.after", "panel.switch") == "H Ctrl+Right X"
    assert Keymap().signs("panel.before", "panel.after") == "← →"
    assert all(Keymap().signs(action.name) for action in REGISTRY)
