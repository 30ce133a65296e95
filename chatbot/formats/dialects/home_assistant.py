"""Home Assistant: custom sentences in YAML, and the intents of `conversation:` with their scripts.

`intents: {LightOn: {data: [{sentences: […]}]}}`, with `lists` for `{area}`, `expansion_rules` for
`<rule>`, and `responses: {intents: {LightOn: {default: …}}}`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from chatbot.formats.documents import Document
from chatbot.formats.format import Format, names_in, objects, size, string, strings, yaml_texts
from chatbot.formats.gathering import Gathering
from chatbot.formats.slotted import expanded, unreadable
from chatbot.formats.templates import MOST_LEVELS, Row, TemplateError, parse

_MARKS = (
    "sentences:", "expansion_rules:", "lists:", "responses:", "intent_script:", "conversation:",
)  # fmt: skip


def _recognises(document: Document) -> bool:
    if not any(mark in document.text for mark in _MARKS):
        return False
    if document.is_broken_yaml:
        return "sentences:" in document.text and "intents:" in document.text
    return any(_is_home_assistant(data) for data in _roots(document))


def _is_home_assistant(data: dict[str, Any]) -> bool:
    if any(any("sentences" in item for item in items) for _, items in _intents(data)):
        return True
    responses = data.get("responses")
    if "language" in data and (
        any(isinstance(data.get(key), dict) for key in ("expansion_rules", "lists"))
        or (isinstance(responses, dict) and isinstance(responses.get("intents"), dict))
    ):
        return True
    return bool(_commands(data)) or isinstance(data.get("intent_script"), dict)


def _roots(document: Document) -> list[dict[str, Any]]:
    return objects(document.yaml)


def _intents(data: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield intents with their groups of sentences."""
    intents = data.get("intents")
    for name, intent in intents.items() if isinstance(intents, dict) else ():
        if isinstance(intent, dict):
            yield name, objects(intent.get("data"))


def _commands(data: dict[str, Any]) -> dict[str, Any]:
    """Return the sentences of `conversation:` in configuration.yaml, by intent."""
    conversation = data.get("conversation")
    intents = conversation.get("intents") if isinstance(conversation, dict) else None
    return intents if isinstance(intents, dict) else {}


def _read(documents: Sequence[Document], into: Gathering) -> None:
    roots = [root for document in documents for root in objects(document.readable_yaml())]
    texts: Counter[str] = Counter()
    for root in roots:
        found = sum(size(item.get("sentences")) for _, items in _intents(root) for item in items)
        if root.get("language"):
            texts[string(root["language"])] += found
    language = into.language(texts) if texts else None
    roots = [root for root in roots if string(root.get("language")) in (language, "")]
    expander = _Expander(roots, into)
    for root in roots:
        for name, items in _intents(root):
            for item in items:
                sentences = yaml_texts(item.get("sentences"))
                into.add(name, [text for line in sentences for text in expander.texts(line)])
                conditions = len(item.keys() & {"requires_context", "excludes_context"})
                what = "sentences that need a context are now always understood"
                into.note(what, conditions, sentences)
                into.note(
                    "slots were left out", size(item.get("slots")), names_in(item.get("slots"))
                )
        for name, sentences in _commands(root).items():
            lines = yaml_texts(sentences)
            into.add(name, [text for line in lines for text in expander.texts(line)])
    for root in roots:
        _read_responses(root, into)


def _read_responses(root: dict[str, Any], into: Gathering) -> None:
    """Add the replies: `default`, or the only one; the others depend on what was done."""
    responses = root.get("responses")
    by_intent = responses.get("intents") if isinstance(responses, dict) else None
    for name, variants in by_intent.items() if isinstance(by_intent, dict) else ():
        if isinstance(variants, str):
            variants = {"default": variants}
        if not isinstance(variants, dict):
            continue
        key = "default" if "default" in variants else next(iter(variants), "")
        others = [text for k, value in variants.items() if k != key for text in strings(value)]
        into.note("replies for other outcomes than the default were left out", len(others), others)
        _reply(name, strings(variants.get(key)), into)
    scripts = root.get("intent_script")
    for name, script in scripts.items() if isinstance(scripts, dict) else ():
        script = script if isinstance(script, dict) else {}
        acts = bool(script.get("action") or script.get("actions"))
        into.note("actions were left out", acts, [name])
        speech = script.get("speech")
        _reply(name, strings(speech.get("text") if isinstance(speech, dict) else speech), into)


def _reply(name: str, replies: list[str], into: Gathering) -> None:
    if into.has(name):
        into.add(name, (), replies)
    else:
        into.note("replies to intents without sentences were left out", len(replies), replies)


class _Expander:
    """Expands sentences: rules are templates of their own, the values of lists fill slots."""

    def __init__(self, roots: Sequence[dict[str, Any]], into: Gathering) -> None:
        self._into = into
        self._rules: dict[str, str] = {}
        self._known: dict[str, Row] = {}
        self._within: list[str] = []
        self._values: dict[str, list[str]] = {}
        for root in roots:
            for name, rule in _items(root.get("expansion_rules")):
                self._rules[name] = string(rule)
            for name, values in _items(root.get("lists")):
                self._values[name] = list(_list_values(values))
        left = [
            name for name, some in self._values.items() if not into.entities.declare(name, some)
        ]
        into.note("entities were left out", len(left), left)

    def texts(self, sentence: str) -> list[str]:
        """Return the texts of a sentence."""
        try:
            return expanded(parse(sentence, self._reference, orders=True), self._values, self._into)
        except TemplateError as error:
            unreadable(sentence, error, self._into)
            return []

    def _reference(self, token: str) -> Row | None:
        """Return what a <rule> stands for, and a {list:slot} as {list}."""
        name = token[1:-1].strip()
        if token.startswith("{"):
            name = name.split(":", 1)[0].strip()
            return Row(("{" + name + "}",), 1, len(name) + 2, 0)
        if name in self._within:
            raise TemplateError(f"{token} contains itself")
        if len(self._within) == MOST_LEVELS:
            raise TemplateError("references nested too deeply")
        if name not in self._rules:
            self._into.note("rules that are not there became their names", 1, [token])
            return parse(name.replace("_", " "))
        if name not in self._known:
            self._within.append(name)
            try:
                self._known[name] = parse(self._rules[name], self._reference, orders=True)
            finally:
                self._within.pop()
        return self._known[name]


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _list_values(description: Any) -> Iterator[str]:
    """Yield the values of a list: texts, `in` of objects, or the ends of a range."""
    values = description.get("values") if isinstance(description, dict) else None
    for value in values if isinstance(values, list) else ():
        text = string(value.get("in")) if isinstance(value, dict) else string(value)
        try:
            yield parse(text).text(0)
        except TemplateError:
            yield text
    bounds = description.get("range") if isinstance(description, dict) else None
    if isinstance(bounds, dict):
        yield from filter(None, (string(bounds.get("from")), string(bounds.get("to"))))


FORMAT = Format(
    "Home Assistant",
    _recognises,
    _read,
    "Its examples are the sentences of its intents: name the folder that has them",
)
