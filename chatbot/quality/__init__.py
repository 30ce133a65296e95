"""How good a bot is: an evaluation's results and figures, health of patterns, suspicious labels.

In: answers to messages whose intents are known, and the bot's own states. Out: Evaluated (accuracy,
confusions, calibration) and findings with places. Cross-validation, which trains, is in
`chatbot.learning`.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
