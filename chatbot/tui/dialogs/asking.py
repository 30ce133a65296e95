"""Coroutines that ask questions: one at a time, so that a key pressed twice asks once."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from textual.app import App
from textual.dom import DOMNode

GROUP = "asking"
"""The workers of these coroutines."""


def is_asking(app: App[Any]) -> bool:
    """Return whether a coroutine that asks is under way: a dialog is open, or about to be."""
    return any(worker.group == GROUP and not worker.is_finished for worker in app.workers)


def start_asking(
    node: DOMNode, coroutine: Coroutine[Any, Any, None], *, instead: bool = False
) -> None:
    """Run a coroutine that asks with `push_screen_wait`, for as long as the node is there.

    While another one is under way it is not begun, unless it shall run `instead` of it.
    """
    if is_asking(node.app) and not instead:
        coroutine.close()
    else:
        node.run_worker(coroutine, group=GROUP, exclusive=instead)
