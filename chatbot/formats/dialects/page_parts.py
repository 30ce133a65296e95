"""What a page consists of: titles with what follows them, rows of tables, what it tells others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from chatbot.formats import html_text
from chatbot.formats.answers import is_asked

_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})
_ENDS = {"summary": "details", "dt": "dl"}
"""What ends the answer to such a title, beside the next title."""
_NO_TEXT = frozenset(
    {"script", "style", "nav", "footer", "noscript", "template", "svg", "title", "select",
     "textarea", "iframe", "aside"}
)  # fmt: skip
_EMPHASIS = frozenset({"b", "strong", "button", "label"})
"""Elements that are a title where their text is a question; so are those of a class `question`."""
_LONGEST_TITLE = 500
_MARKS = {"p", "br", "a", "ul", "ol", "li", "div", "tr", "table", "blockquote", "pre"}
"""Those that decide where a line of the answer ends."""
_AS = {"dd": "p", "section": "div", "article": "div"}
_ODD = re.compile(r"<!\[[^<>]{0,200}>|<!\[")
"""`<![if …]>`, as Word writes it and the parser of older Pythons does not."""
_NUMBER = re.compile(r"^(?:\d{1,3}[.)]|Q\d{0,3}[:.)])\s+")
"""`12. When do you open?`, `Q: When do you open?`"""
_ELEMENT = re.compile(r"<[^<>]*>")
_MARKDOWN = re.compile(r"^(#{1,6})[ \t]+([^\n]{1,500}?)[ \t]*#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Part:
    """A title and the text below it."""

    kind: str
    """The name of its element: h2, summary, dt, …"""
    title: str
    answer: str


@dataclass(slots=True)
class Parts:
    """What was found on a page."""

    parts: list[Part] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    """Of all its tables."""
    scripts: list[str] = field(default_factory=list)
    """JSON-LD, as it is written there."""


@dataclass(slots=True)
class _Emphasis:
    """An element that may be a title."""

    tag: str
    depth: int = 1
    """How many elements of that name are open."""
    written: list[str] = field(default_factory=list)


def parts_of(text: str) -> Parts:
    """Return the parts of a page in HTML, or in Markdown with elements of HTML."""
    headed = _MARKDOWN.sub(lambda line: f"<h{len(line[1])}>{line[2]}</h{len(line[1])}>", text)
    page = _Page()
    page.feed(_ODD.sub("", headed))
    page.feed("<br>")  # what is held back until the next element
    page.end()
    return page.found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Parts()
        self._hidden: list[str] = []
        """Elements without text that are open."""
        self._kind = ""
        self._title: list[str] = []
        self._answer: list[str] | None = None
        """None while the title is being read, and outside of parts."""
        self._maybe: _Emphasis | None = None
        self._cell: list[str] | None = None
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and "ld+json" in (dict(attrs).get("type") or ""):
            self._script = []
        if tag in _NO_TEXT:
            self._hidden.append(tag)
        elif self._hidden:
            return
        elif tag in _TITLES:
            self._give_up()
            self.end()
            self._kind = tag
        elif self._maybe is not None:
            self._maybe.depth += tag == self._maybe.tag
        elif (not self._kind or self._answer is not None) and _is_emphasis(tag, attrs):
            self._maybe = _Emphasis(tag)
        elif tag == "tr":
            self.found.rows.append([])
        elif tag in ("td", "th"):
            self._cell = []
        mark = _AS.get(tag, tag)
        if mark in _MARKS:
            address = dict(attrs).get("href") if tag == "a" else None
            self._write(f'<a href="{escape(address)}">' if address else f"<{mark}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.found.scripts.append("".join(self._script))
            self._script = None
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif self._hidden:
            return
        elif self._maybe is not None and tag == self._maybe.tag:
            self._maybe.depth -= 1
            if not self._maybe.depth:
                self._decide(self._maybe)
        elif tag == self._kind and self._answer is None:
            self._answer = []
        elif tag == _ENDS.get(self._kind):
            self.end()
        elif tag in ("td", "th") and self._cell is not None and self.found.rows:
            self.found.rows[-1].append(_text(self._cell))
            self._cell = None
        mark = _AS.get(tag, tag)
        if mark in _MARKS:
            self._write(f"</{mark}>")

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)
        elif not self._hidden:
            self._write(escape(data, quote=False))

    def _decide(self, emphasis: _Emphasis) -> None:
        """Make a title of what was emphasised, if it is a question; else it is part of the text."""
        said = _text(emphasis.written)
        if is_asked(said) and "\n" not in said and len(said) <= _LONGEST_TITLE:
            self._maybe = None
            self.end()
            self._kind, self._title, self._answer = emphasis.tag, emphasis.written, []
        else:
            self._give_up()

    def _give_up(self) -> None:
        """Put what was emphasised into the text around it."""
        written, self._maybe = [] if self._maybe is None else self._maybe.written, None
        for text in written:
            self._write(text)

    def end(self) -> None:
        """End the part that is open."""
        self._give_up()
        title = _NUMBER.sub("", " ".join(_text(self._title).strip("*_ ").split()), count=1)
        if self._kind and title:
            self.found.parts.append(Part(self._kind, title, _text(self._answer or [])))
        self._kind, self._title, self._answer = "", [], None

    def _write(self, text: str) -> None:
        if self._maybe is not None:
            self._maybe.written.append(text)
            return
        if self._cell is not None:
            self._cell.append(text)
        if self._answer is not None:
            self._answer.append(text)
        elif self._kind:
            self._title.append(text)


def _is_emphasis(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    return tag in _EMPHASIS or "question" in (dict(attrs).get("class") or "").lower()


def _text(written: list[str]) -> str:
    """Return what is read of a piece of HTML."""
    html = "".join(written)
    return html_text.plain(html).strip() if _ELEMENT.sub("", html).strip() else ""
