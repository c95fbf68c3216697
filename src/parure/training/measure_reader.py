"""How good an exported reader is on photographs of designs it has not seen: one pass over them, all figures.

Unusual: it measures the ONNX file, not the network, so a quantised file is measured the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parure.regions import PartClass
from parure.training.calibrate import calibration_error
from parure.training.dataset import Batch
from parure.training.vocabulary import Vocabulary
from parure.vision.calibration import softmax
from parure.vision.onnx_runtime import OnnxSession

__all__ = ["AttributeFigures", "Observed", "ReaderFigures", "figures", "observe"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Observed:
    """Rows by photograph: `logits` one (n, classes) for each attribute, `targets` (n, attributes), `embedding` (n, d)
    of length 1, `design` (n,); `overlap` (9, 9) cells by true and found class."""

    logits: tuple[Floats, ...]
    targets: NDArray[np.int64]
    embedding: Floats
    design: NDArray[np.int64]
    overlap: NDArray[np.int64]


@dataclass(frozen=True)
class AttributeFigures:
    """`macro_f1` over the values that occur; `cannot_tell` is the recall of that class; `error` of calibration."""

    attribute: str
    accuracy: float
    macro_f1: float
    cannot_tell: float
    error: float
    photographs: int


@dataclass(frozen=True)
class ReaderFigures:
    """`recall_at_1`: the first photograph of a design finds the second among those of all `designs`; `part_overlap` is
    the mean intersection over union of the classes that occur, ground left out."""

    attributes: tuple[AttributeFigures, ...]
    recall_at_1: float
    designs: int
    part_overlap: float
    part_overlaps: tuple[tuple[str, float], ...]


def observe(model: Path, batches: Iterable[Batch], vocabulary: Vocabulary, *, threads: int = 1) -> Observed:
    """Run the model over batches of photographs, two or more of each design."""
    session = OnnxSession(model, threads=threads)
    names = [f"attr_{entry.attribute}" for entry in vocabulary.attributes]
    logits: list[list[Floats]] = [[] for _ in names]
    embedding, targets, design = [], [], []
    overlap = np.zeros((len(PartClass), len(PartClass)), np.int64)
    for batch in batches:
        pixels = batch.pixels.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(127.5) - np.float32(1)
        inputs = {"pixels": np.ascontiguousarray(pixels), "colour": batch.colour}
        rows = session.run_all(["embedding", "parts", *names], inputs)
        embedding.append(rows[0].astype(np.float64))
        overlap += _overlap(batch.parts, rows[1].argmax(axis=1))
        for kept, row in zip(logits, rows[2:], strict=True):
            kept.append(row.astype(np.float64))
        targets.append(batch.targets)
        design.append(batch.design)
    rows_ = np.concatenate(embedding)
    return Observed(
        logits=tuple(np.concatenate(kept) for kept in logits),
        targets=np.concatenate(targets),
        embedding=rows_ / np.linalg.norm(rows_, axis=1, keepdims=True),
        design=np.concatenate(design),
        overlap=overlap,
    )


def figures(observed: Observed, vocabulary: Vocabulary) -> ReaderFigures:
    attributes = tuple(
        _attribute(entry.attribute, logits, targets, cannot_tell=entry.cannot_tell)
        for entry, logits, targets in zip(vocabulary.attributes, observed.logits, observed.targets.T, strict=True)
    )
    overlaps = _overlaps(observed.overlap)
    return ReaderFigures(
        attributes=attributes,
        recall_at_1=_recall(observed),
        designs=len(np.unique(observed.design)),
        part_overlap=float(np.mean([share for _, share in overlaps])) if overlaps else 0.0,
        part_overlaps=overlaps,
    )


def _attribute(name: str, logits: Floats, targets: NDArray[np.int64], *, cannot_tell: int) -> AttributeFigures:
    known = targets >= 0
    shares, truth = softmax(logits[known]), targets[known]
    found = shares.argmax(axis=1)
    scores = [_f1(found == value, truth == value) for value in np.unique(truth[truth != cannot_tell])]
    silent = truth == cannot_tell
    return AttributeFigures(
        attribute=name,
        accuracy=_mean(found == truth),
        macro_f1=_mean(np.array(scores)),
        cannot_tell=_mean(found[silent] == cannot_tell),
        error=calibration_error(shares.max(axis=1), found == truth) if len(truth) else 0.0,
        photographs=len(truth),
    )


def _f1(found: NDArray[np.bool_], true: NDArray[np.bool_]) -> float:
    return float(2 * (found & true).sum() / (found.sum() + true.sum()))


def _mean(values: NDArray[np.generic]) -> float:
    return float(np.mean(values.astype(np.float64))) if len(values) else 0.0


def _recall(observed: Observed) -> float:
    _, first = np.unique(observed.design, return_index=True)
    second = first + 1  # photographs of a design follow each other
    best = (observed.embedding[first] @ observed.embedding[second].T).argmax(axis=1)
    return float((best == np.arange(len(first))).mean())


def _overlap(true: NDArray[np.uint8], found: NDArray[np.intp]) -> NDArray[np.int64]:
    count = len(PartClass)
    cells = true.astype(np.int64).ravel() * count + found.ravel()
    return np.bincount(cells, minlength=count * count).reshape(count, count)


def _overlaps(overlap: NDArray[np.int64]) -> tuple[tuple[str, float], ...]:
    union = overlap.sum(axis=0) + overlap.sum(axis=1) - np.diag(overlap)
    present = [part for part in PartClass if part and overlap[part].sum()]
    return tuple((part.name.lower(), float(overlap[part, part] / union[part])) for part in present)
