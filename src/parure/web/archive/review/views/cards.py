"""Photos side by side: the facts of each, with a mark on what differs and a word on which is most."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from parure.curate.plan import shown
from parure.web.archive.review.services.findings import Candidate, Copy, NameQuestion, Shot
from parure.web.catalogue.models import Photo

__all__ = ["Card", "Fact", "SaidCopy", "StyleCard", "cards", "read_out", "said_copies", "shot_facts", "style_cards"]


@dataclass(frozen=True)
class Fact:
    """`differs`: not all photos of the page have it; `mark`: "most", "oldest", ... where this one stands out."""

    label: str
    text: str
    differs: bool = False
    mark: str = ""


@dataclass(frozen=True)
class Card:
    """`key` is pressed to keep it, empty behind the ninth; `answer` is what its button sends."""

    shot: Shot
    key: str
    answer: str
    facts: tuple[Fact, ...]
    first: bool
    plain: bool


@dataclass(frozen=True)
class StyleCard:
    """A style, or a metal, to choose; `photo` is the number of its picture in the catalogue, `sha256` one in the
    archive."""

    code: str
    label: str
    why: str
    key: str
    photo: int | None
    sha256: str


@dataclass(frozen=True)
class SaidCopy:
    """A copy and what its name says; `pictured` if it is not the picture that is shown above."""

    shot: Shot
    says: str
    pictured: bool


def said_copies(question: NameQuestion) -> list[SaidCopy]:
    """All of a group that disagrees, the one that is shown first; none otherwise."""
    first = question.shots[0].sha256
    pairs = zip(question.shots, question.says, strict=True) if question.together else ()
    return [SaidCopy(shot, read_out(question.kind, says), shot.sha256 != first) for shot, says in pairs]


def read_out(kind: str, value: str) -> str:
    """A metal by its name; a style's code is one already."""
    return value.replace("_", " ") if kind == "metal" else value


def cards(copies: Sequence[Copy], kind: str, metadata: Mapping[str, Mapping[str, str]]) -> list[Card]:
    """`metadata` by content."""
    rows = _facts([copy.shot for copy in copies], metadata)
    made = []
    for place, copy in enumerate(copies):
        facts = [row[place] for row in rows]
        told = [*(_compared(copy) if kind == "same_picture" else ()), *(fact for fact in facts if fact.text)]
        made.append(
            Card(
                copy.shot,
                str(place + 1) if place < 9 else "",
                f"keep:{copy.shot.sha256 if kind == 'same_picture' else copy.shot.spoken}",
                tuple(told),
                place == 0,
                copy.plain,
            )
        )
    return made


def shot_facts(shot: Shot) -> list[Fact]:
    return [row[0] for row in _facts([shot], {}) if row[0].text]


def style_cards(candidates: Sequence[Candidate], kind: str) -> list[StyleCard]:
    codes = [each.code for each in candidates]
    shots = Photo.objects.filter(product__style_code__in=codes, product__deleted_at=None)
    pictures = dict(shots.order_by("-pk").values_list("product__style_code", "pk"))
    return [
        StyleCard(each.code, read_out(kind, each.code), each.why, str(place), pictures.get(each.code), each.sha256)
        for place, each in enumerate(candidates, start=1)
    ]


def _compared(copy: Copy) -> list[Fact]:
    if copy.overlap is None:
        return [Fact("Change", "reference"), Fact("Overlap", "–")]
    changed = copy.change not in {"", "as it is"}
    against = f", beside {shown(copy.via.rpartition('/')[2])}" if copy.via else ""
    return [
        Fact("Change", (copy.change if changed else "none found") + against, changed),
        Fact("Overlap", f"{100 * copy.overlap:.0f} %", copy.overlap < 0.97),
    ]


def _facts(shots: Sequence[Shot], metadata: Mapping[str, Mapping[str, str]]) -> list[list[Fact]]:
    """Rows of facts, one fact for each photo."""
    rows = [
        _row("Size", shots, _size, lambda shot: -shot.pixels, "largest"),
        _row("File", shots, _file, lambda shot: -shot.size, "heaviest"),
        _row("Changed", shots, lambda shot: _moment(shot.modified), lambda shot: shot.modified, "oldest"),
    ]
    told = [metadata.get(shot.sha256, {}) for shot in shots]
    for name in dict.fromkeys(name for each in told for name in each):
        texts = [each.get(name, "–") for each in told]
        rows.append([Fact(name.capitalize(), text, len(set(texts)) > 1) for text in texts])
    return rows


def _row(
    label: str,
    shots: Sequence[Shot],
    text: Callable[[Shot], str],
    rank: Callable[[Shot], float],
    mark: str,
) -> list[Fact]:
    """The photo of the least rank is marked, if it is alone with it."""
    texts, ranks = [text(shot) for shot in shots], [rank(shot) for shot in shots]
    differs = len(set(texts)) > 1
    best = ranks.index(min(ranks)) if differs and ranks.count(min(ranks)) == 1 else -1
    return [Fact(label, told, differs, mark if place == best else "") for place, told in enumerate(texts)]


def _size(shot: Shot) -> str:
    return f"{shot.width} × {shot.height}"


def _file(shot: Shot) -> str:
    size = f"{shot.size / 1e6:.1f} MB" if shot.size >= 1e6 else f"{shot.size / 1e3:,.0f} kB"
    return f"{size} {shot.format.upper()}".rstrip()


def _moment(seconds: float) -> str:
    """What lies outside the calendar, or was never told, as a dash."""
    try:
        told = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return "–"
    return f"{told.day} {told:%b %Y, %H:%M}" if seconds else "–"
