"""JSON of another kind of file: it is named, so that nobody looks for a typo in it."""

from __future__ import annotations

from typing import Any

from chatbot.common import N_, _

_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    (N_("Rasa training data"), frozenset({"rasa_nlu_data"})),
    (N_("an Alexa interaction model"), frozenset({"interactionModel"})),
    (N_("an Alexa interaction model"), frozenset({"languageModel"})),
    (N_("an Amazon Lex bot"), frozenset({"metadata", "resource"})),
    (N_("a package.json of Node.js"), frozenset({"name", "version", "dependencies"})),
    (N_("a package.json of Node.js"), frozenset({"name", "version", "devDependencies"})),
    (N_("a package.json of Node.js"), frozenset({"name", "version", "scripts"})),
    (N_("a package-lock.json of Node.js"), frozenset({"lockfileVersion"})),
    (N_("a tsconfig.json of TypeScript"), frozenset({"compilerOptions"})),
    (N_("a Jupyter notebook"), frozenset({"nbformat"})),
    (N_("an OpenAPI description"), frozenset({"openapi"})),
    (N_("a JSON Schema"), frozenset({"$schema", "properties"})),
    (N_("GeoJSON"), frozenset({"type", "features"})),
)
"""Kinds of file, by the keys that all stand at their root."""


def kind_of_json(data: dict[str, Any]) -> str | None:
    """Return what kind of file has this root object, with its article; None for no known one."""
    if is_alexa(data.get("intents")):
        return _("an Alexa interaction model")
    return next((_(kind) for kind, keys in _KINDS if keys <= data.keys()), None)


def is_alexa(items: Any) -> bool:
    """Tell whether a list of intents is Alexa's: with slots or samples, none with a tag."""
    objects = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return any("slots" in item or "samples" in item for item in objects) and not any(
        "tag" in item or "patterns" in item for item in objects
    )
