"""The check never raises, whatever the text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.intents.check import check_text
from tests.intents.texts import ANY_TEXT, GOOD, JSON

NEARLY_INTENTS = st.fixed_dictionaries(
    {},
    optional={
        "intents": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "tag": st.sampled_from(["a", " a", "Fallback", "", "\ud800", "\n"]) | JSON,
                    "patterns": st.lists(st.sampled_from(["x", " X", "", "\ud800"]) | JSON) | JSON,
                    "responses": st.lists(st.sampled_from(["{time}", "{no}", "\x1b[2J"])) | JSON,
                    "slots": JSON,
                },
            )
            | JSON,
            max_size=5,
        )
        | JSON
    },
)


@given(ANY_TEXT)
def test_check_never_raises_for_any_text(text: str) -> None:
    report = check_text(text)
    assert report.intents is None
    assert "\n".join(finding.describe("f") for finding in report.findings).encode()


@given(ANY_TEXT, st.integers(0, len(GOOD)), st.integers(0, 9))
def test_check_never_raises_for_a_file_half_typed(more: str, start: int, cut: int) -> None:
    text = GOOD[:start] + more + GOOD[start + cut :]
    report = check_text(text)
    assert (report.intents is None) == bool(report.errors)


@settings(max_examples=300)
@given(NEARLY_INTENTS, st.booleans())
@pytest.mark.slow
def test_check_never_raises_for_nearly_an_intents_file(data: Any, ascii_only: bool) -> None:
    text = json.dumps(data, ensure_ascii=ascii_only, indent=1)
    report = check_text(text)
    lines = text.split("\n")
    assert (report.intents is None) == bool(report.errors)
    assert list(report.findings) == sorted(report.findings, key=lambda found: found.position)
    for finding in report.findings:
        assert len(finding.describe("f").encode().splitlines()) == 1
        assert finding.position.column <= len(lines[finding.position.line - 1]) + 1
    if report.intents is not None:
        assert len(report.intents.digest) == 64
        assert report.intents.trainable
