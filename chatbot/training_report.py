"""What a training says in words, on the command line and in the app. No torch here."""

from __future__ import annotations

from chatbot.records import Progress, Saved


def progress_line(record: Progress) -> str:
    """Return where a training stands as one line."""
    accuracy = (
        ""
        if record.held_out_accuracy is None
        else f", held-out {record.held_out_accuracy:.1%} right"
    )
    return (
        f"{record.phase}: epoch {record.epoch}/{record.epochs}, loss {record.loss:.3f}{accuracy}, "
        f"at most {record.eta_seconds:.0f} s to go"
    )


def report(saved: Saved) -> list[str]:
    """Return what a training achieved, before and after, as lines."""
    after, before = saved.metrics, saved.metrics_before
    lines = [
        f"Trained on {after.patterns} patterns of {saved.intents} intents in {after.seconds:.1f} s."
    ]
    if after.held_out_accuracy is None:
        lines.append("Too few patterns to hold any back, so the accuracy is not known.")
    else:
        was = before.held_out_accuracy if before else None
        lines.append(
            f"Held-out accuracy {after.held_out_accuracy:.1%}"
            + (f" (before {was:.1%})" if was is not None else "")
            + f", measured on {after.held_out_patterns} patterns it had not seen."
        )
    was_right = saved.patterns_right_before
    lines.append(
        f"Today's patterns answered rightly: {saved.patterns_right:.1%}"
        + (f" (before {was_right:.1%})." if was_right is not None else ".")
    )
    lines.append(f"Model: {saved.model}")
    return lines
