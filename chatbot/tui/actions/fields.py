"""The keys that move a cursor and edit a text: in text fields, lists, tables, pages and dialogs."""

from __future__ import annotations

from functools import partial

from chatbot.tui.actions.action import Action

_Text = partial(Action, place="text", in_footer=False, in_menu=False, priority=False)
_Cursor = partial(Action, place="cursor", in_footer=False, in_menu=False, priority=False)
_Dialog = partial(Action, place="dialog", in_footer=False, in_menu=False, priority=False)

_MOVES = (
    ("left", "left", "shift+left", "To the left"),
    ("right", "right", "shift+right", "To the right"),
    ("up", "up", "shift+up", "Up a line"),
    ("down", "down", "shift+down", "Down a line"),
    ("word_left", "ctrl+left", "ctrl+shift+left", "To the word before"),
    ("word_right", "ctrl+right", "ctrl+shift+right", "To the word after"),
    ("line_start", "home,ctrl+a", "shift+home", "To the start of the line"),
    ("line_end", "end,ctrl+e", "shift+end", "To the end of the line"),
    ("start", "ctrl+home", "ctrl+shift+home", "To the start of the text"),
    ("end", "ctrl+end", "ctrl+shift+end", "To the end of the text"),
)
"""Name, key, key with which it also selects, and title."""

TEXT = (
    *(_Text(f"text.{name}", key, title, "Move the cursor") for name, key, _, title in _MOVES),
    *(
        _Text(f"text.select_{name}", key, f"Select: {title.lower()}", "Select, and move the cursor")
        for name, _, key, title in _MOVES
    ),
    _Text("text.page_up", "pageup", "Up a page", "Move the cursor; with one line, scroll"),
    _Text("text.page_down", "pagedown", "Down a page", "Move the cursor; with one line, scroll"),
    _Text("text.select_all", "ctrl+shift+a", "Select all", "Select the whole text"),
    _Text("text.delete_left", "backspace", "Delete before", "Delete the character before"),
    _Text("text.delete_right", "delete,ctrl+d", "Delete after", "Delete the character after"),
    _Text(
        "text.delete_word_left",
        "ctrl+w,ctrl+backspace,alt+backspace",
        "Delete the word before",
        "Delete to the start of the word",
    ),
    _Text(
        "text.delete_word_right",
        "alt+delete",
        "Delete the word after",
        "Delete to the end of the word",
    ),
    _Text(
        "text.delete_to_start",
        "ctrl+u",
        "Delete to the start",
        "Delete to the start of the line",
    ),
    _Text("text.delete_to_end", "ctrl+k", "Delete to the end", "Delete to the end of the line"),
    _Text("text.delete_line", "ctrl+shift+k", "Delete the line", "Delete the whole line"),
    _Text("text.cut", "ctrl+x", "Cut", "Cut what is selected"),
    _Text("text.paste", "ctrl+v", "Paste", "Paste what was copied in the app"),
    _Text("text.undo", "ctrl+z", "Undo", "Undo the latest edit"),
    _Text("text.redo", "ctrl+y", "Redo", "Make it again"),
    _Text("text.enter", "enter", "Take it", "Take what is in a field of one line"),
)
"""In fields of text."""

CURSOR = (
    _Cursor("cursor.up", "up", "Up", "Up a line"),
    _Cursor("cursor.down", "down", "Down", "Down a line"),
    _Cursor("cursor.left", "left", "Left", "To the left"),
    _Cursor("cursor.right", "right", "Right", "To the right"),
    _Cursor("cursor.first", "home", "First", "To the first line"),
    _Cursor("cursor.last", "end", "Last", "To the last line"),
    _Cursor("cursor.page_up", "pageup", "Page up", "Up a page"),
    _Cursor("cursor.page_down", "pagedown", "Page down", "Down a page"),
    _Cursor("cursor.choose", "enter", "Choose", "Choose what the cursor is on"),
    _Cursor("cursor.mark", "space", "Mark", "Mark what the cursor is on, or not any more"),
)
"""In lists, tables and pages."""

DIALOG = (
    _Dialog("dialog.close", "escape", "Close", "Close a dialog; nothing is changed"),
    _Dialog("dialog.forget", "delete,backspace", "Take out of the list", "Of the recent bots"),
    _Dialog("dialog.less", "left,minus", "Less", "A lower threshold"),
    _Dialog("dialog.more", "right,plus", "More", "A higher threshold"),
    _Dialog("dialog.own", "m", "The model's own", "The threshold that the model has learned"),
)
"""In dialogs."""
