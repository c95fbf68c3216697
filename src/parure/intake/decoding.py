"""Bytes of a text file -> text, and the encoding that was found or guessed."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

__all__ = ["Decoded", "decode"]

_MARKS = (  # the longer mark first: UTF-32 begins like UTF-16
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheets on Windows and old Macs write. Rarer code pages only make the guess worse.
_CANDIDATES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"]
_CANDIDATES += ["mac_roman", "cp932", "gb18030", "big5", "cp949"]
_SAMPLE = 256 * 1024


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str
    notes: tuple[str, ...]


def decode(data: bytes) -> Decoded:
    """Never fails: bytes that fit no encoding become replacement marks, and a note says so."""
    encoding = _stated(data) or _wide(data)
    guessed = encoding is None and not _is_utf8(data)
    if encoding is None:
        encoding = _guess(data) if guessed else "utf-8"
    text = data.decode(encoding, "replace")
    notes = []
    if guessed:
        notes.append(f"The text is not UTF-8; it was read as {encoding}, a guess. Check accented letters.")
    if "�" in text:
        notes.append(f"Some characters are not valid {encoding} and show as �. Save the sheet as UTF-8.")
    if "\0" in text:
        notes.append(f"NUL characters were removed ({text.count(chr(0))}).")
        text = text.replace("\0", "")
    return Decoded(text, encoding.removesuffix("-sig"), tuple(notes))


def _stated(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: in Latin text every other byte is NUL."""
    even, odd = data[0:4096:2].count(0), data[1:4096:2].count(0)
    enough = len(data[:4096]) // 4
    if max(even, odd) < max(enough, 2) or min(even, odd) > enough // 4:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str:
    """Only lines with something to tell are sampled. Western text in few words fits many pages: prefer cp1252."""
    telling = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    matches = from_bytes(telling, cp_isolation=_CANDIDATES, enable_fallback=False, threshold=0.3)
    best = matches.best()
    if best is None or "cp1252" in best.could_be_from_charset:
        return "cp1252"
    equal = {match.encoding for match in matches if (match.chaos, match.coherence) == (best.chaos, 0.0)}
    return "mac_roman" if "mac_roman" in equal else best.encoding  # no language recognised: old Macs before the Baltic
