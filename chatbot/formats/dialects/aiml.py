"""AIML 1 and 2: categories of a pattern and a template, in XML.

Patterns whose templates say the same become one intent, and so do those that refer to another one
with `<srai>`. `<random>` gives several replies. What depends on the conversation is left out: a
`<that>`, a topic, and replies with `<star/>`, `<condition>`, properties of the bot and the like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.formats import xml_text
from chatbot.formats.documents import Document
from chatbot.formats.errors import FormatError
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.naming import Namer
from chatbot.formats.templates import (
    MOST_LEVELS,
    MOST_TEXTS,
    Choice,
    Row,
    TemplateError,
    choice,
    expand,
    row,
)
from chatbot.formats.xml_text import Element

_ROOT = re.compile(r"<(?:\w+:)?aiml\b", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w\s*^#_]")
_WILDCARDS = {"*", "_", "^", "#"}
_BREAK = "\ue000"
"""Stands for `<br/>` while blanks are put right: a character of private use."""

_AS_ITS_TEXT = frozenset(
    {"template", "set", "uppercase", "lowercase", "formal", "sentence", "explode", "a", "b", "i",
     "u", "em", "strong", "font", "span", "div", "li", "ul", "ol", "p", "text", "gender", "person",
     "person2", "normalize", "denormalize"}
)  # fmt: skip
"""Elements of a template of which what is in them is said."""
_SILENT = frozenset({"think", "oob", "learn", "learnf", "gossip", "delay", "image", "img"})
_MOST_DEPTH = 50
"""Elements within elements, those that `<srai>` names included."""
_SLOTS = {"date": "{date}", "time": "{time}"}
_USER = {"name", "username", "user", "firstname"}


class _OpenError(Exception):
    """A template with an element that depends on the conversation; the argument is its name."""


@dataclass(frozen=True, slots=True)
class _Category:
    pattern: str
    """As people would type it; empty if it is only wildcards."""
    has_wildcard: bool
    key: str
    """The pattern as `<srai>` names it."""
    template: Element


def _recognises(document: Document) -> bool:
    if document.text.lstrip()[:1] != "<" or _ROOT.search(document.text) is None:
        return False
    if document.inside and document.path.suffix.lower() != ".aiml":
        try:
            xml_text.load(document)  # a broken file is worth an error only if it is somebody's AIML
        except FormatError as error:
            document.broken = error
            return False
    return True


def _read(documents: Sequence[Document], into: Gathering) -> None:
    categories = [c for document in documents for c in _categories(document, into)]
    exact = {category.pattern for category in categories if not category.has_wildcard}
    replies = _Replies(categories, into)
    tags: dict[tuple[str, ...], str] = {}
    namer = Namer(category.pattern for category in categories)
    for category in categories:
        said = replies.of(category)
        if not category.pattern:
            into.add_fallback(said)
            continue
        if category.has_wildcard:
            if category.pattern in exact:
                what = "patterns with wildcards that are another pattern without them were left out"
                into.note(what, 1, [category.key])
                continue
            into.note("wildcards in patterns were left out", 1, [category.key])
        group = tuple(said) or (category.key,)
        if group not in tags:
            tags[group] = namer.name(category.pattern)
        into.add(tags[group], [category.pattern], said if not into.has(tags[group]) else ())


def _categories(document: Document, into: Gathering) -> Iterator[_Category]:
    """Yield the categories of a file that are not bound to a topic or to a former reply."""
    pending = [(xml_text.load(document), False)]
    while pending:
        element, is_bound = pending.pop()
        is_bound |= element.name == "topic" and not _is_open(element.attributes.get("name", "*"))
        if element.name != "category":
            inner = [child for child in element.children if isinstance(child, Element)]
            pending += [(child, is_bound) for child in reversed(inner)]
            continue
        bounds = [*element.all("that"), *element.all("topic")]
        patterns, templates = element.all("pattern"), element.all("template")
        if not patterns or not templates:
            what = "categories without a pattern or a template were left out"
            into.note(what, 1, [_words(element)])
        elif is_bound or not all(_is_open(_words(bound)) for bound in bounds):
            what = "categories that wait for a topic or a former reply (<that>) were left out"
            into.note(what, 1, [_words(patterns[0])])
        else:
            yield from _category(patterns[0], templates[0], into)


def _category(pattern: Element, template: Element, into: Gathering) -> Iterator[_Category]:
    if any(child.name != "set" for child in pattern.children if isinstance(child, Element)):
        what = "patterns with properties of the bot were left out"
        into.note(what, 1, [_words(pattern)])
        return
    words = [word.lstrip("$") for word in _words(pattern).split()]
    plain = " ".join(word for word in words if word not in _WILDCARDS)
    yield _Category(
        plain.lower(),
        any(word in _WILDCARDS for word in words),
        _key(" ".join(words)),
        template,
    )


def _is_open(bound: str) -> bool:
    """Tell whether a topic or a former reply may be any."""
    return all(word in _WILDCARDS for word in bound.split())


def _words(element: Element) -> str:
    """Return the text in an element and in those within it, with single blanks."""
    texts: list[str] = []
    pending: list[Element | str] = [element]
    while pending:
        item = pending.pop()
        if isinstance(item, str):
            texts.append(item)
        else:
            pending += reversed(item.children)
    return " ".join("".join(texts).split())


def _key(text: str) -> str:
    """Return a pattern, or what `<srai>` says, as AIML compares them."""
    return " ".join(_PUNCTUATION.sub(" ", text).upper().split())


class _Replies:
    """What templates say, once `<srai>` is followed to the category it names."""

    def __init__(self, categories: Sequence[_Category], into: Gathering) -> None:
        self._by_key = {category.key: category.template for category in reversed(categories)}
        self._into = into
        self._known: dict[int, Row | _OpenError | TemplateError] = {}
        self._depth = 0
        self._within: list[str] = []

    def of(self, category: _Category) -> list[str]:
        """Return the replies of a category; none if they depend on the conversation."""
        try:
            expansion = expand(self._row(category.template))
        except _OpenError as error:
            what = "replies that depend on the conversation ({reason}) were left out"
            self._into.note(what, 1, [category.key], reason=error)
            return []
        except TemplateError as error:
            what = "replies that cannot be read were left out: {reason}"
            self._into.note(what, 1, [category.key], reason=error)
            return []
        what = "replies with more than {most} texts: {most} of each were taken"
        many = expansion.count > MOST_TEXTS
        self._into.note(what, many, expansion.texts[:1], most=MOST_TEXTS)
        lines = ([part.strip() for part in text.split(_BREAK)] for text in expansion.texts)
        return [text for parts in lines if (text := "\n".join(parts).strip())]

    def _row(self, element: Element) -> Row:
        """Return what an element says. Raises _OpenError and TemplateError."""
        known = self._known.get(id(element))
        if known is None:
            if self._depth == _MOST_DEPTH:
                raise TemplateError("nested too deeply")
            self._depth += 1
            try:
                known = row([self._part(child) for child in element.children])
            except (_OpenError, TemplateError) as error:
                known = error  # kept: what refers to it twice must not take twice as long
            finally:
                self._depth -= 1
            self._known[id(element)] = known
        if isinstance(known, Row):
            return known
        raise known

    def _part(self, child: Element | str) -> str | Choice:
        if isinstance(child, str):
            return child
        if child.name == "random":
            return self._random(child)
        if child.name == "srai":
            return self._referred(child)
        if child.name in _SILENT:
            what = "commands in templates (<think> and the like) were left out"
            self._into.note(what, 1, [f"<{child.name}> {_words(child)}"])
            return ""
        if child.name == "br":
            return _BREAK
        if child.name == "get" and child.attributes.get("name", "").lower() in _USER:
            return "{user}"
        if child.name in _SLOTS:
            return _SLOTS[child.name]
        if child.name in _AS_ITS_TEXT and child.children:
            return choice([self._row(child)])
        raise _OpenError(f"<{child.name}>")

    def _random(self, element: Element) -> Choice:
        """Return the alternatives that can be said. Raises _OpenError if there is none."""
        options, last = [], "<random>"
        for item in element.all("li"):
            try:
                options.append(self._row(item))
            except (_OpenError, TemplateError) as error:
                last = str(error)
                what = "replies that depend on the conversation ({reason}) were left out"
                self._into.note(what, 1, [_words(item) or str(error)], reason=error)
        if not options:
            raise _OpenError(last)
        return choice(options)

    def _referred(self, element: Element) -> Choice:
        """Return what the category says that `<srai>` names."""
        if any(isinstance(child, Element) for child in element.children):
            raise _OpenError("<srai> with <star/>")
        key = _key(_words(element))
        template = self._by_key.get(key)
        if template is None:
            raise _OpenError("<srai> to a pattern that is not there")
        if key in self._within or len(self._within) == MOST_LEVELS:
            raise _OpenError("<srai> that leads back to itself")
        self._within.append(key)
        try:
            return choice([self._row(template)])
        finally:
            self._within.pop()


FORMAT = Format("AIML", _recognises, _read)
