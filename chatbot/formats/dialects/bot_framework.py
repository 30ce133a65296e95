"""Bot Framework: `.lu` files with intents and utterances, `.qna` files with questions and answers.

`# Greet`, then `- hello`; `{name=bob}` is an entity with its text, `{name}` one without; `# ? how`,
then other questions and the answer between ``` lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from chatbot.common import _
from chatbot.formats.documents import Document
from chatbot.formats.entities import kind_of
from chatbot.formats.format import Copies, Format
from chatbot.formats.gathering import Gathering
from chatbot.formats.languages import named_in
from chatbot.formats.naming import Namer
from chatbot.formats.slotted import expanded

_HEAD = re.compile(r"(#{1,6})[ \t]*(\?)?[ \t]*(\S.*)$")
_ITEM = re.compile(r"[-*+][ \t]+(\S.*)$")
_ENTITY = re.compile(
    r"@[ \t]*(?P<kind>\w[\w-]*)[ \t]+(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+))(?P<more>[^\n]*)"
    r"|\$(\w[\w .-]{0,100}):[ \t]*(?:(?P<value>[^=\n]{1,200})=[ \t]*$)?"
)
_EXPRESSION = re.compile(r"[^/]{0,50}/(.{1,2000})/[ \t]*$")
"""After the name of an entity: ` = /[0-9]{5}/`."""
_FEATURE = re.compile(r"[^\n]{0,100}?\b(?:usesFeatures?|hasFeatures?)[ \t]+(\w+)", re.IGNORECASE)
# The lengths are bounded so that no text takes longer than in proportion to its size.
_LABEL = re.compile(r"\{[ \t@]{0,9}([\w .:@-]{1,100})=([^{}\n]{0,500})\}")
_LABELLED = re.compile("\ue000(\\d+)\ue001")
"""Stands for a labelled value until templates are expanded: its mark has brackets too."""
_PLACEHOLDER = re.compile(r"\{[ \t@]{0,9}([\w .-]{1,100})(?::[\w .-]{1,100})?\}")
_LINK = re.compile(r"\[[^\[\]\n]{0,200}\]\([^()\n]{1,500}\)$")
_TEMPLATE = re.compile(r"\{|\([^()|]*\||\[[^\[\]]*\]")
_ESCAPED = re.compile(r"\\([\\{}()\[\]|@])")
_MARK = re.compile(
    r"^>[ \t]*!#|^@[ \t]*(?:ml|list|prebuilt|simple|regex|closedlist|composite|phraselist"
    r"|patternany|intent)\b|^#+[ \t]*\?",
    re.MULTILINE,
)
_ENDINGS = {".lu", ".qna"}
_MOST_NESTED = 8
"""Entities in entities."""


def _recognises(document: Document) -> bool:
    text, ending = document.text, document.path.suffix.lower()
    # Anybody's Markdown has heads and lists. A label, at least, is none.
    return (
        _MARK.search(text) is not None
        or ending in _ENDINGS
        or (ending != ".md" and text.lstrip()[:1] in "#>" and _LABEL.search(text) is not None)
    ) and _has_items(text)


def _has_items(text: str) -> bool:
    """Tell whether a head has an item or an answer below it."""
    below = False
    for line in map(str.strip, text.split("\n")):
        if line.startswith("#"):
            below = _HEAD.match(line) is not None
        elif below and (_ITEM.match(line) or line.startswith("```")):
            return True
        elif line and not line.startswith(">"):
            below = False
    return False


@dataclass
class _Found:
    """What the files hold, before templates are expanded."""

    utterances: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By intent."""
    values: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    """By entity: its values with their synonyms."""
    entities: list[str] = field(default_factory=list)
    """Of which a file says no values."""
    answers: list[tuple[list[str], str]] = field(default_factory=list)
    """Questions that have the same answer, and it."""


def _read(documents: Sequence[Document], into: Gathering) -> None:
    texts: Counter[str] = Counter()
    for document in documents:
        texts[named_in(document.path)] += document.text.count("\n- ")
    language = into.language(texts) if any(texts) else ""
    found = _Found()
    for document in documents:
        if named_in(document.path) in (language, ""):
            _Reader(found, into).read(document)
    for entity, values in found.values.items():
        into.note("entities were left out", not into.entities.declare(entity, values), [entity])
    for name, utterances in found.utterances.items():
        into.add(name, [text for line in utterances for text in _texts(line, found, into)])
    left = [entity for entity in found.entities if not into.entities.has(entity)]
    into.note("entities were left out", len(left), left)
    by_answer: dict[str, list[str]] = defaultdict(list)
    for questions, answer in found.answers:
        by_answer[answer] += questions
    asked = (question for questions in by_answer.values() for question in questions)
    namer = Namer(asked, found.utterances)
    for answer, questions in by_answer.items():
        into.add(namer.name(questions[0]), questions, [answer])


def _texts(line: str, found: _Found, into: Gathering) -> list[str]:
    """Return the texts of an utterance or a pattern."""
    plain = line
    values: list[str] = []

    def labelled(label: re.Match[str]) -> str:
        value, entity = label[2].strip(), label[1].rpartition(":")[0] or label[1]
        if _LABELLED.search(value) or _ESCAPED.search(value):
            into.note("entity annotations became plain text", 1, [line])
            return value
        values.append(into.entities.mark(value, entity))
        return f"\ue000{len(values) - 1}\ue001"

    for __ in range(_MOST_NESTED):
        plain, labels = _LABEL.subn(labelled, plain)
        if not labels:
            break
    texts = _expanded(plain, found, into)
    return [_LABELLED.sub(lambda place: values[int(place[1])], text).strip() for text in texts]


def _expanded(plain: str, found: _Found, into: Gathering) -> list[str]:
    """Return the texts of an utterance without labels."""
    escaped = _ESCAPED.sub("", plain)
    if not _TEMPLATE.search(escaped) or escaped != plain:
        return [_ESCAPED.sub(lambda c: c[1], plain).strip()]
    values = {entity: list(some) for entity, some in found.values.items()}
    return expanded(_PLACEHOLDER.sub(lambda s: "{" + s[1].strip() + "}", plain), values, into)


class _Reader:
    """Reads the lines of one file."""

    def __init__(self, found: _Found, into: Gathering) -> None:
        self._found = found
        self._into = into
        self._lines: list[str] | None = None
        """Where the items of the current part go; None if they are left out."""
        self._questions: list[str] = []
        self._values: dict[str, list[str]] | None = None
        """Of the entity whose values come next."""
        self._synonyms: list[str] | None = None
        """Of the value whose synonyms come next."""

    def read(self, document: Document) -> None:
        """Read a file."""
        answer: list[str] | None = None
        for line in document.text.split("\n"):
            content = line.strip()
            if answer is not None:
                if content.startswith("```"):
                    self._answer("\n".join(answer).strip())
                    answer = None
                else:
                    answer.append(line)
            elif content.startswith("```") and self._questions:
                answer = []
            elif content and not content.startswith(">"):
                self._line(line, content)
        if answer is not None:
            message = _("the answer that begins with ``` does not end")
            raise document.error(message, _("Write ``` on a line of its own after it"))

    def _answer(self, answer: str) -> None:
        if answer:
            self._found.answers.append((self._questions, answer))
        self._questions, self._lines = [], None

    def _line(self, line: str, content: str) -> None:
        """Read a line that is neither a comment nor in an answer."""
        if head := _HEAD.match(content):
            self._values = None
            self._questions = [head[3].strip()] if head[2] else []
            self._lines = self._questions if head[2] else self._found.utterances[head[3].strip()]
        elif entity := _ENTITY.match(content):
            self._lines = self._values = None
            self._entity(entity)
        elif content.startswith("**"):  # filters and prompts of an answer
            self._lines = None
            self._into.note("filters and prompts of answers were left out", 1, [content.strip("*")])
        elif _LINK.fullmatch(content.lstrip("-*+ ")):
            self._into.note("links to other files were not followed", 1, [content.lstrip("-*+ ")])
        elif (item := _ITEM.match(content)) and self._values is not None:
            if item[1].rstrip().endswith(":"):  # the lines below it are its synonyms
                self._synonyms = self._values.setdefault(item[1].rstrip(": \t"), [])
            elif self._synonyms is None:
                self._values.setdefault(item[1].strip(), [])
            else:
                self._synonyms.append(item[1].strip())
        elif item is not None and self._lines is not None:
            self._lines.append(item[1])
        elif item is None:
            self._into.note("other lines were left out", 1, [content])

    def _entity(self, entity: re.Match[str]) -> None:
        """Add the entity that a line defines: a list, an expression, or one of the program's."""
        name = next(filter(None, (entity[i] for i in (2, 3, 4, 6))), "").strip()
        kind, more = entity["kind"], entity["more"] or ""
        entities = self._into.entities
        if kind in (None, "list"):
            self._values = self._found.values[name]
            value = (entity["value"] or "").strip()
            self._synonyms = self._values.setdefault(value, []) if value else None
        elif kind == "regex" and (found := _EXPRESSION.match(more)):
            if not entities.declare(name, regex=found[1]):
                self._into.note("regular expressions were left out", 1, [found[1]])
        elif feature := _FEATURE.match(more):
            entities.declare(f"builtin.{feature[1]}", called=name)
            self._found.entities.append(name)
        elif kind != "prebuilt" or kind_of(f"builtin.{name}") is None:
            self._found.entities.append(name)


FORMAT = Format("Bot Framework (.lu, .qna)", _recognises, _read, copies=Copies.BY_NAME)
