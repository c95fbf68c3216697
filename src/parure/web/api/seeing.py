"""What is seen on a picture, as bodies: pieces with their boxes, what they seem to be, and what they consist of."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from typing import Self

from ninja import File, Form, Router, Schema, UploadedFile
from pydantic import BaseModel

from parure import taxonomy
from parure.regions import Box
from parure.search import Verdict, VerdictKind
from parure.vision.analysis import Belief
from parure.web.api.auth import READ, ApiRequest
from parure.web.api.errors import REFUSALS, ErrorBody
from parure.web.api.reading import picture
from parure.web.catalogue.masks import shares
from parure.web.catalogue.runtime import runtime
from parure.web.catalogue.sights import StoredPiece, as_stored, part_mask

__all__ = ["AnalysisOut", "VerdictOut", "router"]

router = Router(tags=["analysis"])


class BoxOut(BaseModel):
    """Left, top, width and height as fractions of the picture."""

    x: float
    y: float
    w: float
    h: float

    @classmethod
    def of(cls, box: Box) -> Self:
        return cls(x=box.x, y=box.y, w=box.w, h=box.h)


class Candidate(BaseModel):
    """`value` is the vocabulary's id; null says that the picture does not tell."""

    value: str | None
    label: str
    probability: float


class BeliefOut(Candidate):
    """What is believed of one attribute, and the next best values."""

    attribute: str
    others: list[Candidate]

    @classmethod
    def of(cls, belief: Belief) -> Self:
        best, *others = (
            Candidate(value=value or None, label=_label(belief.attribute, value), probability=probability)
            for value, probability in ((belief.value, belief.probability), *belief.others)
        )
        return cls(attribute=belief.attribute, others=others, **best.model_dump())


class PieceOut(BaseModel):
    """`crop` is the region that was read. `parts`: share of the piece's pixels by part name.

    `mask`, where asked for, is a grey PNG over the crop as a data address: 0 is no piece, 1 metal, 2 setting, 3 main
    stone, 4 side stones, 5 pearls, 6 chain, 7 clasps, 8 other. A `score` of 0: nothing was found, all of it was read.
    """

    piece: int
    type: str
    label: str
    score: float
    box: BoxOut
    crop: BoxOut
    attributes: list[BeliefOut]
    parts: Mapping[str, float]
    mask: str | None = None

    @classmethod
    def of(cls, piece: StoredPiece, *, mask: bool) -> Self:
        return cls(
            piece=piece.place,
            type=piece.type,
            label=_label("type", piece.type) if piece.type else "Piece",
            score=piece.score,
            box=BoxOut.of(piece.box),
            crop=BoxOut.of(piece.crop),
            attributes=[BeliefOut.of(belief) for belief in piece.beliefs],
            parts={part.name.lower(): round(share, 4) for part, share in shares(part_mask(piece.parts)).items()},
            mask=f"data:image/png;base64,{b64encode(piece.parts).decode()}" if mask else None,
        )


class AnalysisOut(BaseModel):
    """The pieces on a picture, the main one first, as seen by this version of the encoder."""

    encoder: str
    pieces: list[PieceOut]

    @classmethod
    def of(cls, pieces: Iterable[StoredPiece], *, encoder: str, mask: bool = False) -> Self:
        return cls(encoder=encoder, pieces=[PieceOut.of(piece, mask=mask) for piece in pieces])


class VerdictOut(BaseModel):
    """What a result is to the picture. `words` is for people and empty where nothing is claimed."""

    kind: VerdictKind
    probability: float
    probabilities: Mapping[VerdictKind, float]
    words: str

    @classmethod
    def of(cls, verdict: Verdict) -> Self:
        return cls(
            kind=verdict.kind,
            probability=verdict.probability,
            probabilities=verdict.probabilities,
            words=verdict.words,
        )


class AnalyseForm(Schema):
    mask: bool = False


@router.post("/analyse", auth=READ, response={200: AnalysisOut, REFUSALS: ErrorBody})
def analyse(request: ApiRequest, form: Form[AnalyseForm], image: File[UploadedFile]) -> AnalysisOut:
    """The pieces on a picture: where they are, what they seem to be and how sure that is, what they consist of.

    Nothing is stored. Needs an encoder that finds pieces.
    """
    engine = runtime().engine()
    found = as_stored(engine.analyse(picture(image)))
    return AnalysisOut.of(found, encoder=runtime().serving().encoder, mask=form.mask)


def _label(attribute: str, value: str) -> str:
    """What a person reads; the id itself of a value that this vocabulary does not have."""
    known = taxonomy.load().attributes.get(attribute)
    if not value:
        return "Cannot tell"
    return known.values[value].label if known and value in known.values else value
