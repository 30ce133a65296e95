"""The lab's figures as tables, untrained beside trained, for the screen and the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chatbot.common import N_, _, percent
from chatbot.insight import CHATTER, FILLER_TEXT, LAGS
from chatbot.lab.captions import ENDS, ends, listed, portion
from chatbot.lab.results import Lab, Sentence, shown_titles, titles

STAGES = (N_("untrained"), N_("trained"))

LAYERS = {"sigmoid": N_("sigmoid layers"), "tanh": N_("tanh layers")}
"""How the deep networks are called, by their activation."""


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
    """Names of the networks, in English, as JSON has them: they are translated to be drawn."""
    columns: tuple[str, str]
    """In English too."""
    figures: tuple[tuple[tuple[Figure, ...], tuple[Figure, ...]], ...]
    """[group][column][row]"""
    full: float = 1.0
    """The share that a full bar stands for."""


def shares(sentence: Sentence) -> Table:
    """Return the share of every word in the memory."""
    table = _table(
        _("Share of every word in the memory of {sentence}").format(sentence=_quoted(sentence)),
        _("word"),
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
    title = (
        _(
            "Gradient that arrives some words back, relative to the last word's (mean of {count} "
            "held-out patterns, each with {lags} words of chatter after it)"
        )
        if lab.held_out_asked
        else _(
            "Gradient that arrives some words back, relative to the last word's (mean of {count} "
            "learned patterns, each with {lags} words of chatter after it)"
        )
    )
    return _table(
        title.format(count=lab.held_out_asked or lab.learned_asked, lags=LAGS),
        _("words back"),
        [str(lag) for lag in range(LAGS + 1)],
        [result.measured_untrained.through_time for result in lab.cells],
        [result.measured_trained.through_time for result in lab.cells],
        compact,
    )


def sentence_gradient(sentence: Sentence) -> Table:
    """Return the gradient that reaches every word of the person's own sentence."""
    return _table(
        _("Gradient that arrives at every word of {sentence}, from the intent {intent}").format(
            sentence=_quoted(sentence), intent=sentence.intent
        ),
        _("word"),
        sentence.words,
        [network.gradient for network in sentence.untrained],
        [network.gradient for network in sentence.trained],
        compact,
    )


def layers(lab: Lab) -> Table:
    """Return the mean gradient at every layer of the deep networks."""
    count = lab.held_out or lab.learned
    depth = lab.deep[0].untrained.depth
    title = (
        _(
            "Gradient that arrives at each of {depth} layers, relative to the last layer's "
            "(mean of {count} held-out patterns)"
        )
        if lab.held_out
        else _(
            "Gradient that arrives at each of {depth} layers, relative to the last layer's "
            "(mean of {count} learned patterns)"
        )
    )
    table = _table(
        title.format(depth=depth, count=count),
        _("layer"),
        [str(layer + 1) for layer in range(depth)],
        [result.layers_untrained for result in lab.deep],
        [result.layers_trained for result in lab.deep],
        compact,
    )
    return table._replace(groups=tuple(LAYERS[result.trained.activation] for result in lab.deep))


def chatter_learned(lab: Lab) -> Table:
    """Return how many learned patterns are still right after some words of chatter."""
    return _counts(
        _("Right answers to {count} learned patterns, by words of chatter after each"),
        lab.learned_asked,
        [result.measured_untrained.learned_right for result in lab.cells],
        [result.measured_trained.learned_right for result in lab.cells],
    )


def chatter_held_out(lab: Lab) -> Table:
    """Return the same for patterns that no network has learned."""
    return _counts(
        _("Right answers to {count} held-out patterns, by words of chatter after each"),
        lab.held_out_asked,
        [result.measured_untrained.held_out_right for result in lab.cells],
        [result.measured_trained.held_out_right for result in lab.cells],
    )


def chatter_sentence(sentence: Sentence) -> Table:
    """Return the probability of the sentence's intent after some words of chatter."""
    return _table(
        _("Probability of {intent} for {sentence}, by words of chatter after it").format(
            intent=sentence.intent, sentence=_quoted(sentence)
        ),
        _("chatter"),
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
        _(
            "Loss in nats, norm of the whole network's gradient, and gradient {lags} words back"
        ).format(lags=LAGS),
        "",
        (_("loss"), _("gradient norm"), _("{lags} words back").format(lags=LAGS)),
        titles(),
        (N_("first steps"), N_("last steps")),
        tuple(figures),
    )


def chatter_note(lab: Lab) -> str:
    """Say what the chatter consists of."""
    return _(
        "N words of chatter are the first N words of “{text}”; the networks know {known} of these "
        "{count} words."
    ).format(text=FILLER_TEXT, known=lab.known_filler, count=CHATTER[-1])


def layers_note(lab: Lab) -> str:
    """Say what the deep networks are."""
    deep = lab.deep[0].untrained
    return _(
        "Deep networks of {depth} layers with {units} units read the mean of a pattern's word "
        "vectors; {steps} steps. Layer 1 is the first."
    ).format(depth=deep.depth, units=len(deep.biases[0]), steps=len(lab.deep[0].course.losses))


def training_note(lab: Lab) -> str:
    """Say what the curves show."""
    points = len(lab.cells[0].reach)
    return _(
        "Every step reads some patterns forwards, word by word, and sends the gradient of the loss "
        "back the same way. Curves of one kind start at 0 and share a scale; a dot is the mean of "
        "a few steps, the numbers are means of the first and the last {ends}. {lags} words back: "
        "share of the last word's gradient, measured {count} times on a few patterns."
    ).format(ends=ENDS, lags=LAGS, count=points)


def source_note(lab: Lab) -> str:
    """Say what was trained on what, and how long it took."""
    note = (
        _(
            "Networks of {units} units ({cells}) from random weights, on {used} of the file's "
            "{patterns} patterns, drawn at random ({held_out} held out), trained and measured in "
            "{seconds:.0f} s."
        )
        if lab.used < lab.patterns
        else _(
            "Networks of {units} units ({cells}) from random weights, on the file's {patterns} "
            "patterns ({held_out} held out), trained and measured in {seconds:.0f} s."
        )
    )
    return note.format(
        units=lab.cells[0].trained.hidden_size,
        cells=listed(shown_titles()),
        used=lab.used,
        patterns=lab.patterns,
        held_out=lab.held_out,
        seconds=lab.seconds,
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
    groups, columns = map(_, table.groups), [_(name) for name in table.columns]
    width = max(*widths, *(len(name) for name in columns)) + 2
    lines = [
        table.title,
        " " * label + "".join(f"{name:>{2 * width}}" for name in groups),
        f"{table.row_name:<{label}}"
        + "".join(f"{name:>{width}}" for name in columns) * len(table.groups),
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
    title = title.format(count=asked)
    return _table(title, _("chatter"), rows, shares_before, shares_after, percent)


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
