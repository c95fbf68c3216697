"""Whether shown probabilities hold: of all values told with .8, are eight in ten right?

"Cannot tell" is no claim and counts in nothing. The baseline is the same reader without temperature and without table,
run on a part of the same pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from parure import images, taxonomy
from parure.evaluation.bootstrap import numbered, spread
from parure.evaluation.figures import Baseline, Curve, Interval, Line, Section, Series
from parure.evaluation.house.bench import Bench, MadeSights, RealSights
from parure.evaluation.probability import calibration_error, reliability
from parure.evaluation.real_photos import RealPhoto
from parure.evaluation.seeing import Seen, chunks, see
from parure.vision import Pixels
from parure.vision.analysis import Analyser
from parure.vision.calibration import AS_IT_IS
from parure.vision.house_model import HouseAnalyser
from parure.vision.manifest import Manifest

__all__ = ["Claim", "claims_of", "measure", "without_calibration"]

ID, TITLE = "probabilities", "Shown probabilities"
AIM_RENDERS, AIM_REAL = 0.04, 0.08
SAMPLED = 400  # pictures that the uncalibrated reader looks at

_ALIKE = {"pendant": "necklace", "gemstone": "loose_stone", "grey": "white"}


@dataclass(frozen=True)
class Claim:
    attribute: str
    probability: float
    right: bool
    group: int


def measure(bench: Bench) -> Section:
    if bench.analyser is None:
        return Section(ID, TITLE, skipped=f"{bench.model.version} gives no probabilities.")
    plain = without_calibration(bench.analyser)
    lines: list[Line] = []
    curves: list[Curve] = []
    for where, claims, raw, aim in _sets(bench, plain):
        lines += _lines(where, claims, raw, aim)
        curves.append(_curve(where, claims, raw))
    notes = () if plain else (f"{bench.model.version} cannot be run without its calibration: there is no baseline.",)
    return Section(ID, TITLE, tuple(lines), notes=notes, curves=tuple(curves))


def claims_of(seen: Seen, truth: Mapping[str, str], group: int, *, widely: bool = False) -> list[Claim]:
    """The beliefs that say a value of an attribute whose truth is known.

    `widely` compares as the sources of real photos speak: wide types, a pendant on its chain is a necklace, grey metal
    is white.
    """
    same = _seems if widely else (lambda attribute, value: value)
    told = [belief for belief in seen.beliefs if belief.value and truth.get(belief.attribute)]
    return [
        Claim(belief.attribute, belief.probability,
              same(belief.attribute, belief.value) == same(belief.attribute, truth[belief.attribute]), group)
        for belief in told
    ]  # fmt: skip


def without_calibration(analyser: Analyser) -> Analyser | None:
    """The same models telling raw probabilities; None for analysers of another make."""
    if not isinstance(analyser, HouseAnalyser):
        return None
    return HouseAnalyser(_raw(analyser.manifest))


def _raw(manifest: Manifest) -> Manifest:
    plain = tuple(replace(card, temperature=1.0, calibration=AS_IT_IS) for card in manifest.reader.attributes)
    return replace(manifest, version=f"{manifest.version}-raw", reader=replace(manifest.reader, attributes=plain))


def _seems(attribute: str, value: str) -> str:
    if attribute == "type" and value not in _ALIKE:
        value = (value, *taxonomy.load().ancestors("type", value))[-1]
    return _ALIKE.get(value, value)


def _sets(bench: Bench, plain: Analyser | None) -> Iterator[tuple[str, list[Claim], list[Claim], float]]:
    """Where, the model's claims, those of the uncalibrated reader, the aim."""
    if bench.renders is not None:
        yield "renders", *_on_renders(bench.made_sights, plain), AIM_RENDERS
    if bench.real is not None:
        yield "real", *_on_real(bench, bench.real_sights, plain), AIM_REAL


def _on_renders(made: MadeSights, plain: Analyser | None) -> tuple[list[Claim], list[Claim]]:
    groups = numbered([*made.designs.families()] * 2)
    asked = _some(range(len(made.truth))) if plain else []

    def claims(places: Sequence[int], seen: Sequence[Seen]) -> list[Claim]:
        return [claim for place, each in zip(places, seen, strict=True)
                for claim in claims_of(each, made.truth[place], int(groups[place]))]  # fmt: skip

    pictures = (made.designs.photo(place % made.count, place // made.count).scene.pixels for place in asked)
    return claims(range(len(made.truth)), made.model.seen), claims(asked, _raw_sight(plain, pictures))


def _on_real(bench: Bench, sights: RealSights, plain: Analyser | None) -> tuple[list[Claim], list[Claim]]:
    known = sights.where(lambda photo: bool(photo.type or photo.metal_colour))
    groups = numbered([photo.product for photo in sights.photos])
    stated = [_stated(photo) for photo in sights.photos]
    asked = _some(known) if plain else []

    def claims(places: Sequence[int], seen: Sequence[Seen]) -> list[Claim]:
        return [claim for place, each in zip(places, seen, strict=True)
                for claim in claims_of(each, stated[place], int(groups[place]), widely=True)]  # fmt: skip

    pictures = (images.decode(sights.photos[place].path.read_bytes(), shrink_to=bench.side).pixels for place in asked)
    return claims(known, [sights.model.seen[place] for place in known]), claims(asked, _raw_sight(plain, pictures))


def _stated(photo: RealPhoto) -> dict[str, str]:
    return {"type": photo.type, "metal_colour": photo.metal_colour}


def _some(places: Sequence[int]) -> list[int]:
    return [places[place] for place in range(0, len(places), max(1, len(places) // SAMPLED))]


def _raw_sight(plain: Analyser | None, pictures: Iterable[Pixels]) -> Sequence[Seen]:
    return see([plain], chunks(pictures), told=lambda _: None)[0].seen if plain else ()


def _lines(where: str, claims: Sequence[Claim], raw: Sequence[Claim], aim: float) -> list[Line]:
    """All attributes together, then each one that was claimed."""
    names = sorted({claim.attribute for claim in claims})
    rows = [_line(f"ECE on {where}", claims, raw, aim)]
    if len(names) > 1:
        parts = [([c for c in claims if c.attribute == n], [c for c in raw if c.attribute == n]) for n in names]
        rows += [_line(f"ECE on {where}, {name}", *both, None) for name, both in zip(names, parts, strict=True)]
    return rows


def _line(what: str, claims: Sequence[Claim], raw: Sequence[Claim], aim: float | None) -> Line:
    baselines = (Baseline("without calibration", _error(raw)),) if raw else ()
    return Line(what, _error(claims), baselines, aim, at_most=True)


def _error(claims: Sequence[Claim]) -> Interval:
    said = np.array([claim.probability for claim in claims])
    right = np.array([claim.right for claim in claims])
    return spread(lambda rows: calibration_error(said[rows], right[rows]), [claim.group for claim in claims])


def _curve(where: str, claims: Sequence[Claim], raw: Sequence[Claim]) -> Curve:
    sets = {"as told": claims, "without calibration": raw}
    series = tuple(
        Series(name, tuple((each.said, each.held) for each in reliability([c.probability for c in made],
                                                                          [c.right for c in made])))
        for name, made in sets.items() if made
    )  # fmt: skip
    return Curve(f"Reliability on {where}", "probability told", "share that is right", series, diagonal=True)
