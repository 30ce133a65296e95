"""What can be done in the editor of the intents file."""

from __future__ import annotations

from functools import partial

from chatbot.tui.actions.action import Action

_Edit = partial(Action, place="edit")
_List = partial(Action, place="edit.list", priority=False)

_Finding = partial(Action, place="edit.findings", priority=False)

EDITOR = (
    _Edit(
        "edit.form",
        "f2",
        "Form or JSON",
        "The intent as a form, or the file as JSON",
        call="after_typing('form')",
        label="Form/JSON",
        letter="J",
    ),
    _Edit("edit.save", "ctrl+s", "Save", "Save the intents file", call="after_typing('save')"),
    _Edit(
        "edit.add",
        "ctrl+t",
        "Add an intent",
        "A new intent after the one at the cursor",
        call="after_typing('add_intent')",
        label="Add",
    ),
    _Edit(
        "edit.next",
        "ctrl+g",
        "Next finding",
        "Go to the next error, warning or hint",
        call="after_typing('next_finding')",
        label="Next",
    ),
    _Edit(
        "edit.fix",
        "f6",
        "Fix",
        "Make the remedy of the finding at the cursor",
        call="after_typing('fix')",
        letter="F",
        in_footer=False,
    ),
    _Edit(
        "edit.revert",
        "ctrl+r",
        "Revert",
        "Go back to the file on disk",
        call="after_typing('revert')",
    ),
    _Edit(
        "edit.outside",
        "ctrl+e",
        "Open in your own editor",
        "The command of the settings, else $VISUAL or $EDITOR",
        call="after_typing('outside')",
        in_footer=False,
    ),
    _Edit(
        "edit.list",
        "ctrl+l",
        "List of intents",
        "From the text to the list of intents and back",
        call="after_typing('list')",
        label="List",
    ),
    _Edit(
        "edit.search",
        "ctrl+f",
        "Search",
        "Search patterns and replies",
        call="after_typing('search')",
    ),
    _Edit(
        "edit.close",
        "escape",
        "Back",
        "Leave the list, or else the editor",
        call="after_typing('close')",
    ),
    _List("list.rename", "r", "Rename", "Rename the intent", call="change('rename')"),
    _List("list.merge", "m", "Merge", "Merge the intent with another", call="change('merge')"),
    _List("list.split", "s", "Split", "Split the intent in two", call="change('split')"),
    _List("list.remove", "delete", "Remove", "Remove the intent", call="change('remove')"),
    _List(
        "list.up",
        "shift+up",
        "Move up",
        "Move the intent up in the file",
        call="change('up')",
        in_footer=False,
    ),
    _List(
        "list.down",
        "shift+down",
        "Move down",
        "Move the intent down in the file",
        call="change('down')",
        in_footer=False,
    ),
    _Finding(
        "findings.filter",
        "f",
        "Filter",
        "All findings, those of the intent at the cursor, or errors only",
        call="screen.filter_findings",
    ),
    _Finding(
        "findings.silence",
        "s,delete",
        "Silence",
        "Do not show this finding again, or do; kept in the file under “silenced”",
        call="screen.silence_finding",
    ),
    _Finding(
        "findings.silenced",
        "a",
        "Silenced too",
        "Show the silenced findings too, or not",
        call="screen.show_silenced",
    ),
    _List("list.undo", "ctrl+z", "Undo", "Undo a change", call="undo(True)", in_footer=False),
    _List("list.redo", "ctrl+y", "Redo", "Make it again", call="undo(False)", in_footer=False),
)
