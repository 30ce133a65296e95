"""The lab's figures as tables, untrained beside trained, for the screen and the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chatbot.common import percent
from chatbot.insight import CHATTER, FILLER_TEXT, LAGS
from chatbot.lab.captions import ENDS, ends, listed, portion
from chatbot.lab.results import Lab, Sentence, titles

STAGES = ("untrained", "trained")


class Figure(NamedTuple):
    """A number as text, and the length of its bar."""

    text: str
    share: float | None
    """0 … 1, or more; None for a figure without a bar."""


class Table(NamedTuple):
    """Figures of several networks, each before and after its training."""

    title: str
    row_name: str
    rows: tuple[str, ...]
    groups: tuple[str, ...]
    """Names of the networks."""
    columns: tuple[str, str]
    figures: tuple[tuple[tuple[Figure, ...], tuple[Figure, ...]], ...]
    """[group][column][row]"""
    full: float = 1.0
    """The share that a full bar stands for."""


def shares(sentence: Sentence) -> Table:
    """Return the share of every word in the memory."""
    table = _table(
        f"Share of every word in the memory of {_quoted(sentence)}",
        "word",
        sentence.words,
        [network.shares for network in sentence.untrained],
        [network.shares for network in sentence.trained],
        percent,
    )
    everyone = (*sentence.untrained, *sentence.trained)
    return table._replace(full=max(share for network in everyone for share in network.shares) or 1)


def numbered(table: Table) -> Table:
    """Return a table with a number before every row's name: the key to a circle's slices."""
    return table._replace(
        rows=tuple(f"{number} {row}" for number, row in enumerate(table.rows, start=1))
    )


def through_time(lab: Lab) -> Table:
    """Return the mean gradient 0 … LAGS words back."""
    asked = (
        f"{lab.held_out_asked} held-out patterns"
        if lab.held_out_asked
        else f"{lab.learned_asked} learned patterns"
    )
    return _table(
        f"Gradient that arrives some words back, relative to the last word's (mean of {asked}, "
        f"each with {LAGS} words of chatter after it)",
        "words back",
        [str(lag) for lag in range(LAGS + 1)],
        [result.measured_untrained.through_time for result in lab.cells],
        [result.measured_trained.through_time for result in lab.cells],
        compact,
    )


def sentence_gradient(sentence: Sentence) -> Table:
    """Return the gradient that reaches every word of the person's own sentence."""
    return _table(
        f"Gradient that arrives at every word of {_quoted(sentence)}, from the intent "
        f"{sentence.intent}",
        "word",
        sentence.words,
        [network.gradient for network in sentence.untrained],
        [network.gradient for network in sentence.trained],
        compact,
    )


def layers(lab: Lab) -> Table:
    """Return the mean gradient at every layer of the deep networks."""
    count = lab.held_out or lab.learned
    depth = lab.deep[0].untrained.depth
    table = _table(
        f"Gradient that arrives at each of {depth} layers, relative to the last layer's "
        f"(mean of {count} {'held-out patterns' if lab.held_out else 'learned patterns'})",
        "layer",
        [str(layer + 1) for layer in range(depth)],
        [result.layers_untrained for result in lab.deep],
        [result.layers_trained for result in lab.deep],
        compact,
    )
    return table._replace(groups=tuple(f"{r.trained.activation} layers" for r in lab.deep))


def chatter_learned(lab: Lab) -> Table:
    """Return how many learned patterns are still right after some words of chatter."""
    return _counts(
        f"Right answers to {lab.learned_asked} learned patterns, by words of chatter after each",
        lab.learned_asked,
        [result.measured_untrained.learned_right for result in lab.cells],
        [result.measured_trained.learned_right for result in lab.cells],
    )


def chatter_held_out(lab: Lab) -> Table:
    """Return the same for patterns that no network has learned."""
    return _counts(
        f"Right answers to {lab.held_out_asked} held-out patterns, by words of chatter after each",
        lab.held_out_asked,
        [result.measured_untrained.held_out_right for result in lab.cells],
        [result.measured_trained.held_out_right for result in lab.cells],
    )


def chatter_sentence(sentence: Sentence) -> Table:
    """Return the probability of the sentence's intent after some words of chatter."""
    return _table(
        f"Probability of {sentence.intent} for {_quoted(sentence)}, by words of chatter after it",
        "chatter",
        [str(count) for count in CHATTER],
        [network.probabilities for network in sentence.untrained],
        [network.probabilities for network in sentence.trained],
        percent,
    )


def training(lab: Lab) -> Table:
    """Return loss, gradient norm and reach at the start and at the end of each training."""
    figures = []
    for result in lab.cells:
        losses, norms = ends(result.course.losses), ends(result.course.gradient_norms)
        reached = (
            result.measured_untrained.through_time[LAGS],
            result.measured_trained.through_time[LAGS],
        )
        first, last = (
            (
                Figure(f"{losses[end]:.2f}", None),
                Figure(f"{norms[end]:.2f}", None),
                Figure(compact(reached[end]), None),
            )
            for end in (0, 1)
        )
        figures.append((first, last))
    return Table(
        f"Loss in nats, norm of the whole network's gradient, and gradient {LAGS} words back",
        "",
        ("loss", "gradient norm", f"{LAGS} words back"),
        titles(),
        ("first steps", "last steps"),
        tuple(figures),
    )


def chatter_note(lab: Lab) -> str:
    """Say what the chatter consists of."""
    return (
        f"N words of chatter are the first N words of “{FILLER_TEXT}”; the networks know "
        f"{lab.known_filler} of these {CHATTER[-1]} words."
    )


def layers_note(lab: Lab) -> str:
    """Say what the deep networks are."""
    deep = lab.deep[0].untrained
    return (
        f"Deep networks of {deep.depth} layers with {len(deep.biases[0])} units read the mean of a "
        f"pattern's word vectors; {len(lab.deep[0].course.losses)} steps. Layer 1 is the first."
    )


def training_note(lab: Lab) -> str:
    """Say what the curves show."""
    points = len(lab.cells[0].reach)
    return (
        "Every step reads some patterns forwards, word by word, and sends the gradient of the loss "
        "back the same way. Curves of one kind start at 0 and share a scale; a dot is the mean of "
        f"a few steps, the numbers are means of the first and the last {ENDS}. {LAGS} words back: "
        f"share of the last word's gradient, measured {points} times on a few patterns."
    )


def source_note(lab: Lab) -> str:
    """Say what was trained on what, and how long it took."""
    part = (
        f"{lab.used} of the file's {lab.patterns} patterns, drawn at random"
        if lab.used < lab.patterns
        else f"the file's {lab.patterns} patterns"
    )
    return (
        f"Networks of {lab.cells[0].trained.hidden_size} units ({listed(titles())}) from random "
        f"weights, on {part} ({lab.held_out} held out), trained and measured in "
        f"{lab.seconds:.0f} s."
    )


def compact(share: float) -> str:
    """Return a share in at most seven characters."""
    return portion(share) if share >= 0.0001 or share == 0 else f"{share:.0e}".replace("e-0", "e-")


def as_lines(table: Table) -> list[str]:
    """Return a table as lines of text."""
    label = max(len(table.row_name), *(len(row) for row in table.rows)) + 2
    widths = [
        max(len(figure.text) for column in group for figure in column) for group in table.figures
    ]
    width = max(*widths, *(len(name) for name in table.columns)) + 2
    lines = [
        table.title,
        " " * label + "".join(f"{name:>{2 * width}}" for name in table.groups),
        f"{table.row_name:<{label}}"
        + "".join(f"{name:>{width}}" for name in table.columns) * len(table.groups),
    ]
    for number, row in enumerate(table.rows):
        figures = [column[number].text for group in table.figures for column in group]
        lines.append(f"{row:<{label}}" + "".join(f"{text:>{width}}" for text in figures))
    return lines


def _quoted(sentence: Sentence) -> str:
    return f"“{' '.join(sentence.words)}{' …' if sentence.is_cut else ''}”"


def _counts(
    title: str,
    asked: int,
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
) -> Table:
    rows = [str(count) for count in CHATTER]
    shares_before = [[count / asked for count in counts] for counts in before]
    shares_after = [[count / asked for count in counts] for counts in after]
    return _table(title, "chatter", rows, shares_before, shares_after, percent)


def _table(
    title: str,
    row_name: str,
    rows: Sequence[str],
    before: Sequence[Sequence[float]],
    after: Sequence[Sequence[float]],
    text: Callable[[float], str],
) -> Table:
    def column(values: Sequence[float]) -> tuple[Figure, ...]:
        return tuple(Figure(text(value), value) for value in values)

    return Table(
        title,
        row_name,
        tuple(rows),
        titles(),
        STAGES,
        tuple((column(b), column(a)) for b, a in zip(before, after, strict=True)),
    )
