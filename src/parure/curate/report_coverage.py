"""Which styles have photos from which side: the gaps that a photographer would fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parure.curate.template_category import UNSORTED
from parure.curate.values import PlanEntry

__all__ = ["UNSAID", "Coverage"]

UNSAID = "not said"
_MOST_VIEWS = 8  # columns; rarer views count as one more
_OTHER = "other"


@dataclass
class Coverage:
    """`known` are the styles of the sheet with their categories, "" where it does not tell."""

    known: Mapping[str, str] = field(default_factory=dict)
    photos: dict[str, Counter[str]] = field(default_factory=dict)  # style -> view -> photos kept
    _categories: dict[str, str] = field(default_factory=dict)

    def add(self, entry: PlanEntry) -> None:
        if entry.style_code:
            self.photos.setdefault(entry.style_code, Counter())[entry.view or UNSAID] += 1
            self._categories.setdefault(entry.style_code, entry.category or UNSORTED)

    @property
    def without(self) -> int:
        """Styles of the sheet without any photo."""
        return sum(code not in self.photos for code in self.known)

    def views(self) -> tuple[str, ...]:
        """The most frequent first, then "other" and "not said" where there are any."""
        counted = Counter(view for views in self.photos.values() for view in views if view != UNSAID)
        named = [view for view, _ in counted.most_common(_MOST_VIEWS)]
        named += [_OTHER] if len(counted) > len(named) else []
        return (*named, UNSAID) if any(UNSAID in views for views in self.photos.values()) else tuple(named)

    def styles(self) -> list[tuple[str, str, tuple[int, ...]]]:
        """Code, category, photos by the views of `views()`; of every style of the plan or the sheet."""
        views = self.views()
        return [
            (code, self.category(code), _row(self.photos.get(code, Counter()), views))
            for code in sorted({*self.photos, *self.known})
        ]

    def category(self, code: str) -> str:
        return self._categories.get(code) or self.known.get(code) or UNSORTED

    def by_category(self, styles: Iterable[tuple[str, str, tuple[int, ...]]]) -> dict[str, tuple[int, int, list[int]]]:
        """Category -> styles, styles with any photo, styles with a photo of each view."""
        found: dict[str, tuple[int, int, list[int]]] = {}
        width = len(self.views())
        for _, category, counts in styles:
            total, covered, each = found.get(category, (0, 0, [0] * width))
            seen = [before + bool(now) for before, now in zip(each, counts, strict=True)]
            found[category] = (total + 1, covered + any(counts), seen)
        return dict(sorted(found.items()))


def _row(photos: Counter[str], views: tuple[str, ...]) -> tuple[int, ...]:
    counts = {view: photos[view] for view in views}
    if _OTHER in counts:
        counts[_OTHER] = sum(number for view, number in photos.items() if view not in counts)
    return tuple(counts.values())
