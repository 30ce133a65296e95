"""Plays a view of the panel: its words come one by one."""

from __future__ import annotations

from textual.timer import Timer

from chatbot.tui.panel.view import PanelView

SECONDS_PER_WORD = 0.6


class Player:
    """Plays one view at a time."""

    def __init__(self) -> None:
        self._view: PanelView | None = None
        self._timer: Timer | None = None

    def toggle(self, view: PanelView) -> None:
        """Play a view from its first word; while it plays, stop it."""
        if self._view is not None:
            self.stop()
        elif not view.HAS_WORD_ROWS or view.rows == 0:
            return
        elif view.app.animation_level == "none":
            # Nothing moves by itself for those who asked for that: a key press is a step.
            view.move_to((view.cursor + 1) % view.rows)
        else:
            view.play_to(0)
            self._view = view
            self._timer = view.set_interval(SECONDS_PER_WORD, self._next_word)

    def stop(self) -> None:
        """Show all words again."""
        if self._timer is not None and self._view is not None:
            self._timer.stop()
            self._view.play_to(None)
        self._view = self._timer = None

    def _next_word(self) -> None:
        view = self._view
        if view is None or view.upto is None:
            return
        # Somebody who moves the cursor wants to look, not to watch.
        if view.upto >= view.rows - 1 or view.cursor != view.upto:
            self.stop()
        else:
            view.play_to(view.upto + 1)
