"""An exported conversation says what was said, and nothing of it is markup."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from chatbot.archive import Archive, ArchiveError, Correction, TurnToKeep, export
from chatbot.archive.wording import shown
from chatbot.common import use_language
from chatbot.conversation import Remembered
from chatbot.intents import Context
from tests.archive.conftest import BOT, said
from tests.archive.test_keeping import UGLY

MARKUP = {
    "lists": "- a\n+ b\n1. c\n2) d\n* e",
    "headings": "# a\n===\n---\nb\n***",
    "tables": "| a | b |\n|---|---|\n| 1 | 2 |",
    "code": "```\na\n```\n    b\n\tc `d`",
    "links": "[a](javascript:x) ![b](c) <http://x> www.x.y &amp; &#60; [d]: e",
    "paragraphs": "a\n\n\nb  \nc\\\nd",
}
TEXTS = {name: text for name, text in UGLY.items() if name != "a megabyte"} | MARKUP


def exported(archive: Archive, text: str, path: Path) -> str:
    place = archive.append(None, BOT, said(text, reply=text))
    archive.correct(place.turn, Correction("<b>*weather*</b>"))
    export(archive, [place.conversation], path)
    return path.read_text(encoding="utf-8")


class Page(HTMLParser):
    """The tags of a page, and the text of its messages."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.said: list[str] = []
        self._in_message = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._in_message = dict(attrs).get("class") in ("you", "bot")
        if self._in_message:
            self.said.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_message = False

    def handle_data(self, data: str) -> None:
        if self._in_message:
            self.said[-1] += data


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_page_shows_what_was_said_and_loads_nothing(
    archive: Archive, tmp_path: Path, text: str
) -> None:
    content = exported(archive, text, tmp_path / "a.html")
    page = Page(content)
    assert page.said == [shown(text)] * 2
    ours = "html head meta title style body article h1 p br"
    assert page.tags <= set(ours.split())
    assert "prefers-color-scheme: dark" in content and "src=" not in content.replace("-src", "")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_markdown_reads_as_what_was_said(archive: Archive, tmp_path: Path, text: str) -> None:
    content = exported(archive, text, tmp_path / "a.md")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(content)
    inline = [child for token in tokens for child in token.children or []]
    assert {token.type for token in tokens} <= {
        "inline", "heading_open", "heading_close", "paragraph_open", "paragraph_close",
        "blockquote_open", "blockquote_close",
    }  # fmt: skip
    assert {t.type for t in inline} <= {
        "text", "hardbreak", "softbreak", "strong_open", "strong_close", "text_special",
    }  # fmt: skip
    read = "".join(child.content for child in inline).replace("\xa0", "")
    assert "".join(shown(text).split()) in "".join(read.split())


@pytest.mark.parametrize("text", UGLY.values(), ids=UGLY.keys())
def test_json_holds_exactly_what_was_said(archive: Archive, tmp_path: Path, text: str) -> None:
    (conversation,) = json.loads(exported(archive, text, tmp_path / "a.json"))["conversations"]
    (turn,) = conversation["turns"]
    assert (turn["message"], turn["reply"]) == (text, text)
    assert turn["corrected"] == {"intent": "<b>*weather*</b>"}
    assert turn["time"].endswith("+00:00") and turn["model_version"] == 3


@pytest.mark.parametrize("kind", ["md", "html"])
def test_a_fallback_says_which_intent_its_figure_is_of(
    archive: Archive, tmp_path: Path, kind: str
) -> None:
    place = archive.append(
        None, BOT, TurnToKeep("lend me a car", "Sorry?", "weather", 0.04, in_scope=False)
    )
    archive.append(place.conversation, BOT, said("hello"))
    path = tmp_path / f"a.{kind}"
    export(archive, [place.conversation], path)
    assert "out of scope, nearest weather 4 %" in path.read_text(encoding="utf-8")


def test_a_long_conversation_is_exported_whole_and_several_go_into_one_file(
    archive: Archive, tmp_path: Path
) -> None:
    one = archive.append(None, BOT, said("0")).conversation
    for i in range(1, 1001):
        archive.append(one, BOT, said(str(i)))
    two = archive.append(None, BOT, said("other")).conversation
    export(archive, [one, two], tmp_path / "all.JSON")
    first, second = json.loads((tmp_path / "all.JSON").read_bytes())["conversations"]
    assert [turn["message"] for turn in first["turns"]] == [str(i) for i in range(1001)]
    assert second["title"] == "other"


def test_what_cannot_be_exported_says_what_to_do(archive: Archive, tmp_path: Path) -> None:
    place = archive.append(None, BOT, said("hello"))
    with pytest.raises(ArchiveError, match=r"\.md, \.json or \.html"):
        export(archive, [place.conversation], tmp_path / "a.pdf")
    with pytest.raises(ArchiveError, match="was deleted"):
        export(archive, [place.conversation + 1], tmp_path / "a.md")
    with pytest.raises(ArchiveError, match="another place"):
        export(archive, [place.conversation], tmp_path / ("x" * 300 + ".md"))


@pytest.mark.parametrize("kind", ["md", "html"])
@pytest.mark.parametrize(("called", "name"), [("cafe.json", "cafe"), ("intents.json", "chatbot")])
def test_a_file_for_others_names_the_bot_and_not_my_folders(
    archive: Archive, tmp_path: Path, kind: str, called: str, name: str
) -> None:
    place = archive.append(None, Path("/home/anna/secret") / called, said("hello"))
    path = tmp_path / f"a.{kind}"
    export(archive, [place.conversation], path)
    content = path.read_text(encoding="utf-8")
    assert name in content
    assert "anna" not in content and "secret" not in content


@pytest.mark.parametrize("kind", ["md", "html"])
def test_a_file_for_people_speaks_the_language_of_the_interface(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    place = archive.append(
        None, BOT, TurnToKeep("lend me a car", "Sorry?", "weather", 0.04, in_scope=False)
    )
    archive.correct(place.turn, Correction(None))
    path = tmp_path / f"a.{kind}"
    with monkeypatch.context() as patch:
        patch.setenv("CHATBOT_LANGUAGE", "vi")
        use_language()
        export(archive, [place.conversation], path)
    use_language()
    content = path.read_text(encoding="utf-8")
    assert "ngoài phạm vi, gần nhất weather 4 %, đã sửa thành ngoài phạm vi" in content
    assert " đến " in content and " to " not in content
    if kind == "md":
        assert "**Bạn** (" in content and "**You**" not in content


def test_json_holds_what_is_remembered_after_the_last_turn(
    archive: Archive, tmp_path: Path
) -> None:
    remembered = Remembered((Context("order", 3),), {"city": "Huế \ud800"})
    place = archive.append(None, BOT, said("hello"), remembered)
    export(archive, [place.conversation], tmp_path / "a.json")
    (conversation,) = json.loads((tmp_path / "a.json").read_bytes())["conversations"]
    assert conversation["remembered"]["slots"] == {"city": "Huế \ud800"}
    assert conversation["remembered"]["contexts"] == [{"name": "order", "turns": 3}]


def test_a_folder_that_is_not_there_is_told_and_not_made(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "slip" / "talk.md"
    with pytest.raises(ArchiveError, match=r"no folder .*slip\. Choose one"):
        exported(archive, "hello", path)
    assert not path.parent.exists()
