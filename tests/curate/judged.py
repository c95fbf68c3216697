"""Files to judge, made in a line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from parure.curate import Decision, KnownStyle, Measures, StyleIndex, default_rules
from parure.curate.duplicates import Duplicates, Group, Member, Tier
from parure.curate.judging import Judged, judge_archive
from parure.curate.judging_decisions import Decided
from parure.curate.judging_evidence import Evidence, gather
from parure.curate.same_picture import Comparison, Likeness, Transform
from parure.curate.values import Fingerprints, Reason, Scanned

__all__ = [
    "FINE",
    "STYLES",
    "WATERMARKED",
    "copies",
    "digest",
    "evidence",
    "judge",
    "photo",
    "pictures",
    "refused",
    "verdicts",
]

STYLES = ("AJ-1001", "AJ-1002", "AJ-1003")
FINE = {"sharpness": 1.0, "resolution": 1.0, "white": 1.0}
WATERMARKED = {**FINE, "watermark": 1.0}


def photo(path: str, content: str = "", *, side: int = 800, scores: dict[str, float] | None = None) -> Scanned:
    """`content` makes the hash; the path's own, if it is not given."""
    prints = Fingerprints(digest(content or path))
    return Scanned(path, side * 100, 0.0, prints, Measures(side, side, scores or FINE, "white"), None, "jpeg")


def refused(path: str, code: str, *, read: bool = True) -> Scanned:
    return Scanned(path, 10, 0.0, Fingerprints(digest(path) if read else ""), refusal=Reason(code, f"{path}: {code}"))


def digest(content: str) -> str:
    return content.encode().hex().ljust(64, "0")[:64]


def evidence(*files: Scanned) -> list[Evidence]:
    rules = default_rules()
    return gather(files, rules, StyleIndex([KnownStyle(code) for code in STYLES], rules.normalise))


def copies(first: str, *others: str) -> Group:
    return Group(Tier.SAME_BYTES, first, tuple(Member(path, ()) for path in others))


def pictures(first: str, *others: str, overlap: float = 1.0) -> Group:
    told = Comparison(Likeness.SAME, overlap, 0.99, 0.0, Transform(False, 0.0, 1.0, 1.0))
    return Group(Tier.SAME_PICTURE, first, tuple(Member(path, (), told) for path in others))


def judge(
    files: Iterable[Scanned], *groups: Group, said: Iterable[Decision] = (), gone: Iterable[str] = ()
) -> dict[str, Judged]:
    unseen = tuple((path, Reason("unreadable", f"{path} is gone.")) for path in gone)
    found = replace(Duplicates(groups), unseen=unseen)
    return {each.judgement.path: each for each in judge_archive(evidence(*files), found, Decided(said))}


def verdicts(judged: dict[str, Judged]) -> dict[str, tuple[str, str]]:
    """Verdict and first reason by path."""
    return {path: (each.judgement.verdict.value, each.judgement.reasons[0].code) for path, each in judged.items()}
