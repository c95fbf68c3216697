"""In what a member of a group differs from its representative, as lines that stand side by side for a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from PIL import ExifTags, Image

from parure.curate.same_picture import Comparison
from parure.curate.values import Scanned

__all__ = ["Difference", "differences", "read_metadata"]

_TAGS = {
    ExifTags.Base.DateTimeOriginal: "taken", ExifTags.Base.Make: "maker", ExifTags.Base.Model: "camera",
    ExifTags.Base.Software: "software", ExifTags.Base.Artist: "artist", ExifTags.Base.Copyright: "copyright",
    ExifTags.Base.ImageDescription: "description",
}  # fmt: skip
_LONGEST = 200  # characters


@dataclass(frozen=True)
class Difference:
    """`name` is stable: pixels, bytes, modified, format, change, overlap, or a field of `read_metadata`."""

    name: str
    representative: str
    member: str


def differences(best: Scanned, file: Scanned, told: Comparison | None = None) -> tuple[Difference, ...]:
    """What is the same is left out."""
    pairs = [
        ("pixels", _pixels(best), _pixels(file)),
        ("bytes", str(best.size), str(file.size)),
        ("modified", _moment(best.modified), _moment(file.modified)),
        ("format", best.format or "", file.format or ""),
    ]
    if told is not None and told.transform is not None:
        pairs.append(("change", "as it is", told.transform.words))
        pairs.append(("overlap", "100 %", f"{100 * told.overlap:.0f} %"))
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def read_metadata(image: Image.Image) -> dict[str, str]:
    """The fields of EXIF that tell where a picture comes from, by name; of an opened file, no pixel is decoded."""
    stated = image.getexif()
    inside = stated.get_ifd(ExifTags.IFD.Exif)
    found = {name: stated.get(tag) or inside.get(tag) for tag, name in _TAGS.items()}
    return {name: _plain(value) for name, value in found.items() if isinstance(value, str) and _plain(value)}


def _plain(value: str) -> str:
    return "".join(sign for sign in value if sign.isprintable()).strip()[:_LONGEST]


def _pixels(file: Scanned) -> str:
    return f"{file.measures.width} × {file.measures.height}" if file.measures else ""


def _moment(seconds: float) -> str:
    """To the second in UTC; what lies outside the calendar as the number it is."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f}"
