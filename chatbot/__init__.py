"""A chatbot for the terminal: a trained GRU names the intent and shows what it remembers.

>>> from chatbot import Chatbot
>>> bot = Chatbot.load("intents.json")
>>> bot.reply("What time is it?").reading.prediction.intent
'time'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
