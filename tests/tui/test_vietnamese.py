"""The app in Vietnamese: whole heads and captions in a small terminal, and no text left behind."""

from __future__ import annotations

import json
from pathlib import Path

from textual.pilot import Pilot

from chatbot.common import _
from chatbot.lab.files import save
from chatbot.lab.pages import PAGES, pages_of
from chatbot.lab.results import Lab
from chatbot.network.cells import CELLS
from chatbot.opening import read_intents
from chatbot.tour.texts import STEPS
from chatbot.tui.editor.findings import Findings
from chatbot.tui.screens.lab import ForgettingScreen
from chatbot.tui.widgets.lab_view import LabView
from tests.tui.helpers import app_for, ready, say, sees, until

SMALL = (80, 24)

ALIKE = {cell.title for cell in CELLS.values()} | {"English / Tiếng Việt"}
"""What is looked up and the same in every language."""


async def test_the_conversation_and_the_panels_views(
    trained_folder: Path, vietnamese: set[str]
) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=SMALL) as pilot:
        await ready(pilot)
        await sees(pilot, "Hãy nói gì đó", "Gõ tin nhắn…", "Trạng thái ẩn", "mỗi từ gõ xong")
        await say(pilot, "what time is it")
        await sees(pilot, "bạn what time is it", "Trạng thái ẩn · đã gửi", "từ", "thay đổi")
        await pilot.press("f8", "2")
        await sees(pilot, "Bộ nhớ · đã gửi", "ghi nhớ", "cho time", "quyết định tại")
        await sees(pilot, "Đọc “it”: ")
        await pilot.press("3")
        await sees(pilot, "Cổng · đã gửi", "giữ ghi nhìn còn")
        await pilot.press("4")
        await sees(pilot, "So sánh · đã gửi", "đọc xuôi", "đọc ngược", "hai trạng thái: cosin")
        await pilot.press("5")
        await sees(pilot, "đơn vị 0: ", "từ nâng nó lên", " lần")
        await say(pilot, "jdkjfkd skjdksjd")
        await sees(pilot, "ngoài phạm vi ·", "gần nhất")
    assert vietnamese <= ALIKE


async def test_a_broken_file_in_the_editor(small_bot: Path, vietnamese: set[str]) -> None:
    path = small_bot / "intents.json"
    path.write_text('{"intents": [\n  {"tag": "a" "patterns": []}\n]}', encoding="utf-8")
    app = app_for(small_bot)
    async with app.run_test(size=SMALL) as pilot:
        await until(pilot, lambda: app.screen.is_current)
        await pilot.press("f2")
        await sees(pilot, "dòng 2, cột 15: lỗi: thiếu dấu phẩy. Hãy thêm dấu phẩy giữa chỗ này")
        await pilot.press("f7")  # not as a form: it is broken
        await pilot.press("ctrl+s")
        await sees(pilot, "Sửa ý định")
    assert vietnamese <= ALIKE


async def test_findings_and_the_form(small_bot: Path, vietnamese: set[str]) -> None:
    path = small_bot / "intents.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["intents"][0]["patterns"] += ["hello", "{time} [b]%s"]
    data["intents"][1]["patterns"] += ["{time} [b]%s"]
    path.write_text(json.dumps(data, indent=2), encoding="utf-8")
    app = app_for(small_bot)
    async with app.run_test(size=(140, 40)) as pilot:
        await ready(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: app.screen.query(Findings))
        await sees(pilot, "cảnh báo: “hello”, giống “Hello”, có hai lần trong “greeting”")
        await sees(pilot, "“{time} [b]%s” là mẫu câu của cả “greeting” và “time”")
        await sees(pilot, "F6: Bỏ nó đi")
    assert vietnamese <= ALIKE


async def test_the_tour(trained_folder: Path, vietnamese: set[str]) -> None:
    app = app_for(trained_folder)
    async with app.run_test(size=SMALL) as pilot:
        await ready(pilot)
        await pilot.press("shift+f1")
        for number in range(1, len(STEPS) + 1):
            await sees(pilot, f"{number} / {len(STEPS)}")
            if number == 6:
                await sees(pilot, "Trí nhớ ngắn hạn", "từ RNN chưa học đang trả lời")
            await pilot.press("right")
        await sees(pilot, "Phương thuốc: các cổng", "từ giữ ghi")
    assert vietnamese <= ALIKE


async def test_the_lab(lab: Lab, trained_folder: Path, vietnamese: set[str]) -> None:
    save(lab, read_intents(trained_folder / "intents.json").intents.digest)
    app = app_for(trained_folder)
    async with app.run_test(size=SMALL) as pilot:
        view = await _open_lab(pilot)
        assert view.sentence is not None
        heads = ("trước sau", "lùi số từ", "tầng sigmoid", "từ thừa", "độ lớn gradient")
        for number, (name, head) in enumerate(zip(PAGES, heads, strict=True)):
            await sees(pilot, f"{number + 1} {_(name)}", head)
            await sees(pilot, pages_of(lab, view.sentence)[number].caption)
            await pilot.press("right")
    assert vietnamese <= ALIKE


async def _open_lab(pilot: Pilot[None]) -> LabView:
    app = await ready(pilot)
    await pilot.press("shift+f6")
    await until(pilot, lambda: isinstance(app.screen, ForgettingScreen))
    screen = app.screen
    assert isinstance(screen, ForgettingScreen)
    await until(pilot, lambda: screen.view.sentence is not None, seconds=120)
    return screen.view
