"""A pattern "should move" only where that is nearly certain, and the finding says how certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatbot.intents.check import check_text
from chatbot.intents.findings import Finding, Fix
from chatbot.intents.types import Intent, Intents
from chatbot.quality import mixed_up
from chatbot.quality.health import examine
from chatbot.quality.mixed_up import SURE
from chatbot.quality.suspicious_labels import Suspicion

INTENTS = Intents(
    tuple(Intent(tag, tuple(f"{tag} {n}" for n in range(12)), ("x",)) for tag in ("yes", "no"))
)


def found(monkeypatch: pytest.MonkeyPatch, cosine: float, own: float) -> list[Finding]:
    """Return what is said of a pattern with these cosines."""
    suspicion = Suspicion("yes 1", "yes", "no", cosine, own)
    monkeypatch.setattr(mixed_up, "suspicions_among", lambda given: [suspicion])
    return list(examine(None, INTENTS))


def test_a_doubtful_pattern_is_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(monkeypatch, 0.54, 0.54 - SURE + 0.01) == []


@pytest.mark.parametrize(("cosine", "belonged"), [(0.5, 78), (0.7, 97)])
def test_a_certain_one_says_how_certain_and_can_be_moved(
    monkeypatch: pytest.MonkeyPatch, cosine: float, belonged: int
) -> None:
    (finding,) = found(monkeypatch, cosine, cosine - SURE - 0.01)
    assert finding.fix == Fix("move_pattern", "yes", "yes 1", "no")
    assert "99 were misplaced" in finding.remedy
    assert f"{belonged} belonged there" in finding.remedy


def test_no_pattern_of_the_default_file_should_move(default_intents: Path) -> None:
    report = check_text(default_intents.read_text(encoding="utf-8"))
    assert report.intents is not None
    assert [f.message for f in examine(report.document, report.intents) if f.fix is not None] == []
