r"""How well does the learned tagger find values of slots, against a conditional random field?

    python benchmarks/slots.py --snips train.json:test.json [--counts 10,50] [--seeds 3]
    python benchmarks/slots.py --conll en.train.conll:en.test.conll
    python benchmarks/slots.py --templates FILE…

Reads annotated data: Snips' (`{"Intent": [{"data": [{"text", "entity"}]}]}`, or its dataset with
"intents"), CoNLL and xSID's (a word and its tag of B, I and O per line, `# intent: …` above), and
templates of this project, `go to {city}` with `@city: Hue | Hanoi`. From templates messages are
made whose values and sentences are held back: none of those that are asked was learned. F1 counts
whole values with the right slot, as conlleval does. Both learn the same messages, on one thread.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tables import head, row

from chatbot.intents import Intent, Intents, Slot, annotated, with_slots
from chatbot.learning.pretraining.templates import Choice, Node, _read
from chatbot.learning.pretraining.templates import Slot as Place
from chatbot.learning.tagging import with_tagger
from chatbot.learning.threads import one_thread
from chatbot.model import pretrained
from chatbot.network import Recurrent, TaggedWords, Weights, inputs_of, values_of
from chatbot.words import Word, as_read, spans

ASKED = 100
"""Messages of an intent that are asked, of templates."""

INTENTS = 6
"""Topics of a file of templates that make a bot."""


class Message(NamedTuple):
    """An annotated message."""

    text: str
    values: tuple[tuple[int, int, str], ...]
    """Where each begins and ends, and its slot."""
    intent: str


Data = tuple[list[Message], list[Message]]
Found = set[TaggedWords]


# ---- reading


def read_snips(path: Path) -> list[Message]:
    """Read the JSON of Snips' benchmark, or one of its data sets."""
    data = json.loads(path.read_text(encoding="utf-8", errors="replace"))
    found = []
    for intent, said in data.get("intents", data).items():
        for utterance in said["utterances"] if isinstance(said, dict) else said:
            parts = [(p["text"], p.get("slot_name") or p.get("entity")) for p in utterance["data"]]
            found.append(joined(parts, intent))
    return found


def read_conll(path: Path) -> list[Message]:
    """Read words and tags, one per line, with a blank line after each message."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        intent = next((li.split(":")[1].strip() for li in lines if li.startswith("# intent")), "")
        rows = [line.split("\t") if "\t" in line else line.split() for line in lines]
        words = [row for row in rows if not row[0].startswith("#")]
        parts: list[tuple[str, str | None]] = []
        for cells in words:
            word, tag = cells[1] if cells[0].isdigit() and len(cells) > 2 else cells[0], cells[-1]
            if tag.startswith("I-") and parts and parts[-1][1] == tag[2:]:
                parts[-1] = (f"{parts[-1][0]} {word}", tag[2:])
            else:
                parts += [(" ", None)] if parts else []
                parts.append((word, None if tag == "O" else tag[2:]))
        if parts:
            found.append(joined(parts, intent or "any"))
    return found


def joined(parts: Sequence[tuple[str, str | None]], intent: str) -> Message:
    """Return the message of parts with their slots."""
    text, values = "", []
    for said, slot in parts:
        if slot and said.strip():
            begun = len(text) + len(said) - len(said.lstrip())
            values.append((begun, begun + len(said.strip()), slot))
        text += said
    return Message(text, tuple(values), intent)


def from_templates(path: Path, count: int, chance: random.Random) -> Data:
    """Return messages to learn and messages to ask: of other templates, with other values."""
    templates, values = _read(path)
    topics: dict[str, list[tuple[Node, ...]]] = {}
    for topic, _, sequence in templates:
        topics.setdefault(topic, []).append(sequence)
    with_values = {t: [s for s in all_ if _has_slot(s)] for t, all_ in topics.items()}
    chosen = chance.sample([t for t, some in with_values.items() if len(some) >= 6], INTENTS)
    ours: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for slot, some in values.items():
        shuffled = chance.sample(some, len(some))
        middle = max(1, len(some) // 2)
        ours[slot], others[slot] = shuffled[:middle], shuffled[middle:] or shuffled
    learned: list[Message] = []
    asked: list[Message] = []
    for topic in chosen:
        marked = chance.sample(with_values[topic], len(with_values[topic]))
        plain = [s for s in topics[topic] if not _has_slot(s)]
        cut, half = len(marked) * 6 // 10, len(plain) // 2
        learned += _made(topic, marked[:cut], plain[:half], ours, count, chance)
        asked += _made(topic, marked[cut:], plain[half:], others, ASKED, chance)
    return learned, asked


def _made(
    topic: str,
    marked: Sequence[Sequence[Node]],
    plain: Sequence[Sequence[Node]],
    values: dict[str, list[str]],
    count: int,
    chance: random.Random,
) -> Iterator[Message]:
    """Yield messages of templates; every fifth has no value."""
    for place in range(count):
        is_plain = bool(plain) and place % 5 == 4
        sequence = chance.choice(plain) if is_plain else marked[place % len(marked)]
        yield joined(list(_drawn(sequence, values, chance)), topic)


def _has_slot(sequence: Sequence[Node]) -> bool:
    return any(
        isinstance(node, Place) or (isinstance(node, Choice) and any(map(_has_slot, node.options)))
        for node in sequence
    )


def _drawn(
    sequence: Sequence[Node], values: dict[str, list[str]], chance: random.Random
) -> Iterator[tuple[str, str | None]]:
    for node in sequence:
        if isinstance(node, str):
            yield node, None
        elif isinstance(node, Place):
            yield chance.choice(values[node.name]), node.name
        else:
            yield from _drawn(chance.choice(node.options), values, chance)


def some_of(messages: Sequence[Message], count: int, chance: random.Random) -> list[Message]:
    """Return `count` messages of every intent."""
    by_intent: dict[str, list[Message]] = {}
    for message in messages:
        by_intent.setdefault(message.intent, []).append(message)
    return [m for some in by_intent.values() for m in chance.sample(some, min(count, len(some)))]


# ---- the two


def tags_of(message: Message) -> tuple[list[Word], list[str]]:
    """Return the words of a message and their tags."""
    read = list(spans(message.text))
    tags = ["O"] * len(read)
    for start, end, slot in message.values:
        inside = [i for i, word in enumerate(read) if word.start < end and word.end > start]
        for i in inside:
            tags[i] = ("B-" if i == inside[0] else "I-") + slot
    return read, tags


def values_in(tags: Sequence[str]) -> Found:
    """Return the values that tags mark."""
    slots = sorted({tag[2:] for tag in tags if tag != "O"})
    numbers, before = [], "O"
    for tag in tags:
        goes_on = tag.startswith("I-") and before[2:] == tag[2:] and before != "O"
        place = 0 if tag == "O" else 1 + 2 * slots.index(tag[2:])
        numbers.append(place + goes_on)
        before = tag
    return set(values_of(numbers, slots))


def ours(
    learned: Sequence[Message], asked: Sequence[Message], base: Weights, seed: int
) -> list[Found]:
    """Learn with the tagger, as a training does, and ask."""
    slots = [Slot(name) for name in sorted({v[2] for m in learned for v in m.values})]
    by_intent: dict[str, list[str]] = {}
    for message in learned:
        written, end = "", 0
        for start, after, slot in message.values:
            value = annotated.marked(message.text[start:after], slot)
            written, end = written + message.text[end:start] + value, after
        by_intent.setdefault(message.intent, []).append(written + message.text[end:])
    plain = [Intent(tag, tuple(dict.fromkeys(said))) for tag, said in by_intent.items()]
    intents = Intents(with_slots(plain, slots), slots=tuple(slots))
    with one_thread():
        weights = with_tagger(base, intents, seed, lambda: False)
    assert weights.tagger is not None
    recurrent = Recurrent(weights)
    found: list[Found] = []
    for message in asked:
        read, text = list(spans(message.text)), as_read(message.text)
        recurrent.prepare(word.text for word in read)
        states = [step.hidden for step in recurrent.read(word.text for word in read)]
        if not read:
            found.append(set())
            continue
        tags = weights.tagger.best(inputs_of(recurrent, read, text, np.stack(states)))
        found.append(set(values_of(tags, weights.tagger.slots)))
    return found


def crf(learned: Sequence[Message], asked: Sequence[Message]) -> list[Found]:
    """Learn with CRFsuite, on what its tutorial gives it: words, endings, capitals, neighbours."""
    from sklearn_crfsuite import CRF

    model = CRF(
        algorithm="lbfgs", c1=0.1, c2=0.1, max_iterations=100, all_possible_transitions=True
    )
    known = [(message, *tags_of(message)) for message in learned]
    model.fit([features_of(m.text, w) for m, w, _ in known if w], [t for _, w, t in known if w])
    read = [(message, list(spans(message.text))) for message in asked]
    answers = iter(model.predict([features_of(m.text, w) for m, w in read if w]))
    return [values_in(list(next(answers))) if w else set() for _, w in read]


def features_of(text: str, read: Sequence[Word]) -> list[dict[str, float]]:
    """Return the features of each word and of the two before and behind it."""
    shown = as_read(text)
    found = []
    for place in range(len(read)):
        features = {"bias": 1.0}
        for by in (-2, -1, 0, 1, 2):
            if not 0 <= place + by < len(read):
                features[f"{by}:end"] = 1.0
                continue
            word = read[place + by]
            written = shown[word.start : word.end]
            shape = "".join("X" if c.isupper() else "d" if c.isdigit() else "x" for c in written)
            names = ["w=" + word.text, "suf3=" + word.text[-3:], "pre3=" + word.text[:3]]
            names += ["suf2=" + word.text[-2:], "shape=" + shape[:6]]
            features |= {f"{by}:{name}": 1.0 for name in names}
            features[f"{by}:title"] = float(written.istitle())
            features[f"{by}:upper"] = float(written.isupper())
            features[f"{by}:digit"] = float(written.isdigit())
        found.append(features)
    return found


def f1(right: Sequence[Found], found: Sequence[Found]) -> float:
    """Return micro F1 over whole values."""
    both = sum(len(some & other) for some, other in zip(right, found, strict=True))
    return 2 * both / max(sum(map(len, right)) + sum(map(len, found)), 1)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--snips", nargs="*", default=[], metavar="TRAIN:TEST")
    parser.add_argument("--conll", nargs="*", default=[], metavar="TRAIN:TEST")
    parser.add_argument("--templates", nargs="*", default=[], type=Path)
    parser.add_argument("--counts", default="10,50", help="annotated messages of an intent")
    parser.add_argument("--seeds", type=int, default=2)
    given = parser.parse_args()
    sources: list[tuple[str, Callable[[int, random.Random], Data]]] = []
    for pair in (*given.snips, *given.conll):
        read = read_snips if pair in given.snips else read_conll
        train, test = (read(Path(part)) for part in pair.split(":"))

        def drawn(
            count: int,
            chance: random.Random,
            train: list[Message] = train,
            test: list[Message] = test,
        ) -> Data:
            return some_of(train, count, chance), test

        sources.append((Path(pair.split(":")[0]).stem, drawn))
    for path in given.templates:

        def made(count: int, chance: random.Random, path: Path = path) -> Data:
            return from_templates(path, count, chance)

        sources.append((path.stem, made))
    base = pretrained.load().weights
    print("\n".join(head("data", "per intent", "tagger F1", "CRF F1", "tagger s", "CRF s")))
    for count in map(int, given.counts.split(",")):
        every: list[tuple[float, float]] = []
        for name, draw in sources:
            scores, seconds = [], []
            for seed in range(given.seeds):
                learned, asked = draw(count, random.Random(seed))
                right = [values_in(tags_of(message)[1]) for message in asked]
                begun = time.perf_counter()
                mine = f1(right, ours(learned, asked, base, seed))
                middle = time.perf_counter()
                theirs = f1(right, crf(learned, asked))
                scores.append((mine, theirs))
                seconds.append((middle - begun, time.perf_counter() - middle))
            mine, theirs = (statistics.mean(pair) for pair in zip(*scores, strict=True))
            took = [statistics.mean(pair) for pair in zip(*seconds, strict=True)]
            every.append((mine, theirs))
            figures = (f"{mine:.3f}", f"{theirs:.3f}", f"{took[0]:.1f}", f"{took[1]:.1f}")
            print(row(name, count, *figures), flush=True)
        mine, theirs = (statistics.mean(pair) for pair in zip(*every, strict=True))
        print(row("mean", count, f"{mine:.3f}", f"{theirs:.3f}", "", ""), flush=True)


if __name__ == "__main__":
    main()
