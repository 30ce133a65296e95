"""Makes the pictures of the README and the docs: one SVG per view and size, from the real app.

`python docs/screenshots.py [NAME...]` writes them, or those of these names, beside this file. It
presses keys in the default bot.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

# Before Textual is imported: colours although there is no terminal, and no animations.
os.environ |= {"TEXTUAL_COLOR_SYSTEM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
HOME = Path(tempfile.mkdtemp())
os.environ |= {"HOME": str(HOME), "USERPROFILE": str(HOME), "USER": "ada", "LOGNAME": "ada"}
for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ[name] = str(HOME / name)

from textual.pilot import Pilot  # noqa: E402

from chatbot.common import paths  # noqa: E402
from chatbot.tui import ChatbotApp  # noqa: E402
from chatbot.tui.editor.pane import DocumentPane  # noqa: E402

HERE = Path(__file__).parent
SIZES = ((140, 40), (80, 24))
PICTURES = (
    "chat", "memory", "gates", "compare", "unit", "edit", "form", "train", "taught", "versions",
    "tour", "lab-circles",
)  # fmt: skip
OF_SCREENS = (
    "welcome", "offers", "message-menu", "menu", "conversations", "settings", "evaluate", "inbox",
    "help", "vietnamese",
)  # fmt: skip
"""Pictures that are made in a dark and in a light theme, whose name they have at the end."""
LIGHT = "textual-light"
LAB_VIEWS = ("circles", "gradient", "layers", "chatter", "training")
SAID = ("Hello!", "What time is it?", "jdkjfkd skjdksjd", "What is a hidden state?")


def copy_of_the_default_bot() -> paths.Locations:
    """Copy the default bot, so that it can be trained and edited without touching the checkout."""
    folder = HOME / "my-bot"
    shutil.rmtree(folder, ignore_errors=True)
    model = folder / "models" / "intents"
    model.mkdir(parents=True, exist_ok=True)
    for file in (paths.bundled("models") / "intents").glob("*.*"):
        (model / file.name).write_bytes(file.read_bytes())
    (folder / "intents.json").write_bytes(paths.bundled("intents.json").read_bytes())
    return paths.locate(folder / "intents.json")


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    """Wait until a condition holds."""
    while not condition():
        await pilot.pause(0.02)


async def talk(app: ChatbotApp, pilot: Pilot[None]) -> None:
    """Hold a short conversation, and begin to type another message."""
    await until(pilot, lambda: app.session.bot is not None)
    for message in SAID:
        app.chat.prompt.load_text(message)
        await pilot.press("enter")
    app.chat.prompt.load_text("how do I retrain ")
    app.chat.prompt.move_cursor(app.chat.prompt.document.end)
    await pilot.pause()


async def picture(name: str, size: tuple[int, int]) -> None:
    """Drive a fresh app to a view and save it."""
    app = ChatbotApp(copy_of_the_default_bot(), seed=2)
    async with app.run_test(size=size) as pilot:
        await talk(app, pilot)
        if name == "edit":
            await pilot.press("f2")
            await until(pilot, lambda: app.screen is not app.chat)
            await pilot.pause(0.5)
        elif name == "form":
            await pilot.press("f2")
            await until(
                pilot,
                lambda: (
                    app.screen.query(DocumentPane) and app.screen.query_one(DocumentPane).intents
                ),
            )
            await pilot.press("f2")
            await pilot.pause(0.5)
        elif name == "memory":
            app.chat.prompt.load_text("could you please tell me what time it is ")
            await pilot.press("f7")
            await until(pilot, lambda: _words_explained(app) == 9)
        elif name in ("gates", "compare", "unit"):
            await pilot.press("f9")
            app.chat.panel.action_view(name)
            app.chat.prompt.load_text("how do I train ")
            app.chat.panel.focus_view()
            await pilot.pause(0.5)
        elif name == "tour":
            await pilot.press("shift+f1")
            await until(pilot, lambda: getattr(app.screen, "_pages", ()))
            await pilot.press(*["right"] * 5)
        elif name.startswith("lab-"):
            await show_lab(app, pilot, LAB_VIEWS.index(name.removeprefix("lab-")))
        elif name in ("taught", "versions"):
            await teach(app, pilot)
            if name == "versions":
                await pilot.press("escape", "shift+f5", "down")
                await until(pilot, lambda: app.screen.query("#comparison"))
                await until(
                    pilot, lambda: "typed" in str(app.screen.query_one("#comparison").render())
                )
        elif name == "train":
            await pilot.press("f5")
            await until(pilot, lambda: _epochs(app) >= 4)
        await pilot.pause(0.3)
        path = HERE / f"{name}-{size[0]}x{size[1]}.svg"
        path.write_text(app.export_screenshot(title="chatbot"), encoding="utf-8")
        print(path.name)


async def picture_of_screen(name: str, size: tuple[int, int], theme: str = "") -> None:
    """Drive a fresh app to a screen and save it, also in another theme."""
    app = ChatbotApp(copy_of_the_default_bot(), seed=2)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: app.session.bot is not None)
        if theme:
            app.theme = theme
        if name != "welcome":
            await talk(app, pilot)
            app.chat.prompt.load_text("")
        if name == "offers":
            for message in ("how is the sure thing", "what time is it and who made you?"):
                app.chat.prompt.load_text(message)
                await pilot.press("enter")
        elif name in KEYS_TO:
            await pilot.press(*KEYS_TO[name])
        elif name == "vietnamese":
            await pilot.press("alt+l")
        await pilot.pause(2 if name in KEYS_TO else 0.5)
        end = "-light" if theme else ""
        path = HERE / f"{name}-{size[0]}x{size[1]}{end}.svg"
        path.write_text(app.export_screenshot(title="chatbot"), encoding="utf-8")
        print(path.name)


KEYS_TO = {
    "message-menu": ("alt+m",),
    "menu": ("f10",),
    "conversations": ("shift+f2",),
    "settings": ("shift+f4",),
    "evaluate": ("shift+f7",),
    "inbox": ("f12",),
    "help": ("f1",),
}


def _words_explained(app: ChatbotApp) -> int:
    found = app.chat.panel.explanation
    return len(found.trace.words) if found is not None else 0


async def teach(app: ChatbotApp, pilot: Pilot[None]) -> None:
    """Correct a message with a new intent, and learn it."""
    app.chat.prompt.load_text("play some jazz for me")
    await pilot.press("enter", "f6")
    for answer in ("music", "Here is some music."):
        await pilot.press(*["space" if c == " " else "." if c == "." else c for c in answer])
        await pilot.press("enter")
        await pilot.pause(0.3)
    await pilot.press("f5")
    await until(pilot, lambda: app.session.training and app.session.training.end)


async def show_lab(app: ChatbotApp, pilot: Pilot[None], view: int) -> None:
    """Open the forgetting lab, which trains the first time, with the guide's sentence."""
    app.chat.prompt.load_text("What time is it?")
    await pilot.press("enter", "shift+f6")
    await until(pilot, lambda: app.screen.has_class("-ready"))
    await pilot.press(str(view + 1))
    await pilot.pause(0.5)


def _epochs(app: ChatbotApp) -> int:
    course = app.session.training
    return course.latest.epoch if course is not None and course.latest is not None else 0


async def main() -> None:
    """Make all pictures."""
    for size in SIZES:
        for name in PICTURES:
            if wanted(name):
                await picture(name, size)
        for name in OF_SCREENS:
            if wanted(name):
                await picture_of_screen(name, size)
                await picture_of_screen(name, size, LIGHT)
    for view in LAB_VIEWS[1:]:
        if wanted(f"lab-{view}"):
            await picture(f"lab-{view}", SIZES[0])


def wanted(name: str) -> bool:
    """Return whether a picture is asked for."""
    return len(sys.argv) == 1 or name in sys.argv[1:]


if __name__ == "__main__":
    asyncio.run(main())
