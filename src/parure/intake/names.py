"""File names as evidence: which words name a view or a copy, and what is left when they are gone.

Names are compared in one Unicode form and without case: the same name typed on a Mac and in a sheet differs in both.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata

__all__ = [
    "MAX_CODE",
    "NAMED_VIEWS",
    "even",
    "is_camera_name",
    "looks_like_code",
    "natural_key",
    "split_number",
    "stem_of",
    "strip_marks",
    "style_code_from",
    "title_from",
]

MAX_CODE = 100  # characters in a style code

NAMED_VIEWS = frozenset(
    {"front", "back", "side", "top", "bottom", "angle", "angled", "detail", "details", "closeup", "macro", "zoom"}
    | {"profile", "rear", "reverse", "worn", "onmodel", "model", "hand", "lifestyle", "packshot", "hero", "main"}
    | {"cover", "alt", "view", "inside", "perspective", "thumb", "thumbnail", "quarter"}
)
_COPY_MARKS = frozenset(
    {"copy", "final", "finals", "edit", "edited", "retouch", "retouched", "cropped", "crop", "hires", "lowres", "web"}
    | {"nobg", "whitebg", "resized", "compressed", "optimized", "optimised"}
)
_TWO_WORDS = re.compile(r"[-_ ](close[-_ ]up|on[-_ ]model|three[-_ ]quarter|white[-_ ]bg|no[-_ ]bg)$", re.IGNORECASE)
_LAST_WORD = re.compile(r"^(.*[^-_ .])[-_ .]+([A-Za-z]+)[-_ ]?\d{0,2}$", re.DOTALL)
_IN_BRACKETS = re.compile(r"^(.*\S)\s*\((\d{1,2})\)$", re.DOTALL)
_NUMBER = re.compile(r"^(.*[^-_ ])[-_ ](\d{1,2})$", re.DOTALL)
_DATE = re.compile(r"(?<!\d)(19|20)\d\d[-_.]?(0[1-9]|1[0-2])(?!\d{3})")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_CAMERA = re.compile(
    r"[_ ]?(img|dsc[nf]?|mg|pxl|gopr|dji|photo|image|picture|pic|scan|screen ?shot|whatsapp image|p(?=\d{7}))?"
    r"[-_ ]?\d[\d\-_ .a-z]*",
    re.IGNORECASE,
)


def even(text: str) -> str:
    """The form in which two names are compared."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def stem_of(name: str) -> str:
    return unicodedata.normalize("NFC", posixpath.splitext(posixpath.basename(name))[0])


def strip_marks(stem: str) -> str:
    """The stem without view words and copy marks at its end, and without "(2)" behind a name that holds a digit."""
    current = stem
    while True:
        shorter = _shorter(current)
        if shorter is None:
            return current
        current = shorter


def _shorter(stem: str) -> str | None:
    if match := _TWO_WORDS.search(stem):
        return _kept(stem[: match.start()])
    match = _IN_BRACKETS.match(stem)
    if match and any(character.isdigit() for character in match[1]):
        return _kept(match[1])
    match = _LAST_WORD.match(stem)
    if match and match[2].casefold() in NAMED_VIEWS | _COPY_MARKS:
        return _kept(match[1])
    return None


def _kept(stem: str) -> str | None:
    rest = stem.rstrip("-_ .")
    return rest if any(character.isalnum() for character in rest) else None


def split_number(stem: str) -> tuple[str, int] | None:
    """("AJ-1042", 2) for "AJ-1042_2" or "Ring (2)"; None without a short number at the end, or where it ends a date."""
    match = _IN_BRACKETS.match(stem) or _NUMBER.match(stem)
    if not match or _DATE.search(match[1]):
        return None
    return match[1], int(match[2])


def is_camera_name(stem: str) -> bool:
    """Names a device gave: IMG_2041, DSC00123, 20240501_101112. They repeat from folder to folder."""
    return _CAMERA.fullmatch(stem) is not None and not re.fullmatch(r"(?=.*[a-f])[0-9a-f]{12,}", stem, re.IGNORECASE)


def looks_like_code(name: str) -> bool:
    """Whether a name is so particular that two files of that name show one piece, wherever they lie."""
    if is_camera_name(name) or _YEAR.search(name):
        return False
    return sum(character.isdigit() for character in name) >= 3


def style_code_from(text: str) -> str:
    """A style code made of a name: no control characters, at most `MAX_CODE`; a longer one ends in its hash."""
    plain = " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split()) or "unnamed"
    if len(plain) <= MAX_CODE:
        return plain
    digest = hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{plain[: MAX_CODE - 9].rstrip()}-{digest}"


def title_from(stem: str) -> str:
    """ "gold-hoop_earrings" -> "Gold hoop earrings"; words with digits stay as they are: "AJ-1042"."""
    spaced = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", stem.replace("_", " "))
    plain = " ".join(spaced.split()) or stem
    first = plain.split(" ", 1)[0]
    return plain if any(c.isdigit() for c in first) else plain[:1].upper() + plain[1:]


def natural_key(name: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Order of a product's photos: the cover words first, then the bare name, then by number as people count."""
    words = set(re.findall(r"[a-z]+", stem_of(name).casefold()))
    rank = 0 if words & {"main", "hero", "cover"} else 1 if "front" in words else 2
    pieces = re.split(r"(\d+)", re.sub(r"[\W_]+", " ", even(posixpath.splitext(name)[0])).strip())
    return rank, tuple((int(piece), "") if index % 2 else (-1, piece) for index, piece in enumerate(pieces))
