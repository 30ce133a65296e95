"""Evaluation: how good a bot is on messages that it has not learned, and where it goes wrong."""
