"""The keys in use, for the texts that name one."""

from __future__ import annotations

from collections.abc import Callable

from textual.dom import DOMNode

from chatbot.tui.actions import Keymap
from chatbot.tui.session.state import Session


def keys_of(node: DOMNode) -> Keymap:
    """Return the keys in use in the app of a node; in an app that is not ours, the defaults."""
    session = getattr(node.app, "session", None)
    return session.keys if isinstance(session, Session) else Keymap()


def follow_keys(node: DOMNode, use: Callable[[Keymap], object]) -> None:
    """Call `use` with the keys in use, and again with the others when they change."""
    session = getattr(node.app, "session", None)
    if isinstance(session, Session):
        session.keys_changed.subscribe(node, use)
    use(keys_of(node))


def key_of(node: DOMNode, action: str) -> str:
    """Return the first key of an action as people write it, in the app of a node."""
    return keys_of(node).written(action)
