"""The keys that move a cursor and edit a text: in text fields, lists, tables, pages and dialogs."""

from __future__ import annotations

from functools import partial

from chatbot.common import N_
from chatbot.tui.actions.action import Action

_Text = partial(Action, place="text", in_footer=False, in_menu=False, priority=False)
_Cursor = partial(Action, place="cursor", in_footer=False, in_menu=False, priority=False)
_Dialog = partial(Action, place="dialog", in_menu=False, priority=False)

_MOVES = (
    ("left", "left", "shift+left", N_("To the left"), N_("Select to the left")),
    ("right", "right", "shift+right", N_("To the right"), N_("Select to the right")),
    ("up", "up", "shift+up", N_("Up a line"), N_("Select a line up")),
    ("down", "down", "shift+down", N_("Down a line"), N_("Select a line down")),
    (
        "word_left",
        "ctrl+left",
        "ctrl+shift+left",
        N_("To the word before"),
        N_("Select to the word before"),
    ),
    (
        "word_right",
        "ctrl+right",
        "ctrl+shift+right",
        N_("To the word after"),
        N_("Select to the word after"),
    ),
    (
        "line_start",
        "home,ctrl+a",
        "shift+home",
        N_("To the start of the line"),
        N_("Select to the start of the line"),
    ),
    (
        "line_end",
        "end,ctrl+e",
        "shift+end",
        N_("To the end of the line"),
        N_("Select to the end of the line"),
    ),
    (
        "start",
        "ctrl+home",
        "ctrl+shift+home",
        N_("To the start of the text"),
        N_("Select to the start of the text"),
    ),
    (
        "end",
        "ctrl+end",
        "ctrl+shift+end",
        N_("To the end of the text"),
        N_("Select to the end of the text"),
    ),
)
"""Name, key, key with which it also selects, and the titles of both."""

TEXT = (
    *(
        _Text(f"text.{name}", key, title, N_("Move the cursor"))
        for name, key, _, title, _ in _MOVES
    ),
    *(
        _Text(f"text.select_{name}", key, title, N_("Select, and move the cursor"))
        for name, _, key, _, title in _MOVES
    ),
    _Text("text.page_up", "pageup", N_("Up a page"), N_("Move the cursor; with one line, scroll")),
    _Text(
        "text.page_down",
        "pagedown",
        N_("Down a page"),
        N_("Move the cursor; with one line, scroll"),
    ),
    _Text("text.select_all", "ctrl+shift+a", N_("Select all"), N_("Select the whole text")),
    _Text("text.delete_left", "backspace", N_("Delete before"), N_("Delete the character before")),
    _Text(
        "text.delete_right", "delete,ctrl+d", N_("Delete after"), N_("Delete the character after")
    ),
    _Text(
        "text.delete_word_left",
        "ctrl+w,ctrl+backspace,alt+backspace",
        N_("Delete the word before"),
        N_("Delete to the start of the word"),
    ),
    _Text(
        "text.delete_word_right",
        "alt+delete",
        N_("Delete the word after"),
        N_("Delete to the end of the word"),
    ),
    _Text(
        "text.delete_to_start",
        "ctrl+u",
        N_("Delete to the start"),
        N_("Delete to the start of the line"),
    ),
    _Text(
        "text.delete_to_end", "ctrl+k", N_("Delete to the end"), N_("Delete to the end of the line")
    ),
    _Text("text.delete_line", "ctrl+shift+k", N_("Delete the line"), N_("Delete the whole line")),
    _Text("text.cut", "ctrl+x", N_("Cut"), N_("Cut what is selected")),
    _Text("text.paste", "ctrl+v", N_("Paste"), N_("Paste what was copied in the app")),
    _Text("text.undo", "ctrl+z", N_("Undo"), N_("Undo the latest edit")),
    _Text("text.redo", "ctrl+y", N_("Redo"), N_("Make it again")),
    _Text(
        "text.enter",
        "enter",
        N_("Take it"),
        N_("Take what is in a field of one line"),
        in_footer=True,
    ),
)
"""In fields of text."""

CURSOR = (
    _Cursor("cursor.up", "up", N_("Up"), N_("Up a line")),
    _Cursor("cursor.down", "down", N_("Down"), N_("Down a line")),
    _Cursor("cursor.left", "left", N_("Left"), N_("To the left")),
    _Cursor("cursor.right", "right", N_("Right"), N_("To the right")),
    _Cursor("cursor.first", "home", N_("First"), N_("To the first line")),
    _Cursor("cursor.last", "end", N_("Last"), N_("To the last line")),
    _Cursor("cursor.page_up", "pageup", N_("Page up"), N_("Up a page")),
    _Cursor("cursor.page_down", "pagedown", N_("Page down"), N_("Down a page")),
    _Cursor(
        "cursor.choose",
        "enter",
        N_("Choose"),
        N_("Choose what the cursor is on"),
        in_footer=True,
    ),
    _Cursor(
        "cursor.mark",
        "space",
        N_("Mark"),
        N_("Mark what the cursor is on, or not any more"),
        in_footer=True,
    ),
)
"""In lists, tables and pages."""

DIALOG = (
    _Dialog(
        "dialog.close",
        "escape",
        N_("Close"),
        N_("Close a dialog; nothing is changed"),
    ),
    _Dialog(
        "dialog.forget", "delete,backspace", N_("Take out of the list"), N_("Of the recent bots")
    ),
    _Dialog("dialog.less", "left,minus", N_("Less"), N_("A lower threshold")),
    _Dialog("dialog.more", "right,plus", N_("More"), N_("A higher threshold")),
    _Dialog(
        "dialog.own", "m", N_("The model's own"), N_("The threshold that the model has learned")
    ),
)
"""In dialogs."""
