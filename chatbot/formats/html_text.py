"""HTML in answers, as exports of help centres have it: the text that a reader would see."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(
    r"</?(?:p|br|b|i|u|a|ul|ol|li|strong|em|div|span|h[1-6]|table|tr|td|th|tbody|thead|img|hr|"
    r"code|pre|blockquote|font|small|section|article|sup|sub)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,10}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_LINK = re.compile(
    r"<a\b[^<>]{0,1000}?\bhref\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,1000})[\"'][^<>]{0,1000}>([^<>]{0,1000})</a>",
    re.IGNORECASE,
)
_ITEM = re.compile(r"<li\b[^<>]{0,1000}>", re.IGNORECASE)
_BREAK = re.compile(
    r"<br\s{0,3}/?>|</(?:p|div|li|ul|ol|tr|h[1-6]|table|blockquote|pre)>", re.IGNORECASE
)
# The lengths are bounded so that no text takes longer than in proportion to its size.


def has_html(text: str) -> bool:
    """Tell whether a text has tags or entities of HTML."""
    return _TAG.search(text) is not None or _ENTITY.search(text) is not None


def plain(text: str) -> str:
    """Return what is read of an HTML text: lines, items with a dash, links with their address."""
    text = _LINK.sub(_with_address, text)
    text = _BREAK.sub("\n", _ITEM.sub("\n- ", text))
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", text)).split("\n"))
    kept = [line for line in lines if line not in ("", "-")]
    return "\n".join(kept) or text


def _with_address(link: re.Match[str]) -> str:
    address, said = link[1], link[2].strip()
    return f"{said} ({address})" if said and said != address else address
