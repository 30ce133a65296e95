"""A desk where customers ask a bot, each in a conversation of their own, and some are passed on.

`python docs/library_example.py intents.json`; `mypy --strict` checks it in the tests.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field

from chatbot import Chatbot, Dialogue, IntentsError, ModelError, Turn


@dataclass
class Customer:
    """Somebody who asks."""

    name: str
    conversation: Dialogue
    unanswered: list[str] = field(default_factory=list)

    async def ask(self, message: str) -> str:
        """Return the bot's reply, and remember what it could not answer."""
        turn: Turn = await self.conversation.areply(message)
        if not turn.reading.prediction.in_scope:
            self.unanswered.append(message)
        return turn.reply


async def day(bot: Chatbot, asked: dict[str, list[str]]) -> list[Customer]:
    """Let all customers ask at once, each one message after the other."""

    async def serve(name: str, messages: list[str]) -> Customer:
        customer = Customer(name, bot.conversation())
        for message in messages:
            print(f"{name}: {message}\n  bot: {await customer.ask(message)}")
        return customer

    return await asyncio.gather(*(serve(name, messages) for name, messages in asked.items()))


def main(intents: str) -> int:
    """Serve two customers; return the exit code."""
    try:
        bot = Chatbot.load(intents, seed=0)
    except (IntentsError, ModelError) as error:
        print(error, file=sys.stderr)
        return 1
    asked = {"Ana": ["Hello!", "What time is it?"], "Binh": ["Hi", "xqzt wvrp"]}
    for customer in asyncio.run(day(bot, asked)):
        print(f"{customer.name}: {len(customer.unanswered)} not answered")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
