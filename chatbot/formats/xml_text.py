"""XML without surprises: no entity but XML's own five, nothing loaded, nothing nested endlessly."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from chatbot.common import _
from chatbot.formats.documents import Document
from chatbot.intents import Position

MOST_LEVELS = 100
"""Depth of elements; AIML needs about ten."""


@dataclass(slots=True)
class Element:
    """An element with what is in it, in order: texts and elements."""

    name: str
    """In lower case, without a prefix."""
    attributes: dict[str, str]
    line: int
    children: list[Element | str] = field(default_factory=list)

    def all(self, name: str) -> list[Element]:
        """Return the elements directly in it that have this name."""
        return [c for c in self.children if isinstance(c, Element) and c.name == name]


def load(document: Document) -> Element:
    """Return the root element. Raises FormatError with line and column."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    root = Element("", {}, 1)
    within = [root]

    def here() -> Position:
        return Position(parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(within) > MOST_LEVELS:
            message = _("it is nested deeper than {most} levels").format(most=MOST_LEVELS)
            raise document.error(message, _("Check that each element is closed"), here())
        plain = name.rpartition(":")[2].lower()
        element = Element(plain, attributes, parser.CurrentLineNumber)
        within[-1].children.append(element)
        within.append(element)

    def end(_name: str) -> None:
        within.pop()

    def text_in(text: str) -> None:
        within[-1].children.append(text)

    def refuse_entity(name: str, *__: object) -> None:
        # Ten entities of ten entities each, ten times over, would fill the memory.
        message = _("it defines an entity, {name}").format(name=name)
        raise document.error(message, _("Write out what it stands for"), here())

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text_in
    parser.EntityDeclHandler = refuse_entity
    try:
        parser.Parse(document.text.encode(), True)
    except expat.ExpatError as error:
        position = Position(error.lineno, error.offset + 1)
        what = expat.errors.messages.get(error.code, str(error))
        message = _("broken XML: {what}").format(what=what)
        remedy = _("Close each element, and write &amp; for &, &lt; for <")
        raise document.error(message, remedy, position) from error
    (element,) = (child for child in root.children if isinstance(child, Element))
    return element
