"""Fits the verdict of a model on held-out renders and writes it beside the model.

    python -m parure.training.fit_verdict MODEL --renders DIR --out verdict.json [--real DIR] [--designs 600]

`MODEL` is a name in the registry or a manifest. Real photos choose the threshold of "same piece", on the half of the
sources that may choose; the model itself never sees them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from parure.evaluation.house import Bench
from parure.evaluation.made_photos import HeldOut
from parure.evaluation.models import find_model
from parure.evaluation.seeing import Shelf, chunks, see
from parure.training.verdict_file import ClaimFigures, fit_verdict, write_verdict
from parure.training.verdict_pairs import Pairs, RenderedSearches, real_pairs, rendered_pairs
from parure.vision import Encoder

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    given = _parser().parse_args(arguments)
    model = find_model(given.model)
    searches = RenderedSearches(HeldOut.read(given.renders, given.designs))
    _say(f"{searches.count} designs, {3 * searches.count} pictures to look at.")
    (sight,) = see([model], chunks(searches.pictures()), told=_every(320, 3 * searches.count))
    pairs = rendered_pairs(searches, sight)
    real = _real(model, given.real, given.cache) if given.real else None
    fitted = fit_verdict(pairs, model.version, real=real)
    write_verdict(fitted, given.out)
    for where, figures in (("renders", fitted.rendered), ("real, choosing half", fitted.real)):
        for each in figures:
            _say(_told(where, each))
    _say(f"{given.out}: thresholds {dict(fitted.model.thresholds)}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m parure.training.fit_verdict", description=__doc__)
    parser.add_argument("model", help="name in the registry, or manifest")
    parser.add_argument("--renders", type=Path, required=True, help="folder of held-out renders")
    parser.add_argument("--out", type=Path, required=True, help="where the JSON goes")
    parser.add_argument("--real", type=Path, help="folder of real photos, to choose a threshold")
    parser.add_argument("--designs", type=int, default=600)
    parser.add_argument("--cache", type=Path, help="folder that keeps what the model saw on real photos")
    return parser


def _real(model: Encoder, folder: Path, cache: Path | None) -> Pairs:
    sights = Bench(model, real=folder, half="choose", shelf=Shelf(cache)).real_sights
    return real_pairs(sights.photos, sights.asked, sights.model)


def _told(where: str, each: ClaimFigures) -> str:
    return (
        f"{where}: {each.claim.value}: ECE {each.error:.3f}, precision at recall .5 {each.precision:.3f} "
        f"({each.true} true of {each.pairs} pairs)"
    )


def _every(step: int, total: int) -> Callable[[int], None]:
    return lambda done: _say(f"{done} of {total}") if done % step == 0 or done == total else None


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    main()
