"""The grammar's own words: those that join, deny, fill or carry no meaning for a search."""

from __future__ import annotations

__all__ = [
    "AFFIRMATIONS",
    "AND_WORDS",
    "CELL_FILLERS",
    "COMPONENT_WORDS",
    "DENIALS",
    "DENIAL_FILLERS",
    "EMPTY_CELLS",
    "FREE_OF_CHARGE",
    "OR_WORDS",
    "STOP_WORDS",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(","))


OR_WORDS = _words("or nor / |")
AND_WORDS = _words("and & + ,")

DENIALS = _phrases(
    "no, not, without, non, except, excluding, exclude, minus, sans, never, avoid, avoiding, lacking, neither, isnt,"
    "arent, anything but, everything but, everything except, all but, any but, other than, free of, free from,"
    "do not want, dont want, dont like, do not like, except for, instead of, rather than, apart from, aside from,"
    "but not, but no, and no, and not, must not have, does not have, doesnt have, not wanting"
)
AFFIRMATIONS = _phrases("nothing but, none but, not only, not just")
# Between a denial and what it denies: "without any large stones".
DENIAL_FILLERS = _words(
    "any a an the with of made from in too much other have having has containing contain using be big large small huge "
    "tiny little many single want wearing as extra visible"
)
# "free shipping" denies nothing.
FREE_OF_CHARGE = _words("shipping delivery returns return gift gifts postage engraving resizing sample")
# "bracelet with charms" is a bracelet.
COMPONENT_WORDS = _words("with w featuring has having plus including on")

# Without meaning at the edge of what a sentence leaves over.
STOP_WORDS = _words(
    "a an the with without of for in on to from by at and or nor but is are am be it its this that these those i im me "
    "my we our you your he she they some any also very really please show find search get give looking look want wants "
    "need like would something anything thing things one ones piece pieces item items have has having which who where "
    "there s jewelry jewellery jewelery price priced cost costing budget made set featuring contains containing not no "
    "only just other than type kind as well least most under over below above nothing buy shop shopping can could "
    "pair w"
)
# Passed over in a sheet cell.
CELL_FILLERS = _words(
    "a an the of in on with and or for to from made set jewelry jewellery jewelery piece pieces pair pairs other "
    "colour color coloured colored type style approx total weight each size multiple various mixed assorted real"
)
EMPTY_CELLS = _phrases("n a, na, null, nil, unknown, not applicable, unspecified, nan") | {""}
