"""The editor of the intents file: its screen, the document behind it, its changes and findings."""
