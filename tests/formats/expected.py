"""What each sample brings, and where the samples are."""

from __future__ import annotations

from pathlib import Path

from tests.formats.expected_assistants import ASSISTANTS
from tests.formats.expected_plain import PLAIN
from tests.formats.expected_projects import PROJECTS, Expected
from tests.formats.expected_questions import QUESTIONS

SAMPLES = Path(__file__).parent / "samples"

EXPECTED: dict[str, Expected] = {**PLAIN, **ASSISTANTS, **PROJECTS, **QUESTIONS}
"""The format, each intent's patterns and replies in their order, and the notes."""
