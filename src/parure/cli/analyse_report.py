"""What `parure analyse` found, in words: tables, captions of a picture, JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from parure.cli.console import out, print_table

if TYPE_CHECKING:
    from parure.vision.analysis import Analysis, SeenPiece

__all__ = ["as_json", "caption", "print_analysis"]


def caption(piece: SeenPiece) -> str:
    told = [_label(b.attribute, b.value) for b in piece.reading.beliefs if b.value and b.attribute != "type"]
    score = f" {piece.detection.score:.0%}" if piece.detection.score else ""
    return ", ".join([f"{_label('type', piece.detection.type) or 'piece'}{score}", *told])


def print_analysis(file: Path, analysis: Analysis) -> None:
    out.print(str(file), style="bold", markup=False)
    rows = [_piece_row(number, piece) for number, piece in enumerate(analysis.pieces, start=1)]
    print_table("", ["#", "type", "score", "x", "y", "w", "h", "parts"], rows, right=["#", "score", "x", "y", "w", "h"])
    attributes = [
        (number, _attribute(belief.attribute), _value(belief.attribute, belief.value), f"{belief.probability:.2f}",
         ", ".join(f"{_label(belief.attribute, value)} {share:.2f}" for value, share in belief.others))
        for number, piece in enumerate(analysis.pieces, start=1)
        for belief in piece.reading.beliefs
    ]  # fmt: skip
    print_table("", ["#", "attribute", "value", "probability", "or"], attributes, right=["#", "probability"])
    out.print()


def _piece_row(number: int, piece: SeenPiece) -> tuple[object, ...]:
    box, score = piece.detection.box, piece.detection.score
    parts = ", ".join(f"{name.replace('_', ' ')} {share:.0%}" for name, share in _part_shares(piece).items())
    type = _label("type", piece.detection.type) or "cannot tell"
    shown = f"{score:.2f}" if score else "not found"
    return number, type, shown, *(f"{side:.3f}" for side in (box.x, box.y, box.w, box.h)), parts


def _part_shares(piece: SeenPiece) -> dict[str, float]:
    """Of the piece's pixels, by part, largest first."""
    import numpy as np

    from parure.regions import PartClass

    counts = np.bincount(piece.reading.parts.ravel(), minlength=len(PartClass))[1:]
    shares = {part.name.lower(): float(counts[part - 1] / counts.sum()) for part in list(PartClass)[1:] if counts.any()}
    return dict(sorted(((name, s) for name, s in shares.items() if s > 0), key=lambda item: -item[1]))


def _attribute(id: str) -> str:
    from parure import taxonomy

    words = taxonomy.load()
    return words.attribute(id).label if id in words.attributes else id


def _value(attribute: str, value: str) -> str:
    return _label(attribute, value) or "cannot tell"


def _label(attribute: str, value: str) -> str:
    from parure import taxonomy

    return taxonomy.load().label(attribute, value) if value else ""


def as_json(file: Path, analysis: Analysis, *, width: int, height: int) -> dict[str, Any]:
    """`width` and `height` are those of the pixels that were looked at."""
    return {
        "file": str(file),
        "width": width,
        "height": height,
        "pieces": [_piece_json(piece) for piece in analysis.pieces],
    }


def _piece_json(piece: SeenPiece) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "type": piece.detection.type,
        "score": round(piece.detection.score, 4),
        "box": asdict(piece.detection.box),
        "crop": asdict(piece.crop),
        "attributes": [
            {
                "attribute": belief.attribute,
                "value": belief.value or None,
                "probability": round(belief.probability, 4),
                "others": [{"value": value, "probability": round(share, 4)} for value, share in belief.others],
            }
            for belief in piece.reading.beliefs
        ],
        "parts": {name: round(share, 4) for name, share in _part_shares(piece).items()},
        "compared_by": sorted(piece.reading.vectors),
    }
