"""Fit what the measures know: `python -m parure.evaluation.curate.quality_fit RENDERS`.

Three small nets (background, light, lettering) and the limits of all measures, each from drawn photographs of even
designs and the sample shop. With `--real` the limits of what real photos are wrongly blamed for more often than drawn
ones are moved by the half of them that may choose. Writes into the package; the files say what they were made of.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parure import images
from parure.curate.quality_limits import LIMITS_FILE, load_limits
from parure.errors import ImageError
from parure.evaluation.curate.quality import ENOUGH, counts_for, file_width, measured_of
from parure.evaluation.curate.quality_faults import exposed
from parure.evaluation.curate.quality_fit_seen import FALSE_ALARMS, fit_seen, limit_of, lower_seen
from parure.evaluation.curate.quality_net import NetPlan, fit_net, fit_nets
from parure.evaluation.curate.quality_photos import CleanPhoto, cut_out, drawn_photos, shop_photos
from parure.evaluation.curate.quality_type import letters, strokes, watermark
from parure.evaluation.curate.quality_world import world_photos
from parure.evaluation.models import find_model
from parure.evaluation.real_photos import in_half, read_real_photos
from parure.images import Pixels, quality
from parure.images.quality import BACKGROUNDS, MEASURES, Measured, background, exposure, lettering
from parure.images.quality.ground import find_ground
from parure.images.quality.net import load_net, net_from
from parure.images.quality.view import View
from parure.vision.analysis import Analyser

__all__ = [
    "fit_background",
    "fit_lettering",
    "fit_light",
    "fit_limits",
    "main",
]

Floats = NDArray[np.float32]

NETS = Path(quality.__file__).parent / "nets"
_LIMITED = tuple(each.name for each in MEASURES if each.name not in BACKGROUNDS)
_NETS = ("background", "light", "lettering")
_VARIED, _WORLD = 1600, (350, 200)  # photos that tell of backgrounds: in the studio; in the world worn, and not
_CLASSES = ("flat", "scene", "worn")
_KEPT = 50  # cells of each photo without letters that are learnt from, and of each with them
_HARD = 20  # of each kind the most convincing ones, after a first round
_RAISED = ("text", "washed", "watermark")  # by real photos: pavé, chains on pure white, and fabric
_SEEN = 600  # photos shown to the analyser
_SIDE = 384
_SURE = 6.0  # mean levels by which letters change a cell that is theirs


def fit_background(photos: Iterable[CleanPhoto]) -> dict[str, Any]:
    rows, wanted = [], []
    for photo in photos:
        view = View.of(photo.pixels)
        rows.append(background.describe_ground(view, find_ground(view)))
        wanted.append(np.eye(3, dtype=np.float32)[_class_of(photo)])
    answers = np.stack(wanted)
    weights = (1 / np.maximum(1, answers.sum(0)))[answers.argmax(1)] * len(answers) / 3
    plan = NetPlan(background.INPUTS, _CLASSES, units=24, single=True, epochs=80, batch=128, decay=3e-2)
    return fit_nets(np.stack(rows), answers, plan, weights=weights.astype(np.float32))


def _class_of(photo: CleanPhoto) -> int:
    return _CLASSES.index("flat" if photo.background in {"white", "plain"} else photo.background)


def fit_light(photos: Sequence[CleanPhoto], *, seed: int = 0) -> dict[str, Any]:
    """Every photo in several exposures. From a stop too little or too much on, a person would call it wrong.

    Pieces on even grounds are shown cut out on pure white too, which no exposure changes.
    """
    random = np.random.default_rng(seed)
    rows, wanted = [], []
    for photo, alone in [
        *((photo, False) for photo in photos),
        *((photo, True) for photo in photos if _separable(photo)),
    ]:
        for stops in (0.0, float(random.uniform(-0.4, 0.4)), *random.uniform(-3, 2.5, 4).tolist()):
            lit = exposed(photo, stops, random)
            view = View.of(cut_out(replace(photo, pixels=lit), random).pixels if alone else lit)
            rows.append(exposure.describe_light(view, find_ground(view)))
            wanted.append([_certain(-stops - 0.9), _certain(stops - 0.8)])
    plan = NetPlan(exposure.INPUTS, ("dark", "washed"), units=16, single=False, epochs=60, batch=256, decay=1e-2)
    return fit_nets(np.stack(rows), np.array(wanted, np.float32), plan, count=2)


def _separable(photo: CleanPhoto) -> bool:
    return photo.piece is not None and photo.background in {"white", "plain"}


def _certain(stops: float) -> float:
    return float(1 / (1 + np.exp(-stops / 0.15)))


def fit_lettering(photos: Sequence[CleanPhoto], *, seed: int = 0) -> dict[str, Any]:
    """Two rounds: what the first takes for letters and is none is learnt from by the second."""
    plan = NetPlan(lettering.INPUTS, ("text", "watermark"), units=20, single=False, epochs=16, batch=1024)
    told: dict[str, Any] = {}
    for hard in (False, True):
        net = net_from(told) if hard else None
        pairs = list(_cells_of(photos, net, np.random.default_rng(seed)))
        rows, wanted = np.concatenate([rows for rows, _ in pairs]), np.concatenate([wanted for _, wanted in pairs])
        told = fit_net(rows, wanted, plan)
    return told


def _cells_of(photos: Sequence[CleanPhoto], net: Any, random: np.random.Generator) -> Iterator[tuple[Floats, Floats]]:
    """Of each photo: as it is, with thin lines that are no words, with words, with a watermark."""
    for photo in photos:
        yield _without_letters(photo.pixels, net, random)
        yield _without_letters(strokes(photo, random), net, random)
        size, seed = float(random.uniform(8, 28)), int(random.integers(2**32))
        bare, written = (letters(photo, size, np.random.default_rng(seed), words=words) for words in (False, True))
        yield _with_letters(bare, written, 0, random)
        yield _with_letters(photo.pixels, watermark(photo, float(random.uniform(0.1, 0.5)), random), 1, random)


def _without_letters(pixels: Pixels, net: Any, random: np.random.Generator) -> tuple[Floats, Floats]:
    view = View.of(pixels)
    rows = lettering.describe_cells(view)
    chosen = random.choice(len(rows), min(_KEPT, len(rows)), replace=False)
    if net is not None:
        free = lettering.free_lines(view, find_ground(view)).ravel()
        odds = net(rows)
        hard = np.concatenate([np.argsort(np.where(free, odds[:, 0], -99))[-_HARD:], np.argsort(odds[:, 1])[-_HARD:]])
        chosen = np.concatenate([chosen[: _KEPT - _HARD], hard])
    return rows[chosen], np.zeros((len(chosen), 2), np.float32)


def _with_letters(bare: Pixels, changed: Pixels, kind: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Cells that letters lie on, which are theirs by how much they changed. Weak ones are neither and left out."""
    view = View.of(changed)
    rows = lettering.describe_cells(view)
    before = View.of(bare).grey.astype(np.float32)
    height, width = (side // lettering.CELL * lettering.CELL for side in before.shape)
    apart = np.abs(view.grey.astype(np.float32) - before)[:height, :width]
    cells = apart.reshape(height // lettering.CELL, lettering.CELL, width // lettering.CELL, lettering.CELL)
    moved = cells.mean((1, 3)).ravel()
    theirs = np.flatnonzero(moved > (_SURE if kind == 0 else 1.2))
    theirs = random.choice(theirs, min(_KEPT, len(theirs)), replace=False) if len(theirs) else theirs
    wanted = np.zeros((len(theirs), 2), np.float32)
    wanted[:, kind] = 1
    return rows[theirs], wanted


def fit_limits(photos: Sequence[CleanPhoto]) -> dict[str, float]:
    """From which figure on one of a hundred faultless photos is blamed."""
    found = [measured_of(photo.pixels).scores for photo in photos]
    limits = {}
    for each in MEASURES:
        if each.name in BACKGROUNDS or each.name == "resolution":
            continue
        figures = [
            scores[each.name] for photo, scores in zip(photos, found, strict=True) if counts_for(photo, each.name)
        ]
        limits[each.name] = limit_of(figures, low=each.low)
    known = [photo for photo in photos if photo.whole and photo.background in {"white", "plain"}]
    sizes = [measured_of(photo.pixels, width=file_width(photo, ENOUGH)).scores["resolution"] for photo in known]
    return {**limits, "resolution": limit_of(sizes, low=True)}


def raise_limits(limits: Mapping[str, float], real: Path) -> dict[str, float]:
    """Those of `_RAISED`, so that no more than one in a hundred real photos is blamed, faulty ones among them.

    Raises `IntakeError` where `real` has no manifest.
    """
    photos = [photo for photo in read_real_photos(real) if in_half(photo, "choose")]
    found = [told.scores for photo in photos if (told := _measured(photo.path)) is not None]
    raised = {name: limit_of([scores[name] for scores in found], low=False) for name in _RAISED if found}
    return {name: max(limit, raised.get(name, limit)) for name, limit in limits.items()}


def _measured(path: Path) -> Measured | None:
    """None for what is missing or no picture."""
    try:
        return measured_of(images.decode(path.read_bytes(), shrink_to=_SIDE).pixels)
    except (OSError, ImageError):
        return None


def _write(name: str, told: Mapping[str, Any], made: Mapping[str, Any]) -> None:
    NETS.mkdir(exist_ok=True)
    (NETS / f"{name}.json").write_text(
        json.dumps({**told, "made": made}, separators=(",", ":")) + "\n", encoding="utf-8"
    )
    load_net.cache_clear()


def _write_limits(limits: Mapping[str, float], made: Mapping[str, Any]) -> None:
    """Limits of what an analyser sees are left as they are, and those that are not named."""
    before = json.loads(LIMITS_FILE.read_text(encoding="utf-8")) if LIMITS_FILE.exists() else {}
    known, makers = before.get("limits", {}), before.get("made", {})
    _rewrite(
        {
            "limits": {**known, **limits},
            "false_alarms": FALSE_ALARMS,
            "made": {**makers, **dict.fromkeys(limits, made)},
        }
    )


def _write_seen(limits: Mapping[str, float], made: Mapping[str, Any]) -> None:
    _rewrite({"seen": {"limits": dict(limits), "made": made}})


def _rewrite(told: Mapping[str, Any]) -> None:
    before = json.loads(LIMITS_FILE.read_text(encoding="utf-8")) if LIMITS_FILE.exists() else {}
    LIMITS_FILE.write_text(json.dumps({**before, **told}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    load_limits.cache_clear()


def _fit_nets(names: Sequence[str], renders: Path, clean: Sequence[CleanPhoto], made: Mapping[str, Any]) -> None:
    if "background" in names:
        varied = list(drawn_photos(renders, _VARIED, report=False, varied=True))
        varied += world_photos(renders, *_WORLD, report=False)
        _write("background", fit_background(varied), {**made, "photos": len(varied)})
    if "light" in names:
        _write("light", fit_light(clean), made)
    if "lettering" in names:
        _write("lettering", fit_lettering(clean), made)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m parure.evaluation.curate.quality_fit", description=__doc__)
    parser.add_argument("renders", type=Path, help="a data set of drawn designs")
    parser.add_argument("--photos", type=int, default=1600, help="photographs drawn to learn from")
    parser.add_argument("--real", type=Path, help="real photos with a manifest, by which limits are moved")
    parser.add_argument("--analyser", help="an analyser by name: fit the limit of what needs one too")
    parser.add_argument("--nets", nargs="*", choices=_NETS, default=_NETS, help="nets to fit; without a name, none")
    parser.add_argument("--limits", nargs="*", choices=_LIMITED, help="measures whose limits to fit; by default all")
    parser.add_argument("--seen-only", action="store_true", help="fit the limits of what the analyser sees, no others")
    options = parser.parse_args(arguments)
    if options.seen_only and not options.analyser:
        parser.error("--seen-only needs --analyser NAME")
    clean = [*drawn_photos(options.renders, options.photos, report=False), *shop_photos(report=False)]
    made = {"photos": len(clean[::2]), "by": "parure.evaluation.curate.quality_fit"}
    if not options.seen_only:
        _fit_nets(options.nets, options.renders, clean[::2], made)
        unseen = clean[1::2]  # by any net
        random = np.random.default_rng(1)
        limits = fit_limits([*unseen, *(cut_out(photo, random) for photo in unseen if _separable(photo))])
        limits = raise_limits(limits, options.real) if options.real else limits
        told = {**made, "raised_by": "half of the real photos"} if options.real else made
        _write_limits({name: limits[name] for name in options.limits or limits}, told)
    model = find_model(options.analyser) if options.analyser else None
    if isinstance(model, Analyser):
        few = clean[:: max(1, len(clean) // _SEEN)]
        seen, told = fit_seen(few, model), {**made, "photos": len(few), "analyser": model.version}
        if options.real:
            seen, told = lower_seen(seen, options.real, model), {**told, "lowered_by": "half of the real photos"}
        _write_seen(seen, told)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
