"""Makes the pictures of the README: the app driven as a person would, one SVG a view and size.

`python docs/screenshots.py` writes them beside this file. They show the real default bot.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

# Before Textual is imported: colours although no terminal is there, and nothing that moves.
os.environ |= {"TEXTUAL_COLOR_SYSTEM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
HOME = Path(tempfile.mkdtemp())
os.environ |= {"HOME": str(HOME), "USERPROFILE": str(HOME), "USER": "ada", "LOGNAME": "ada"}
for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
    os.environ[name] = str(HOME / name)

from textual.pilot import Pilot  # noqa: E402

from chatbot.common import paths  # noqa: E402
from chatbot.tui import ChatbotApp  # noqa: E402
from chatbot.versions import Progress, Saved  # noqa: E402

HERE = Path(__file__).parent
SIZES = ((140, 40), (80, 24))
PICTURES = (
    "chat", "memory", "gates", "compare", "unit", "edit", "form", "train", "taught", "versions",
    "tour", "lab-circles",
)  # fmt: skip
LAB_VIEWS = ("circles", "gradient", "layers", "chatter", "training")
SAID = ("Hello!", "What time is it?", "jdkjfkd skjdksjd", "What is a hidden state?")


def copy_of_the_default_bot() -> paths.Locations:
    """Return a bot that may be trained and edited without touching the checkout."""
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
    await until(pilot, lambda: app.bot is not None)
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
            await until(pilot, lambda: getattr(app.screen, "intents", ()))
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
            await until(pilot, lambda: _epochs(app) >= 8)
        await pilot.pause(0.3)
        path = HERE / f"{name}-{size[0]}x{size[1]}.svg"
        path.write_text(app.export_screenshot(title="chatbot"), encoding="utf-8")
        print(path.name)


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
    await until(pilot, lambda: any(isinstance(r, Saved) for r in app.trainings.history[-1:]))


async def show_lab(app: ChatbotApp, pilot: Pilot[None], view: int) -> None:
    """Open the forgetting lab, which trains the first time, with the guide's sentence."""
    app.chat.prompt.load_text("What time is it?")
    await pilot.press("enter", "shift+f6")
    await until(pilot, lambda: app.screen.has_class("-ready"))
    await pilot.press(str(view + 1))
    await pilot.pause(0.5)


def _epochs(app: ChatbotApp) -> int:
    last = app.trainings.history[-1] if app.trainings.history else None
    return last.epoch if isinstance(last, Progress) else 0


async def main() -> None:
    """Make all pictures."""
    for size in SIZES:
        for name in PICTURES:
            await picture(name, size)
    for view in LAB_VIEWS[1:]:
        await picture(f"lab-{view}", SIZES[0])


if __name__ == "__main__":
    asyncio.run(main())
