"""Slots in a reply as it is written: `{city}`, or `{city|there}`. The one place that says so."""

from __future__ import annotations

import re

_NAME = r"([^{}|\n]{1,100})"

PLACEHOLDER = re.compile(rf"\{{{_NAME}(?:\|([^{{}}\n]*))?\}}")
"""Its groups are the name, and what is said where the slot is not known (None: nothing is written).

Whether it is a slot is another question: any text in braces looks like one.
"""

SAYS_NOTHING = re.compile(rf" \{{{_NAME}\|\}}(?![\w{{])")
"""A slot for which nothing may be said, and the blank before it, which then says nothing either."""

UNCLOSED = re.compile(r"\{([^{}|\s]{1,100})(\|[^{}\s]*)?(?=[^{}]*(?:\{|\Z))")
"""What may be a slot whose brace is never closed: its name, and the default as far as a blank."""
