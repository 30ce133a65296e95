"""What each picture of the lab shows, in one sentence that is true of its figures.

Sentences are chosen by comparing figures: where a network does not behave as in the textbooks, its
caption says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from chatbot.common import _, ngettext, percent
from chatbot.insight import ACTIVATIONS, CHATTER, LAGS
from chatbot.lab.results import DeepResult, Lab, Sentence, shown_titles
from chatbot.network import CELLS

ENDS = 20
"""Steps over which the first and the last loss of a training are averaged."""

HARDLY = 0.05
"""Share of the last word's gradient below which "hardly any" arrives."""

CLEAR = 2.0
"""Standard errors by which two networks must differ to be called different."""


def portion(share: float) -> str:
    """Return a share in percent, finer where it is small, and as "1 in 970,000" below that."""
    if share >= 0.0995:
        return f"{100 * share:.0f} %"
    if share >= 0.00995:
        return f"{100 * share:.1f} %"
    if share >= 0.0001:
        return f"{100 * share:.2g} %"
    if share <= 0:
        return _("nothing")
    return _("1 in {count:,.0f}").format(count=float(f"{1 / share:.2g}"))


def ends(figures: Sequence[float]) -> tuple[float, float]:
    """Return the mean of the first ENDS figures and of the last ENDS."""
    first, last = figures[:ENDS], figures[-ENDS:]
    return sum(first) / len(first), sum(last) / len(last)


def listed(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    if len(parts) == 1:
        return parts[0]
    return _("{parts} and {last}").format(parts=", ".join(parts[:-1]), last=parts[-1])


def named(figures: Sequence[str]) -> str:
    """Return one figure per cell, each with the cell's name."""
    return listed(
        [f"{title} {figure}" for title, figure in zip(shown_titles(), figures, strict=True)]
    )


def circles(sentence: Sentence) -> str:
    """Say which words have the largest shares of the memory, before and after training."""
    if not sentence.words:
        return _("The sentence has no words: there is nothing to remember.")
    if len(sentence.words) == 1:
        return _("A single word has the whole memory to itself, before and after training.")
    last = len(sentence.words) - 1
    before = [_largest(network.shares) for network in sentence.untrained]
    after = [_largest(network.shares) for network in sentence.trained]
    ends_before, ends_after = before.count(last), after.count(last)
    if ends_before < len(CELLS):
        return _(
            "The last word, “{word}”, has the largest share of the memory in {before} of the "
            "{count} networks before training and in {after} after it."
        ).format(word=sentence.words[last], before=ends_before, count=len(CELLS), after=ends_after)
    first_shares = [network.shares[0] for network in sentence.untrained]
    last_shares = [network.shares[last] for network in sentence.untrained]
    trained_last = [network.shares[last] for network in sentence.trained]
    if ends_after == len(CELLS):
        then = _("and training has not changed which word is the largest")
    elif ends_after:
        then = _("after training that is true of only {count} of them")
    elif len(set(after)) == 1:
        then = _("after training it has {share}, and “{word}” has the most")
    else:
        then = _("after training it has {share}, and other words have more")
    return _(
        "Before training the last word, “{word}”, has the largest share in all {count} networks "
        "({last}) and the first word {first}, as guides to recurrent networks draw it; {then}."
    ).format(
        word=sentence.words[last],
        count=len(CELLS),
        last=_range(last_shares),
        first=_range(first_shares),
        then=then.format(
            count=ends_after, share=_range(trained_last), word=sentence.words[after[0]]
        ),
    )


def through_time(lab: Lab) -> str:
    """Say how much gradient arrives LAGS words back, before and after training."""
    before = [result.measured_untrained.through_time[LAGS] for result in lab.cells]
    after = [result.measured_trained.through_time[LAGS] for result in lab.cells]
    if max(before) < HARDLY:
        text = _(
            "Before training hardly any gradient arrives {lags} words back, gates or not "
            "({shares} of the last word's); {then}."
        )
    else:
        text = _(
            "Before training {shares} of the last word's gradient arrives {lags} words back; "
            "{then}."
        )
    grown = [now > was for was, now in zip(before, after, strict=True)]
    if all(grown):
        then = _("training has raised that to {now}")
    elif not any(grown):
        then = _("training has not raised that: it is {now} now")
    else:
        then = _("training has raised that only in the {cells}: it is {now} now")
    raised = [title for title, grew in zip(shown_titles(), grown, strict=True) if grew]
    now = listed([portion(share) for share in after])
    return text.format(
        shares=named([portion(share) for share in before]),
        lags=LAGS,
        then=then.format(now=now, cells=listed(raised) if raised else ""),
    )


def layers(lab: Lab) -> str:
    """Say how much gradient reaches the first layer of the deep networks, and what they learned."""
    before = [
        _("{share} with {activation} layers").format(
            share=portion(result.layers_untrained[0]), activation=activation
        )
        for activation, result in zip(ACTIVATIONS, lab.deep, strict=True)
    ]
    after = [
        _learned(result).format(
            activation=activation,
            right=percent(result.learned_right / lab.learned),
            share=portion(result.layers_trained[0]),
        )
        for activation, result in zip(ACTIVATIONS, lab.deep, strict=True)
    ]
    return _(
        "Before training, {before} of the last layer's gradient reaches the first layer; "
        "after training, {after}."
    ).format(before=listed(before), after=", ".join(after))


def _learned(result: DeepResult) -> str:
    """Return the part of the sentence about one deep network, to be filled in."""
    first, last = ends(result.course.losses)
    if last < first / 2:
        return _(
            "the {activation} network has learned ({right} of its patterns right) and its first "
            "layer gets {share}"
        )
    if last < 0.9 * first:
        return _(
            "the {activation} network has learned a little ({right} of its patterns right) and "
            "its first layer gets {share}"
        )
    return _(
        "the {activation} network has hardly learned ({right} of its patterns right) and its "
        "first layer gets {share}"
    )


def chatter(lab: Lab) -> str:
    """Say which cells still know their patterns after some words of chatter."""
    if not lab.learned_asked:
        return _("There are no patterns to test.")
    right = [result.measured_trained.learned_right for result in lab.cells]
    spread = [max(counts) - min(counts) for counts in zip(*right, strict=True)]
    shown = max(range(1, len(CHATTER)), key=lambda i: spread[i])
    asked = lab.learned_asked
    still = {cell: counts[shown] for cell, counts in zip(CELLS, right, strict=True)}
    # What a cell could do before it was trained, it has not learned.
    learned = {
        result.cell
        for result in lab.cells
        if still[result.cell] > result.measured_untrained.learned_right[shown]
    }
    first, *others = shown_titles()
    others = [
        _("the {cell} {right}").format(cell=cell, right=counts[shown])
        for cell, counts in zip(others, right[1:], strict=True)
    ]
    plain = next(cell for cell in CELLS if CELLS[cell].keep is None)
    gated = [cell for cell in CELLS if CELLS[cell].keep is not None]
    of = dict(zip(CELLS, right, strict=True))

    def longer_than(one: str, other: str) -> bool:
        """More in the row above beyond chance, and less in none of the others."""
        rows = range(1, len(CHATTER))
        never_less = all(of[one][i] >= of[other][i] for i in rows)
        return never_less and _clearly(still[one], still[other], asked)

    longer = [cell for cell in gated if cell in learned and longer_than(cell, plain)]
    if len(longer) == len(gated):
        so = _("the cells with gates remember longer")
    elif longer:
        so = ngettext(
            "the {cells} remembers longer than the {plain}",
            "the {cells} remember longer than the {plain}",
            len(longer),
        )
    elif plain in learned and all(longer_than(plain, cell) for cell in gated):
        so = _("here the {plain} remembers longest")
    else:
        so = _("here gates make no clear difference")
    which = listed([_(CELLS[cell].title) for cell in longer]) if longer else ""
    return _(
        "With {count} words of chatter after the pattern, the {first} still gets {right} of "
        "{asked} learned patterns right, {others} (without chatter {without}): {so}."
    ).format(
        count=CHATTER[shown],
        first=first,
        right=right[0][shown],
        asked=asked,
        others=listed(others),
        without=listed([str(counts[0]) for counts in right]),
        so=so.format(cells=which, plain=_(CELLS[plain].title)),
    )


def training(lab: Lab) -> str:
    """Say how loss and gradient changed while the cells learned."""
    losses = [ends(result.course.losses) for result in lab.cells]
    reached = [
        (result.measured_untrained.through_time[LAGS], result.measured_trained.through_time[LAGS])
        for result in lab.cells
    ]
    fell = all(last < first for first, last in losses)
    rose = all(last > first for first, last in reached)
    loss = [
        _("{low:.2f} to {high:.2f} ({cell})").format(low=first, high=last, cell=title)
        for title, (first, last) in zip(shown_titles(), losses, strict=True)
    ]
    gradient = [
        _("{low} to {high}").format(low=portion(first), high=portion(last))
        for first, last in reached
    ]
    return _course(fell=fell, rose=rose).format(
        steps=len(lab.cells[0].course.losses),
        loss=listed(loss),
        lags=LAGS,
        gradient=listed(gradient),
    )


def _course(*, fell: bool, rose: bool) -> str:
    """Return the sentence on a training, to be filled in."""
    if fell and rose:
        return _(
            "In {steps} steps the loss fell from {loss}, and the gradient that arrives {lags} "
            "words back rose from {gradient}: the cells have learned to pass it back."
        )
    if rose:
        return _(
            "In {steps} steps the loss went from {loss}, and the gradient that arrives {lags} "
            "words back rose from {gradient}: the cells have learned to pass it back."
        )
    if fell:
        return _(
            "In {steps} steps the loss fell from {loss}, and the gradient that arrives {lags} "
            "words back went from {gradient}."
        )
    return _(
        "In {steps} steps the loss went from {loss}, and the gradient that arrives {lags} "
        "words back went from {gradient}."
    )


def _clearly(more: int, less: int, asked: int) -> bool:
    """Return whether one count out of `asked` is larger than another beyond chance."""
    a, b = more / asked, less / asked
    error = math.sqrt((a * (1 - a) + b * (1 - b)) / asked)
    return a > b and a - b >= CLEAR * error


def _largest(shares: Sequence[float]) -> int:
    return max(range(len(shares)), key=lambda word: shares[word])


def _range(shares: Sequence[float]) -> str:
    low, high = 100 * min(shares), 100 * max(shares)
    if round(low) == round(high):
        return f"{low:.0f} %"
    return _("{low:.0f} to {high:.0f} %").format(low=low, high=high)
