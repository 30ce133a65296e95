"""What the pages name exists: links, headings, files, commands with options, make targets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from chatbot.cli import main

ROOT = Path(__file__).parent.parent
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "models" / "base" / "README.md",
    *sorted((ROOT / ".github").glob("*.md")),  # a source distribution has none
]

FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`]+)`")
PATH = re.compile(r"(?:chatbot|tests|docs|benchmarks)/[\w./-]*")
COMMAND = re.compile(r"^(?:\$ )?chatbot( .*)?$")
COMMENT = re.compile(r" {2,}.*$")
"""What stands in columns behind a command, with or without a #, says what it does."""

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def quoted(page: Path) -> Iterator[str]:
    """Yield what a page writes as code: between backticks, and each line of its blocks."""
    text = page.read_text(encoding="utf-8")
    for block in FENCE.findall(text):
        yield from block.split("\n")[1:-1]
    for code in CODE.findall(FENCE.sub("", text)):
        yield " ".join(code.split())


@each_page
def test_every_link_leads_somewhere(page: Path) -> None:
    prose = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    for link in LINK.findall(prose):
        if "://" in link:
            continue
        path, _, heading = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), f"{page.name}: {link}"
        if heading:
            assert heading in headings(target), f"{page.name}: {link}"


@each_page
def test_every_file_that_is_named_exists(page: Path) -> None:
    for code in quoted(page):
        # A path alone, not one within a longer expression; NAME is the reader's to choose.
        if PATH.fullmatch(code) and "NAME" not in code:
            assert (ROOT / code).exists(), f"{page.name}: {code}"


@each_page
def test_every_command_that_is_named_exists_with_its_options(page: Path) -> None:
    for code in quoted(page):
        if (found := COMMAND.match(code)) is not None:
            line = COMMENT.sub("", (found[1] or "").split("#")[0].split(" | ")[0]).strip()
            try:
                words = shlex.split(line)
            except ValueError:  # no command but a file that begins so
                continue
            check(words, f"{page.name}: {code}")


def check(words: list[str], where: str) -> None:
    """Follow the words of a command line through the commands, and look up the options."""
    command: click.Command = main
    options = {"--help", "-h"}
    for index, word in enumerate(words):
        options |= {name for option in command.params for name in option.opts}
        if word.startswith("-") and word != "-":
            assert word in options, f"{where}: no option {word}"
        elif isinstance(command, click.Group):
            previous = words[index - 1] if index else ""
            if previous in ("--intents", "--model"):
                continue
            found = command.get_command(click.Context(command), word)
            assert found is not None, f"{where}: no command {word}"
            command = found


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        found[1]
        for page in PAGES
        for code in quoted(page)
        if (found := re.match(r"make ([a-z-]+)", code)) is not None
    }
    assert {"check", "test"} <= named
    assert named <= targets, named - targets


def test_the_page_of_limits_names_the_limits_of_the_code() -> None:
    from chatbot import common, words
    from chatbot.conversation import history
    from chatbot.insight import comparison, neighbours, shares
    from chatbot.learning import head_by_batches, large, run
    from chatbot.quality import health
    from chatbot.tui.flows import small_terminal
    from chatbot.tui.screens import long_reader
    from chatbot.tui.widgets import conversation, prompt, turn_view

    page = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
    limits = (
        common.MESSAGE_CHARACTERS,
        common.READ_CHARACTERS,
        common.KEPT_WORDS,
        common.TAUGHT_CHARACTERS,
        words.LONGEST_WORD,
        words.MAX_WORD_CHARACTERS,
        history.KEPT,
        history.KEPT_CHARACTERS,
        comparison.SWAPPED_WORDS,
        shares.LONGEST_SHARED,
        shares.EXACT_WORDS,
        *small_terminal.LEAST,
        long_reader.AT_ONCE,
        conversation.STATES_KEPT,
        conversation.WORDS_KEPT,
        prompt.EDITED_CHARACTERS,
        turn_view.SHOWN_CHARACTERS,
        health.COMPARED,
        health.JUDGED,
        large.LARGE,
        large.SAMPLE,
        head_by_batches.EPOCH,
        run.EPOCH,
        neighbours.MOST,
    )
    missing = [limit for limit in limits if not re.search(rf"\b{limit:,}\b", page)]
    assert not missing
