"""The dialogs: one answer each, whatever is pressed, and whoever waits for it."""

from __future__ import annotations

from textual.app import App
from textual.screen import Screen
from textual.widgets import Input

from chatbot.common import ChatbotError
from chatbot.tui.dialogs import WriteScreen, ask, start_asking
from chatbot.tui.dialogs.confirm import ConfirmScreen
from tests.tui.helpers import sees, until


class Host(App[None]):
    """Asks two questions one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str | None] = []

    def start(self) -> None:
        start_asking(self, self.ask())

    async def ask(self) -> None:
        self.answers.append(await self.push_screen_wait(WriteScreen("Name")))
        self.answers.append(await ask(self, "Sure?", ("yes", "Yes"), ("no", "No")))


async def test_enter_twice_gives_one_answer_and_leaves_the_screen_below() -> None:
    app = Host()
    async with app.run_test() as pilot:
        below: Screen[None] = Screen()
        await app.push_screen(below)
        app.start()
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        line = app.screen.query_one(Input)
        line.value = "ada"
        await line.action_submit()
        await line.action_submit()
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert app.answers == ["ada"] and app.screen_stack[-2] is below
        await pilot.press("escape")
        await until(pilot, lambda: app.answers == ["ada", "no"])


async def test_another_question_waits_until_the_first_coroutine_is_over() -> None:
    app = Host()
    async with app.run_test() as pilot:
        app.start()
        app.start()
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: app.answers == [None, "no"])
        await pilot.pause()
        assert app.answers == [None, "no"], "the second key was not another question"
        app.start()
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))


async def test_an_app_that_closes_while_a_coroutine_waits_closes() -> None:
    app = Host()
    async with app.run_test() as pilot:
        app.start()
        await until(pilot, lambda: isinstance(app.screen, WriteScreen))
        app.exit()
    assert app.answers == [] and app.return_code == 0


async def test_a_wrong_answer_stays_to_be_mended_and_keys_typed_meanwhile_stay_in_it() -> None:
    class Attempts(App[None]):
        made: int | None = None

        def on_mount(self) -> None:
            def number(text: str) -> int:
                if not text.isdecimal():
                    raise ChatbotError(f"[b]“{text}” is no number")
                return int(text)

            def take(made: int | None) -> None:
                self.made = made

            self.push_screen(WriteScreen("Number", use=number), take)

    app = Attempts()
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("a", "enter", "b")
        await sees(pilot, "[b]“a” is no number", "ab")
        await pilot.press("backspace", "backspace", "enter", "7", "enter")
        await until(pilot, lambda: app.made == 7)
