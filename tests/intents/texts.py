"""Texts of intents files, good and made up, and what the check says of them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from chatbot.intents.check import check_text
from chatbot.intents.findings import Finding

GOOD = """{
  "intents": [
    {"tag": "greeting", "patterns": ["Hi", "Hello"], "responses": ["Hello, {user}!"]},
    {"tag": "bye", "patterns": ["Bye"], "responses": ["See you."]},
    {"tag": "fallback", "patterns": [], "responses": ["What?"]}
  ]
}
"""

ANY_TEXT = st.text(st.characters(categories=None))
"""Half surrogate pairs too: hypothesis leaves them out by default."""

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def one(*intents: dict[str, Any], **more: Any) -> str:
    """Return an intents file of these intents and two that are fine."""
    fine = [
        {"tag": "fine", "patterns": ["fine pattern", "fine too"], "responses": ["r"]},
        {"tag": "well", "patterns": ["well pattern"], "responses": ["r"]},
    ]
    return json.dumps({"intents": [*fine, *intents], **more}, ensure_ascii=False)


def said(text: str) -> list[str]:
    """Return the findings of a text as people read them."""
    return [finding.describe("intents.json") for finding in check_text(text).findings]


def the_error(text: str) -> Finding:
    """Return the one error of a text."""
    report = check_text(text)
    assert report.intents is None
    (error,) = report.errors
    return error
