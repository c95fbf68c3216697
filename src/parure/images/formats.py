"""Which format some bytes are in. Content decides, never a file name; what is refused is refused by its name."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from parure.errors import ImageError, ImageReason

__all__ = ["FORMATS", "Format", "is_cut_short", "sniff"]


@dataclass(frozen=True)
class Format:
    """A format we read; `reader` is `module:class`, imported on first use."""

    extension: str
    media_type: str
    reader: str


FORMATS = {
    "jpeg": Format(".jpg", "image/jpeg", "PIL.JpegImagePlugin:JpegImageFile"),
    "png": Format(".png", "image/png", "PIL.PngImagePlugin:PngImageFile"),
    "webp": Format(".webp", "image/webp", "PIL.WebPImagePlugin:WebPImageFile"),
    "avif": Format(".avif", "image/avif", "PIL.AvifImagePlugin:AvifImageFile"),
    "heic": Format(".heic", "image/heic", "pi_heif:HeifImageFile"),
    "tiff": Format(".tif", "image/tiff", "PIL.TiffImagePlugin:TiffImageFile"),
    "gif": Format(".gif", "image/gif", "PIL.GifImagePlugin:GifImageFile"),
    "bmp": Format(".bmp", "image/bmp", "PIL.BmpImagePlugin:BmpImageFile"),
}

_MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),  # BigTIFF
    (b"MM\0+", "tiff"),
)
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}

# (how the file starts, what to call it, why it is refused)
_REFUSED = (
    (b"8BPS", "a Photoshop document", ImageReason.UNSUPPORTED_FORMAT),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", ImageReason.UNSUPPORTED_FORMAT),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture", ImageReason.UNSUPPORTED_FORMAT),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture", ImageReason.UNSUPPORTED_FORMAT),
    (b"\xff\x0a", "a JPEG XL picture", ImageReason.UNSUPPORTED_FORMAT),
    (b"\0\0\x01\0", "an icon", ImageReason.UNSUPPORTED_FORMAT),
    (b"DDS ", "a DirectDraw texture", ImageReason.UNSUPPORTED_FORMAT),
    (b"\x76\x2f\x31\x01", "an OpenEXR picture", ImageReason.UNSUPPORTED_FORMAT),
    (b"FUJIFILMCCD-RAW", "a camera raw file", ImageReason.UNSUPPORTED_FORMAT),
    (b"%!PS", "an EPS drawing", ImageReason.VECTOR_GRAPHIC),
    (b"\xc5\xd0\xd3\xc6", "an EPS drawing", ImageReason.VECTOR_GRAPHIC),
    (b"\xd7\xcd\xc6\x9a", "a WMF drawing", ImageReason.VECTOR_GRAPHIC),
    (b"%PDF-", "a PDF document", ImageReason.NOT_AN_IMAGE),
    (b"PK\x03\x04", "a zip archive or an office document", ImageReason.NOT_AN_IMAGE),
    (b"\x1f\x8b", "a gzip archive", ImageReason.NOT_AN_IMAGE),
    (b"Rar!", "a RAR archive", ImageReason.NOT_AN_IMAGE),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", ImageReason.NOT_AN_IMAGE),
    (b"MZ", "a Windows program", ImageReason.NOT_AN_IMAGE),
    (b"\x7fELF", "a program", ImageReason.NOT_AN_IMAGE),
    (b"RIFF", "a sound or video file", ImageReason.NOT_AN_IMAGE),
    (b"<!doctype html", "a web page", ImageReason.NOT_AN_IMAGE),
    (b"<html", "a web page", ImageReason.NOT_AN_IMAGE),
)


def sniff(data: bytes) -> str:
    """A key of `FORMATS`, from the first bytes alone; raises `ImageError` for everything else."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in {12, 16, 40, 52, 56, 64, 108, 124}:
        return "bmp"
    if data[4:8] == b"ftyp":
        return _sniff_boxes(data)
    raise _refusal(data)


def _sniff_boxes(data: bytes) -> str:
    """AVIF and HEIC share a container; the brands in its first box say which. `mif1` alone is taken for HEIC."""
    box = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    brands = [box[0:4], *(box[i : i + 4] for i in range(8, len(box) - 3, 4))]
    if any(brand in {b"avif", b"avis"} for brand in brands):
        return "avif"
    if any(brand in _HEIC_BRANDS for brand in brands):
        return "heic"
    raise ImageError(ImageReason.NOT_AN_IMAGE, "This is a video or a camera raw file. Export it as JPEG.")


def _refusal(data: bytes) -> ImageError:
    if _is_svg(data):
        return ImageError(
            ImageReason.VECTOR_GRAPHIC, "This is a vector drawing (SVG), not a photo. Export it as PNG or JPEG."
        )
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for magic, what, reason in _REFUSED:
        if data.startswith(magic) or head.startswith(magic.lower() if magic[:1] == b"<" else magic):
            advice = "Put the picture itself here." if reason is ImageReason.NOT_AN_IMAGE else "Export it as JPEG."
            return ImageError(reason, f"This is {what}, which cannot be read as a photo. {advice}")
    if not data.strip(b"\0"):
        return ImageError(ImageReason.NOT_AN_IMAGE, "The file holds only zero bytes. Copy it again from its source.")
    known = ", ".join(name.upper() for name in FORMATS)
    return ImageError(ImageReason.NOT_AN_IMAGE, f"The content is no picture that is known here ({known}).")


def _is_svg(data: bytes) -> bool:
    if data.startswith(b"\x1f\x8b"):  # .svgz
        try:
            data = zlib.decompressobj(wbits=31).decompress(data[:8192], 4096)
        except zlib.error:
            return False
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()  # UTF-8 and UTF-16
    return head.startswith(b"<") and b"<svg" in head and not head.startswith((b"<!doctype html", b"<html"))


def is_cut_short(name: str, data: bytes) -> bool:
    """Whether the end is missing: used only to tell "truncated" from "corrupt" once a reader has given up."""
    if name == "webp":
        return int.from_bytes(data[4:8], "little") + 8 > len(data)
    if name == "bmp":
        return int.from_bytes(data[2:6], "little") > len(data)
    if name in {"avif", "heic"}:
        return _boxes_end(data) > len(data)
    endings = {"jpeg": b"\xff\xd9", "png": b"IEND", "gif": b";"}
    return name in endings and endings[name] not in data[-64:]


def _boxes_end(data: bytes) -> int:
    """Where the last top-level box says it ends."""
    at = 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size < 8:  # 0 means "to the end of the file"; smaller is nonsense
            return len(data)
        at += size
    return at if at >= len(data) else at + 8
