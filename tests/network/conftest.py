"""The intents of the small file, as the lab's tests have them."""

from tests.lab.conftest import small_intents

__all__ = ["small_intents"]
