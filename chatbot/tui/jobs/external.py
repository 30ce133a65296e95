"""The person's own editor, $VISUAL or $EDITOR, in place of the app until it is closed."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from chatbot.common import _


def edit_outside(app: App[Any], path: Path, kept: str = "") -> bool:
    """Open a file in $VISUAL or $EDITOR, else with the command that is kept in the settings.

    Return whether it was, and say why where it was not.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or kept
    if not command:
        app.notify(
            _("Name your editor in the settings, or set the environment variable EDITOR."),
            severity="warning",
            markup=False,
        )
        return False
    try:
        with app.suspend():
            subprocess.run([*shlex.split(command), str(path)], check=False)
    except SuspendNotSupported:
        app.notify(_("Not possible in this terminal."), severity="warning", markup=False)
    except (OSError, ValueError) as error:
        app.notify(f"{command}: {error}", title="EDITOR", severity="error", markup=False)
    else:
        return True
    return False
