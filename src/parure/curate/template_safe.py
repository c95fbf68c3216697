"""File names that every system takes: Linux, macOS and Windows, today and after a move to another disk.

Unusual: a name is cut by bytes but never inside a character, nor between a letter and the marks that belong to it; and
two names that any of the three systems holds for one share a `collision_key`.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["MOST_BYTES", "collision_key", "cut", "is_safe", "safe_name"]

MOST_BYTES = 255  # of UTF-8, in one name; Windows counts UTF-16 units, which are never more
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]')
# Names of devices on Windows, with any ending behind them.
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(?=\.|$)", re.IGNORECASE)
_JOINERS = "\u200c\u200d"


def safe_name(text: str, *, most_bytes: int = MOST_BYTES) -> str:
    """The nearest name that is allowed everywhere, in Unicode NFC; empty if nothing is left. Safe names stay."""
    name = unicodedata.normalize("NFC", _UNSAFE.sub("-", text))
    name = _trimmed(cut(_trimmed(name), most_bytes))
    device = _DEVICE.match(name)
    if device:
        name = _trimmed(cut(f"{name[: device.end()].rstrip()}_{name[device.end() :]}", most_bytes))
    return name


def is_safe(name: str) -> bool:
    return name != "" and safe_name(name) == name


def cut(text: str, most_bytes: int) -> str:
    """The longest beginning of at most so many bytes that ends between two characters as a reader sees them."""
    raw = text.encode("utf-8", "surrogatepass")
    if len(raw) <= most_bytes:
        return text
    end = len(raw[:most_bytes].decode("utf-8", "ignore"))
    whole = end
    while whole and (_belongs_to_left(text[whole]) or text[whole - 1] in _JOINERS):
        whole -= 1
    return text[: whole or end]


def collision_key(path: str) -> str:
    """Equal for paths that a file system which ignores case or composes letters would take for the same."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())


def _belongs_to_left(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character).startswith("M")


def _trimmed(name: str) -> str:
    """Windows drops spaces and dots at the end; a dot in front hides the file."""
    return name.strip(" \u00a0").lstrip(".").rstrip(". \u00a0").strip(" \u00a0")
