"""How well names are read, on a made-up archive with known truth, beside the plain "known code in the name" peer.

    python bench/names.py [--seeds 5] [--names 5000] [--styles 1000] [--wrong 20]

Precision: of the assigned names, those whose style is right. Recall: of the names meant for one style of the sheet,
those assigned to it; a name that went to review counts as missed, whatever is proposed there. The last lines measure
speed on 60,000 names over 18,000 styles.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from messy_names import Archive, make_archive
from parure.curate import KnownStyle, NameReading, NameVerdict, StyleIndex, default_rules, read_archive
from report import print_json


@dataclass(frozen=True)
class Score:
    """Shares in 0..1. `asked` is the share left to a person, `ambiguous_kept` of two-code names not assigned."""

    precision: float
    recall: float
    asked: float
    ambiguous_kept: float


def score(archive: Archive, styles: Sequence[str | None]) -> Score:
    pairs = list(zip(archive.names, styles, strict=True))
    assigned = [(name, style) for name, style in pairs if style is not None]
    right = sum(name.style == style for name, style in assigned)
    two = [style for name, style in pairs if name.kind == "two codes"]
    meant = sum(name.style is not None for name in archive.names)
    return Score(
        right / max(len(assigned), 1), right / meant, 1 - len(assigned) / len(pairs), two.count(None) / max(len(two), 1)
    )


def read(archive: Archive) -> tuple[NameReading, ...]:
    known = [KnownStyle(each.code, (each.vendor_sku,) if each.vendor_sku else ()) for each in archive.styles]
    rules = default_rules()
    return read_archive((name.path for name in archive.names), rules, StyleIndex(known, rules.normalise))


def by_substring(archive: Archive) -> list[str | None]:
    """The peer: the longest known code that the file name contains, case aside."""
    codes = sorted((each.code for each in archive.styles), key=len, reverse=True)
    spelled = [(code.replace("/", "-").casefold(), code) for code in codes]
    return [
        next((c for s, c in spelled if s in name.path.rpartition("/")[2].casefold()), None) for name in archive.names
    ]


def show(name: str, scores: Sequence[Score]) -> None:
    count = len(scores)
    means = [sum(getattr(each, field) for each in scores) / count for field in Score.__dataclass_fields__]
    worst = (min(each.precision for each in scores), min(each.recall for each in scores))
    figures = "".join(f"{mean:12.4f}" for mean in means)
    print(f"{name:24}{figures}   worst seed {worst[0]:.4f} / {worst[1]:.4f}")


def details(archive: Archive, readings: Sequence[NameReading], wrong: int) -> None:
    kinds: dict[str, Counter[str]] = {}
    for name, reading in zip(archive.names, readings, strict=True):
        right = reading.style == name.style
        outcome = (
            ("right" if right else "WRONG")
            if reading.style
            else ("review" if name.style or reading.candidates else "none")
        )
        kinds.setdefault(name.kind, Counter())[outcome] += 1
        if outcome == "WRONG" and wrong > 0:
            wrong -= 1
            print(
                f"  wrong: {name.path!r} ({name.kind}) is {name.style}, read as {reading.style}: "
                f"{reading.reasons[0].detail}"
            )
    for kind, counts in sorted(kinds.items()):
        print(f"  {kind:22}" + "  ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items())))
    for field in ("metal", "view"):
        stated = [
            (getattr(n, field), getattr(r, field))
            for n, r in zip(archive.names, readings, strict=True)
            if getattr(n, field) and r.style
        ]
        print(f"  {field}: {sum(a == b for a, b in stated) / max(len(stated), 1):.4f} of {len(stated)} stated")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    for option, default in (("--seeds", 5), ("--names", 5000), ("--styles", 1000), ("--wrong", 20)):
        parser.add_argument(option, type=int, default=default)
    parser.add_argument("--quick", action="store_true", help="one seed, no speed run")
    given = parser.parse_args()
    ours, peer = [], []
    for seed in range(1, (1 if given.quick else given.seeds) + 1):
        archive = make_archive(seed, styles=given.styles, names=given.names)
        readings = read(archive)
        ours.append(score(archive, [each.style for each in readings]))
        peer.append(score(archive, by_substring(archive)))
        assert all((each.style is None) == (each.verdict is not NameVerdict.ASSIGNED) for each in readings)
        if seed == 1:
            print(f"Seed 1: {len(archive.names):,} names over {len(archive.styles):,} styles")
            details(archive, readings, given.wrong)
    print(f"\n{'mean of seeds: ' + str(len(ours)):24}{'precision':>12}{'recall':>12}{'to review':>12}{'two: kept':>12}")
    show("parure", ours)
    show("known code as substring", peer)
    figures = {"parure": [vars(each) for each in ours], "substring": [vars(each) for each in peer]}
    speed = {} if given.quick else timed()
    print_json("names", {**figures, **speed})


def timed() -> dict[str, float]:
    archive = make_archive(99, styles=18_000, names=60_000)
    start, busy = time.perf_counter(), time.process_time()
    read(archive)
    seconds, own = time.perf_counter() - start, time.process_time() - busy
    print(
        f"60,000 names against 18,000 styles, index and rules read anew: {seconds:.1f} s, {own:.1f} s of one processor"
    )
    return {"seconds_60k_names_18k_styles": round(seconds, 2), "processor_seconds": round(own, 2)}


if __name__ == "__main__":
    main()
