"""Where a line is broken: between words, and never where a no-break space holds two together."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise

from rich.cells import cell_len, chop_cells

NO_BREAK = "\xa0"
"""A blank at which a label does not break."""

_PARTS = f"{NO_BREAK}·{NO_BREAK}"
"""What stands between the parts of a label."""

_NOT_IN_SHARE = re.compile(rf"(?<!\d){NO_BREAK}|{NO_BREAK}(?!%)")
"""The blanks of a label at which it breaks where it must."""

_WORD = re.compile(r"[^\S\xa0]*[\S\xa0]+[^\S\xa0]*")
"""A word with the blanks around it; what no-break spaces hold together is one."""

_SHARE = re.compile(r"(?<=\d) (?=%)")
"""The blank in "99 %"."""


def in_lines(text: str, width: int) -> str:
    """Return a text in lines that fit; "99 %" is never broken. Width 0 is not known yet."""
    if not width:
        return text
    return "\n".join(
        line[start:end].rstrip()
        for line in text.split("\n")
        for start, end in pairwise([0, *breaks(_SHARE.sub(NO_BREAK, line), width), len(line)])
    )


def breaks(line: str, width: int) -> list[int]:
    """Return where a line is broken to fit: between words, and in words that are too long.

    Rich breaks so too, but at no-break spaces as well, and makes the broken lines to count them,
    which takes ten times as long.
    """
    width = max(width, 1)
    if (len(line) if line.isascii() else cell_len(line)) <= width:
        return []
    found: list[int] = []
    filled = 0
    for match in _WORD.finditer(line):
        word, start = match.group(), match.start()
        needed, cells = _cells(word)
        if filled + needed <= width:
            filled += cells
            continue
        if start:
            found.append(start)
        filled = cells
        if needed > width:
            parts = _parts(word, width)
            found += [start + place for place in parts]
            filled = cell_len(word[parts[-1] :])
    return found


def _parts(word: str, width: int) -> list[int]:
    """Return where a word is broken that is wider than a line.

    A label is broken between its parts, and one of these between its words; "99 %" stays whole.
    """
    for softer in (word.replace(_PARTS, f"{NO_BREAK}· "), _NOT_IN_SHARE.sub(" ", word)):
        if softer != word:
            return breaks(softer, width)
    return list(accumulate(len(piece) for piece in chop_cells(word, width)[:-1]))


@lru_cache(maxsize=16_384)
def _cells(word: str) -> tuple[int, int]:
    """Return how wide a word is without the blanks behind it, and with them."""
    return cell_len(word.rstrip()), cell_len(word)
