"""What can be done in the editor of the intents file."""

from __future__ import annotations

from functools import partial

from chatbot.common import N_
from chatbot.tui.actions.action import Action

_Edit = partial(Action, place="edit")
_List = partial(Action, place="edit.list", priority=False)

_Finding = partial(Action, place="edit.findings", priority=False)

EDITOR = (
    _Edit(
        "edit.form",
        "f2",
        N_("Form or JSON"),
        N_("The intent as a form, or the file as JSON"),
        call="after_typing('form')",
        label=N_("Form/JSON"),
        letter="J",
    ),
    _Edit(
        "edit.save", "ctrl+s", N_("Save"), N_("Save the intents file"), call="after_typing('save')"
    ),
    _Edit(
        "edit.add",
        "ctrl+t",
        N_("Add an intent"),
        N_("A new intent after the one at the cursor"),
        call="after_typing('add_intent')",
        label=N_("Add"),
    ),
    _Edit(
        "edit.next",
        "ctrl+g",
        N_("Next finding"),
        N_("Go to the next error, warning or hint"),
        call="after_typing('next_finding')",
        label=N_("Next"),
    ),
    _Edit(
        "edit.fix",
        "f6",
        N_("Fix"),
        N_("Make the remedy of the finding at the cursor"),
        call="after_typing('fix')",
        letter="F",
        in_footer=False,
    ),
    _Edit(
        "edit.revert",
        "ctrl+r",
        N_("Revert"),
        N_("Go back to the file on disk"),
        call="after_typing('revert')",
    ),
    _Edit(
        "edit.outside",
        "ctrl+e",
        N_("Open in your own editor"),
        N_("The command of the settings, else $VISUAL or $EDITOR"),
        call="after_typing('outside')",
        in_footer=False,
    ),
    _Edit(
        "edit.list",
        "ctrl+l",
        N_("List of intents"),
        N_("From the text to the list of intents and back"),
        call="after_typing('list')",
        label=N_("List"),
    ),
    _Edit(
        "edit.search",
        "ctrl+f",
        N_("Search"),
        N_("Search patterns and replies"),
        call="after_typing('search')",
    ),
    _Edit(
        "edit.close",
        "escape",
        N_("Back"),
        N_("Leave the list, or else the editor"),
        call="after_typing('close')",
    ),
    _List("list.rename", "r", N_("Rename"), N_("Rename the intent"), call="change('rename')"),
    _List(
        "list.merge", "m", N_("Merge"), N_("Merge the intent with another"), call="change('merge')"
    ),
    _List("list.split", "s", N_("Split"), N_("Split the intent in two"), call="change('split')"),
    _List("list.remove", "delete", N_("Remove"), N_("Remove the intent"), call="change('remove')"),
    _List(
        "list.up",
        "shift+up",
        N_("Move up"),
        N_("Move the intent up in the file"),
        call="change('up')",
        in_footer=False,
    ),
    _List(
        "list.down",
        "shift+down",
        N_("Move down"),
        N_("Move the intent down in the file"),
        call="change('down')",
        in_footer=False,
    ),
    _Finding(
        "findings.filter",
        "f",
        N_("Filter"),
        N_("All findings, those of the intent at the cursor, or errors only"),
        call="screen.filter_findings",
    ),
    _Finding(
        "findings.silence",
        "s,delete",
        N_("Silence"),
        N_("Do not show this finding again, or do; kept in the file under “silenced”"),
        call="screen.silence_finding",
    ),
    _Finding(
        "findings.silenced",
        "a",
        N_("Silenced too"),
        N_("Show the silenced findings too, or not"),
        call="screen.show_silenced",
    ),
    _List(
        "list.undo", "ctrl+z", N_("Undo"), N_("Undo a change"), call="undo(True)", in_footer=False
    ),
    _List(
        "list.redo", "ctrl+y", N_("Redo"), N_("Make it again"), call="undo(False)", in_footer=False
    ),
)
