"""Bars of block characters, filled to an eighth of a cell."""

BLOCKS = " ▏▎▍▌▋▊▉█"


def bar(share: float, width: int) -> str:
    """Return a bar of `width` cells, filled to the share (clipped to 0 … 1) in eighths."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (BLOCKS[rest] if rest else "")).ljust(width)


def signed_bar(value: float, width: int) -> str:
    """Return a bar in `width` cells that goes right (value above 0) or left of a │ in the middle.

    −1 and 1 fill their half, to the right in eighths of a cell, to the left in whole cells: there
    are no blocks that grow from the right.
    """
    half = max((width - 1) // 2, 0)
    if half == 0:
        return ""
    if value >= 0:
        text = " " * half + "│" + bar(value, half)
    else:
        text = ("█" * round(min(-value, 1.0) * half)).rjust(half) + "│"
    return text.ljust(width)
