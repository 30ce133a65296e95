"""How the app ends: the draft is kept, and a fault is told in plain words, with an exit code."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from chatbot.common import printable_lines
from chatbot.tui.flows.keys import UnderstandingApp

if TYPE_CHECKING:
    from chatbot.tui.flows.flows import Flows


class OrderlyApp(UnderstandingApp):
    """Ends in order, whatever ends it. It needs the flows of the draft and of a fault."""

    flows: Flows
    _is_open = False
    """Whether there is something to close."""

    def on_ready(self) -> None:
        """Note that the first screen is there."""
        self._is_open = True

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """Close; what was typed and not sent or saved is kept."""
        self.flows.keep_typed(now=True)
        super().exit(*args, **kwargs)

    async def run_async(self, **kwargs: Any) -> None:
        """Run; from before the terminal is changed, leave in order when the system asks for it."""
        if not kwargs.get("headless"):
            self._follow_signals()
        await super().run_async(**kwargs)

    def _follow_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
            number = getattr(signal, name, None)
            # Windows has no such handlers, and a thread other than the main one may set none.
            with suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self._asked_to_end, 128 + number)

    def _asked_to_end(self, return_code: int) -> None:
        """Leave, with the code that shells give to what a signal has ended."""
        if self._is_open:
            self.exit(return_code=return_code)
        else:  # it is just starting: look again when it has something to close
            asyncio.get_running_loop().call_later(0.01, self._asked_to_end, return_code)

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
            print(printable_lines(self.flows.fault.text), file=sys.__stderr__, flush=True)
        if self.return_code:
            sys.exit(self.return_code)
