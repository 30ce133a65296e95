"""Lists that can be paged at any moment: Textual's (8.2) fail before their lines are laid out."""

from __future__ import annotations

from typing import Any

from textual.widgets import OptionList, SelectionList


class SteadyOptionList(OptionList):
    """A list of options."""

    def _move_page(self, direction: Any) -> None:
        if can_page(self):
            super()._move_page(direction)


class SteadySelectionList(SelectionList[str]):
    """A list of texts that can be marked."""

    def _move_page(self, direction: Any) -> None:
        if can_page(self):
            super()._move_page(direction)


def can_page(options: OptionList) -> bool:
    """Return whether the list has a place for a page, and knows where its options are."""
    return bool(options.scrollable_content_region and options._lines) and (
        (options.highlighted or 0) in options._index_to_line
    )


def is_still_there(event: OptionList.OptionMessage) -> bool:
    """Return whether the option that a message is about is in its list, at the same place.

    The list may have changed while the message was on its way: then nobody has chosen what is
    there now.
    """
    options, index = event.option_list, event.option_index
    return index < options.option_count and options.get_option_at_index(index) is event.option
