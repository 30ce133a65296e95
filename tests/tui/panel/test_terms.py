"""What the panel's words mean: every word on the screen is explained where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.tui.panel.registry import VIEWS
from chatbot.tui.panel.terms import TERMS
from chatbot.tui.screens import TermsScreen
from tests.tui.helpers import app_for, ready, say, seen, sees, until
from tests.tui.made_bot import make_bot


def test_every_view_has_its_words_explained() -> None:
    assert list(TERMS) == [view.NAME for view in VIEWS]
    for terms in TERMS.values():
        assert len({term.name for term in terms}) == len(terms)
        assert all(term.meaning.endswith(".") for term in terms)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_each_view_is_explained_with_what_is_at_the_cursor(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    app = app_for(make_bot(tmp_path))
    async with app.run_test(size=size) as pilot:
        await ready(pilot)
        await say(pilot, "what [b]time[/b] is it")
        for view in VIEWS:
            await pilot.press("shift+f11")
            await until(pilot, lambda: isinstance(app.screen, TermsScreen))
            await sees(pilot, f"What the panel says · {view.TITLE}", TERMS[view.NAME][0].name)
            if view.NAME == "state":
                assert "unit 0 after" in seen(app)
            await pilot.press("shift+f11")
            await until(pilot, lambda: app.screen is app.chat)
            await pilot.press("f7")


@pytest.mark.parametrize("name", ["state", "memory", "gates"])
async def test_every_head_of_a_column_is_among_the_words(tmp_path: Path, name: str) -> None:
    app = app_for(make_bot(tmp_path))
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await say(pilot, "what time is it")
        app.chat.panel.action_view(name)
        view = app.chat.panel.current
        await until(pilot, lambda: name == view.NAME and (name == "state" or view.explanation))
        explained = " ".join(term.name for term in TERMS[name])
        for head in view.columns().replace("answer so far", "").split():
            if head != "word" and head not in {"time"}:  # the intent after "for"
                assert head in explained, head


async def test_without_a_message_the_words_are_explained_all_the_same(tmp_path: Path) -> None:
    app = app_for(make_bot(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("shift+f11")
        await sees(pilot, "What the panel says", "answer so far")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is app.chat)
