"""`python -m chatbot`, and the command `chatbot`: Ctrl+C ends it quietly from the beginning."""

import sys


def run() -> None:
    """Run the command. Once that is imported it looks after Ctrl+C itself."""
    try:
        from chatbot.cli import main  # here: at start-up Ctrl+C may come before it is there
    except KeyboardInterrupt:
        sys.exit(130)
    main()


if __name__ == "__main__":
    run()
