"""How the app ends: the draft is kept, and a fault is told in plain words, with an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from chatbot.tui.flows.keys import UnderstandingApp

if TYPE_CHECKING:
    from chatbot.tui.flows.flows import Flows


class OrderlyApp(UnderstandingApp):
    """Ends in order, whatever ends it. It needs the flows of the draft and of a fault."""

    flows: Flows

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Close; what was typed and not sent or saved is kept."""
        self.flows.keep_typed(now=True)
        super().exit(*args, **kwargs)

    def _handle_exception(self, error: Exception) -> None:
        """Close after a fault. Textual would print the values of variables, messages among them."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error  # tests raise it again
            self._exception_event.set()
            self.flows.fault.take(error)
        self._close_messages_no_wait()

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run until the app is closed. After a fault say what happened, and exit with a code."""
        try:
            super().run(*args, **kwargs)
        except Exception as error:  # outside of what Textual looks after
            self._return_code = 1
            self.flows.fault.take(error)
        if self.flows.fault.text:
            print(self.flows.fault.text, file=sys.__stderr__, flush=True)
        if self.return_code:
            sys.exit(self.return_code)
