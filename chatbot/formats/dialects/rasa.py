"""Rasa: a project in YAML (2, 3), Markdown (1) or JSON; its files are read together.

An intent's replies are those of `utter_<intent>`. If there is none, they are those of the `utter_…`
action that follows the intent, provided that it is the same in every story and rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chatbot.formats.annotations import marked
from chatbot.formats.dialects import rasa_json, rasa_markdown, rasa_yaml
from chatbot.formats.documents import Document
from chatbot.formats.format import Format
from chatbot.formats.gathering import Gathering
from chatbot.intents import annotated

FALLBACK_RESPONSES = ("default", "fallback", "nlu_fallback", "please_rephrase", "out_of_scope")
"""Without `utter_`: the names of Rasa's own fallback action, and those its examples use."""


@dataclass
class Project:
    """What the files of a project hold, before replies are matched to intents."""

    examples: dict[str, list[str]] = field(default_factory=dict)
    """By intent, as they are written."""
    marked: dict[str, list[str]] = field(default_factory=dict)
    """By intent, with values marked as ours are."""
    responses: dict[str, list[str]] = field(default_factory=dict)
    """By the name of the action."""
    synonyms: dict[str, list[str]] = field(default_factory=dict)
    """Other words for a value, by the value."""
    lookups: dict[str, list[str]] = field(default_factory=dict)
    """Values, by the name of the table: that of an entity."""
    expressions: dict[str, list[str]] = field(default_factory=dict)
    """Regular expressions, by their name."""
    next_actions: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """By intent: the actions that follow it in stories and rules."""


def _recognises(document: Document) -> bool:
    return any(module.recognises(document) for module in (rasa_json, rasa_markdown, rasa_yaml))


def _read(documents: Sequence[Document], into: Gathering) -> None:
    project = Project()
    roots = sorted({d.path.parent.as_posix() for d in documents if d.path.stem == "domain"})
    if len(roots) > 1:
        into.note("projects in it were read together; name one to read it alone", len(roots), roots)
    for document in documents:
        if rasa_json.recognises(document):
            rasa_json.read(document, project, into)
        elif rasa_yaml.recognises(document):
            rasa_yaml.read(document, project, into)
        else:
            rasa_markdown.read(document, project, into)
    means = {text.casefold(): value for value, texts in project.synonyms.items() for text in texts}
    said = {
        tag: [marked(text, into, means) for text in examples]
        for tag, examples in project.examples.items()
    }
    for tag, examples in project.marked.items():
        said.setdefault(tag, []).extend(examples)
    _declare(project, said, into)
    used = {name for tag in said if (name := _action(tag, project)) is not None}
    for tag, examples in said.items():
        action = _action(tag, project)
        into.add(tag, examples, project.responses.get(action or "", ()))
        if action is None and len(project.next_actions.get(tag, ())) > 1:
            into.note("intents got no replies: which one depends on the story", 1, [tag])
    used |= _add_fallback(project, into)
    left = [t for name, texts in project.responses.items() if name not in used for t in texts]
    into.note("replies that do not belong to a single intent were left out", len(left), left)


def _declare(project: Project, said: Mapping[str, Sequence[str]], into: Gathering) -> None:
    """Give the entities what is said of their values; what belongs to none is noted."""
    other = {text: value for value, texts in project.synonyms.items() for text in texts}
    for name, listed in project.lookups.items():
        values = [text for text in listed if other.get(text, text) not in {*listed} - {text}]
        if not (into.entities.has(name) and into.entities.declare(name, values)):
            into.note("lookup tables were left out", 1, [name])
    for name, expressions in project.expressions.items():
        one = expressions[0] if len(expressions) == 1 else "|".join(f"(?:{e})" for e in expressions)
        if not (into.entities.has(name) and into.entities.declare(name, regex=one)):
            into.note("regular expressions were left out", 1, [name])
    # A synonym belongs to the entities that have its value, or another word for it, in an example.
    names = [slot.name for slot in into.entities.slots()]
    marks = {
        (part.slot, text.casefold())
        for texts in said.values()
        for each in texts
        for part in annotated.parts_of(each, names)
        if part.slot and part.text is not None
        for text in (part.text, part.value)
    }
    marks |= {(n, v.casefold()) for n in names for v in into.entities.values_of(n)}
    for value, texts in project.synonyms.items():
        belongs = [n for n in names if any((n, t.casefold()) in marks for t in (value, *texts))]
        for name in belongs:
            into.entities.declare(name, {value: texts})
        into.note("entity synonyms were left out", not belongs, [value])


def _action(tag: str, project: Project) -> str | None:
    """Return the name of the action that answers an intent; None if that is not certain."""
    if f"utter_{tag}" in project.responses:
        return f"utter_{tag}"
    actions = project.next_actions.get(tag, set())
    if len(actions) == 1 and actions <= project.responses.keys():
        return next(iter(actions))
    return None


def _add_fallback(project: Project, into: Gathering) -> set[str]:
    """Add the replies to out-of-scope messages; return the name of their action."""
    named = [f"utter_{name}" for name in FALLBACK_RESPONSES if not into.has(name)]
    for action in [*project.next_actions.get("nlu_fallback", ()), *named]:
        if action in project.responses:
            into.add_fallback(project.responses[action])
            return {action}
    return set()


FORMAT = Format(
    "Rasa",
    _recognises,
    _read,
    "Examples are in nlu.yml, replies in domain.yml: name the project's folder",
)
