"""The quickly trained lab, as the lab's own tests have it."""

from tests.lab.conftest import lab, small_intents

__all__ = ["lab", "small_intents"]
