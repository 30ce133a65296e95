"""What each picture of the lab shows, in one sentence that is true of its figures.

Sentences are chosen by comparing figures: where a network does not behave as in the textbooks, its
caption says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from chatbot.common import percent
from chatbot.insight import ACTIVATIONS, CHATTER, LAGS
from chatbot.lab.results import DeepResult, Lab, Sentence, titles
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
    return f"1 in {float(f'{1 / share:.2g}'):,.0f}" if share > 0 else "nothing"


def ends(figures: Sequence[float]) -> tuple[float, float]:
    """Return the mean of the first ENDS figures and of the last ENDS."""
    first, last = figures[:ENDS], figures[-ENDS:]
    return sum(first) / len(first), sum(last) / len(last)


def listed(parts: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def named(figures: Sequence[str]) -> str:
    """Return one figure per cell, each with the cell's name."""
    return listed([f"{title} {figure}" for title, figure in zip(titles(), figures, strict=True)])


def circles(sentence: Sentence) -> str:
    """Say which words have the largest shares of the memory, before and after training."""
    if not sentence.words:
        return "The sentence has no words: there is nothing to remember."
    if len(sentence.words) == 1:
        return "A single word has the whole memory to itself, before and after training."
    last = len(sentence.words) - 1
    word = f"“{sentence.words[last]}”"
    before = [_largest(network.shares) for network in sentence.untrained]
    after = [_largest(network.shares) for network in sentence.trained]
    ends_before, ends_after = before.count(last), after.count(last)
    if ends_before < len(CELLS):
        return (
            f"The last word, {word}, has the largest share of the memory in {ends_before} of the "
            f"{len(CELLS)} networks before training and in {ends_after} after it."
        )
    first_shares = [network.shares[0] for network in sentence.untrained]
    last_shares = [network.shares[last] for network in sentence.untrained]
    text = (
        f"Before training the last word, {word}, has the largest share in all {len(CELLS)} networks"
        f" ({_range(last_shares)}) and the first word {_range(first_shares)}, "
        "as guides to recurrent networks draw it; "
    )
    if ends_after == len(CELLS):
        return text + "and training has not changed which word is the largest."
    if ends_after:
        return text + f"after training that is true of only {ends_after} of them."
    trained_last = [network.shares[last] for network in sentence.trained]
    same = len(set(after)) == 1
    most = f"“{sentence.words[after[0]]}” has the most" if same else "other words have more"
    return text + f"after training it has {_range(trained_last)}, and {most}."


def through_time(lab: Lab) -> str:
    """Say how much gradient arrives LAGS words back, before and after training."""
    before = [result.measured_untrained.through_time[LAGS] for result in lab.cells]
    after = [result.measured_trained.through_time[LAGS] for result in lab.cells]
    if max(before) < HARDLY:
        text = (
            f"Before training hardly any gradient arrives {LAGS} words back, gates or not "
            f"({named([portion(share) for share in before])} of the last word's); "
        )
    else:
        text = (
            f"Before training {named([portion(share) for share in before])} of the last word's "
            f"gradient arrives {LAGS} words back; "
        )
    now = listed([portion(share) for share in after])
    grown = [now > was for was, now in zip(before, after, strict=True)]
    if all(grown):
        return text + f"training has raised that to {now}."
    if not any(grown):
        return text + f"training has not raised that: it is {now} now."
    raised = listed([title for title, grew in zip(titles(), grown, strict=True) if grew])
    return text + f"training has raised that only in the {raised}: it is {now} now."


def layers(lab: Lab) -> str:
    """Say how much gradient reaches the first layer of the deep networks, and what they learned."""
    before = [
        f"{portion(result.layers_untrained[0])} with {activation} layers"
        for activation, result in zip(ACTIVATIONS, lab.deep, strict=True)
    ]
    after = [
        f"the {activation} network {_learned(result)} "
        f"({percent(result.learned_right / lab.learned)} of its patterns right) and its first "
        f"layer gets {portion(result.layers_trained[0])}"
        for activation, result in zip(ACTIVATIONS, lab.deep, strict=True)
    ]
    return (
        f"Before training, {listed(before)} of the last layer's gradient reaches the first layer; "
        f"after training, {', '.join(after)}."
    )


def _learned(result: DeepResult) -> str:
    first, last = ends(result.course.losses)
    if last < first / 2:
        return "has learned"
    return "has learned a little" if last < 0.9 * first else "has hardly learned"


def chatter(lab: Lab) -> str:
    """Say which cells still know their patterns after some words of chatter."""
    if not lab.learned_asked:
        return "There are no patterns to test."
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
    first, *others = [f"the {CELLS[cell].title}" for cell in CELLS]
    text = (
        f"With {CHATTER[shown]} words of chatter after the pattern, {first} still gets "
        f"{right[0][shown]} of {asked} learned patterns right, "
        + listed(
            [f"{cell} {counts[shown]}" for cell, counts in zip(others, right[1:], strict=True)]
        )
        + f" (without chatter {listed([str(counts[0]) for counts in right])}): "
    )
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
        return text + "the cells with gates remember longer."
    if longer:
        remembers = "remembers" if len(longer) == 1 else "remember"
        which = listed([CELLS[cell].title for cell in longer])
        return text + f"the {which} {remembers} longer than the {CELLS[plain].title}."
    if plain in learned and all(longer_than(plain, cell) for cell in gated):
        return text + f"here the {CELLS[plain].title} remembers longest."
    return text + "here gates make no clear difference."


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
        f"{first:.2f} to {last:.2f} ({title})"
        for title, (first, last) in zip(titles(), losses, strict=True)
    ]
    return (
        f"In {len(lab.cells[0].course.losses)} steps the loss {'fell' if fell else 'went'} from "
        f"{listed(loss)}, and the gradient that arrives {LAGS} words back "
        f"{'rose' if rose else 'went'} from "
        + listed([f"{portion(first)} to {portion(last)}" for first, last in reached])
        + (": the cells have learned to pass it back." if rose else ".")
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
    return f"{low:.0f} %" if round(low) == round(high) else f"{low:.0f} to {high:.0f} %"
