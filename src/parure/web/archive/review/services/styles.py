"""Style codes as a person types them: found whatever case and dashes, suggested from a few letters."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import lru_cache

from parure.curate.plan import shown

__all__ = ["known_code", "suggestions"]

_MOST_COMPARED = 50_000  # codes looked through for a near spelling


def known_code(styles: Sequence[str], typed: str) -> str | None:
    """The style that is written so, or the only one that is but for case, spaces and dashes."""
    bare = _bare_codes(tuple(styles))
    found = bare.get(_bare(typed), ())
    if typed in found:
        return typed
    return found[0] if len(found) == 1 else None


def suggestions(styles: Sequence[str], typed: str, *, most: int = 8) -> list[str]:
    """Codes that begin with this, then those that hold it, then those spelled alike."""
    wanted = _bare(shown(typed))
    if not wanted:
        return []
    bare = _bare_codes(tuple(styles))
    starting = [code for key, codes in bare.items() if key.startswith(wanted) for code in codes]
    found = sorted(starting)[:most]
    if len(found) < most:
        found += sorted(code for key, codes in bare.items() if wanted in key[1:] for code in codes if code not in found)
    if not found and len(bare) <= _MOST_COMPARED:
        close = difflib.get_close_matches(wanted, bare, n=most, cutoff=0.7)
        found = [code for key in close for code in bare[key]]
    return found[:most]


@lru_cache(maxsize=4)
def _bare_codes(styles: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for code in styles:
        codes[_bare(code)] = (*codes.get(_bare(code), ()), code)
    return codes


def _bare(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
