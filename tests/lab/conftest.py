"""A lab trained on the small file, quickly: fewer units and steps than the real one."""

from __future__ import annotations

import json

import pytest

from chatbot.intents.check import check_text
from chatbot.intents.types import Intents
from chatbot.lab.results import Lab
from chatbot.learning.lab.training import Plan, run_lab
from tests.conftest import SMALL

QUICK = Plan(hidden=24, steps=80)


@pytest.fixture(scope="session")
def small_intents() -> Intents:
    found = check_text(json.dumps(SMALL)).intents
    assert found is not None
    return found


@pytest.fixture(scope="session")
def lab(small_intents: Intents) -> Lab:
    *_, last = run_lab(small_intents, QUICK)
    assert isinstance(last, Lab)
    return last
