"""The tables of the benchmarks: their lines, and the place in a page where they are kept."""

from __future__ import annotations

from pathlib import Path


def row(*cells: object) -> str:
    """Return a line of a Markdown table; an empty cell is one blank wide."""
    return "|" + "".join(f" {cell} |" if cell != "" else " |" for cell in cells)


def head(*names: str) -> list[str]:
    """Return the first two lines of a Markdown table: the names of its columns, and the rule."""
    return [row(*names), "|" + "---|" * len(names)]


def publish(lines: list[str], path: Path | None, name: str, benchmark: str) -> None:
    """Print lines, and put them into a Markdown file where one is given."""
    print("\n".join(lines))
    if path is not None:
        write(path, name, lines, benchmark)


def write(path: Path, name: str, lines: list[str], benchmark: str) -> None:
    """Put lines into a Markdown file, between the marks that name them."""
    begin, end = f"<!-- {benchmark}: {name} -->", f"<!-- end: {name} -->"
    block = "\n".join([begin, "", *lines, "", end])
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if begin in text and end in text:
        text = text[: text.index(begin)] + block + text[text.index(end) + len(end) :]
    else:
        text = text.rstrip("\n") + f"\n\n### {name}\n\n{block}\n"
    path.write_text(text, encoding="utf-8")
