"""A chatbot for the terminal: a trained GRU names the intent and shows what it remembers.

>>> import chatbot
>>> bot = chatbot.load("intents.json", "models/intents")
>>> bot.reply("What time is it?").reading.prediction.intent
'time'
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
