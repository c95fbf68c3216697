"""Makes the probabilities of a whole set hold: its curves are fitted anew on what the product would have told.

    python -m parure.training.calibrate_house MODEL.json --renders DATA

A reader is calibrated on crops as its training cuts them. In the product the detector cuts them, and the photo has a
say in the type, so the same answer may deserve another probability. Looked at are designs that the reader held out.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from parure.evaluation.house.probabilities import Claim, claims_of
from parure.evaluation.made_photos import HeldOut
from parure.evaluation.seeing import seen_of
from parure.render.dataset.store import read_records
from parure.training.batches import split_designs
from parure.training.calibrate import calibration_error, fit_curve
from parure.training.recipe import Recipe
from parure.vision.analysis import Analyser
from parure.vision.calibration import AS_IT_IS, Calibration
from parure.vision.house_model import HouseAnalyser
from parure.vision.manifest import Manifest, read_manifest

__all__ = ["Mended", "calibrate_house", "claims_on", "held_out", "without_curves"]

LEAST = 25  # claims of an attribute, below which its curve stays
_TOGETHER = 16


@dataclass(frozen=True)
class Mended:
    """An attribute's new curve; errors of the old and the new one, each claim judged by a curve fitted without it."""

    attribute: str
    curve: Calibration
    claims: int
    error_before: float
    error_after: float


def calibrate_house(path: Path, designs: HeldOut, *, told: Callable[[str], None]) -> list[Mended]:
    """Fit the curve of every attribute that is claimed often enough and write them into the manifest at `path`."""
    manifest = read_manifest(path)
    curves = {card.id: card.calibration for card in manifest.reader.attributes}
    by_attribute = defaultdict[str, list[Claim]](list)
    for claim in claims_on(HouseAnalyser(without_curves(manifest)), designs, told=told):
        by_attribute[claim.attribute].append(claim)
    mended = [
        _mended(name, claims, curves[name]) for name, claims in sorted(by_attribute.items()) if len(claims) >= LEAST
    ]
    raw = json.loads(path.read_text(encoding="utf-8"))
    new = {each.attribute: each.curve for each in mended}
    for entry in raw["reader"]["attributes"]:
        if curve := new.get(entry["attribute"]):
            entry["curve"] = {"said": list(curve.said), "true": list(curve.true)}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(raw, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(path)
    return mended


def without_curves(manifest: Manifest) -> Manifest:
    cards = tuple(replace(card, calibration=AS_IT_IS) for card in manifest.reader.attributes)
    return replace(manifest, reader=replace(manifest.reader, attributes=cards))


def claims_on(analyser: Analyser, designs: HeldOut, *, told: Callable[[str], None]) -> list[Claim]:
    """What the analyser says of two photographs of each design, where they are enough to tell; grouped by design."""
    places = [(design, picture) for design in range(len(designs.records)) for picture in (0, 1)]
    claims = list[Claim]()
    for start in range(0, len(places), _TOGETHER):
        made = [(design, designs.photo(design, picture)) for design, picture in places[start : start + _TOGETHER]]
        analyses = analyser.analyse_images([photo.scene.pixels for _, photo in made])
        for (design, photo), analysis in zip(made, analyses, strict=True):
            claims += claims_of(seen_of(analysis), photo.truth, design)
        if start // _TOGETHER % 20 == 0:
            told(f"{start} of {len(places)} photographs")
    return claims


def _mended(attribute: str, claims: Sequence[Claim], before: Calibration) -> Mended:
    said = np.array([claim.probability for claim in claims])
    right = np.array([claim.right for claim in claims])
    half = np.array([claim.group % 2 == 0 for claim in claims])
    crossed = np.zeros(len(said))
    for asked in (half, ~half):
        crossed[asked] = (fit_curve(said[~asked], right[~asked]) if (~asked).any() else AS_IT_IS)(said[asked])
    return Mended(
        attribute,
        fit_curve(said, right),
        len(claims),
        calibration_error(before(said), right),
        calibration_error(crossed, right),
    )


def held_out(data: Path, most: int, *, share: float = Recipe().held_out) -> HeldOut:
    """Designs of a training set that a reader with that `held_out` never learned from."""
    _, held = split_designs(read_records(data), replace(Recipe(), held_out=share))
    return HeldOut(data, tuple(held[:most]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="manifest of an assembled set; its curves are replaced")
    parser.add_argument("--renders", type=Path, required=True, help="the data set that the reader was trained on")
    parser.add_argument(
        "--unseen", action="store_true", help="the reader learned from none of the data set: look at all of it"
    )
    parser.add_argument("--designs", type=int, default=1000, help="held-out designs to look at, at most")
    chosen = parser.parse_args()
    designs = held_out(chosen.renders, chosen.designs, share=1.0 if chosen.unseen else Recipe().held_out)
    for each in calibrate_house(chosen.model, designs, told=_say):
        errors = f"ECE {each.error_before:.3f}, now {each.error_after:.3f}"
        _say(f"{each.attribute:15} {each.claims:5} claims, {errors}")
    _say(read_manifest(chosen.model).version)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
