"""Files that lie: about their size, their tables, their colours, how much they inflate to, where things are.

Everything is written field by field, from the specification of each format, because no writer would produce it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from parure.errors import ImageReason as Reason
from tests.images.pictures import DATA, encoded, photo, quadrants

Row = tuple[str, bytes, frozenset[Reason] | None]

BROKEN = frozenset({Reason.TRUNCATED, Reason.CORRUPT})
TOO_LARGE = frozenset({Reason.TOO_MANY_PIXELS})
REFUSED = frozenset(Reason)  # must be refused, whatever the words
TOO_SMALL = frozenset({Reason.TOO_SMALL})
LIES = ((0, 0), (0, 50), (50, 0), (1, 1), (15, 500), (10_000, 10_000), (10_001, 10_000), (65_500, 65_500))


def all_of_them() -> Iterator[Row]:
    yield from _png()
    yield from _jpeg()
    yield from _gif()
    yield from _bmp()
    yield from _tiff()
    yield from _webp()
    yield from _boxes()


def _verdict(width: int, height: int) -> frozenset[Reason]:
    """What a claimed size without the pixels for it must be refused for."""
    if width * height > 100_000_000:
        return TOO_LARGE
    return BROKEN if min(width, height) >= 16 else TOO_SMALL | BROKEN


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def _png_of(width: int, height: int, *extra: bytes, rows: bytes = b"", depth: int = 8, kind: int = 2) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">LLBBBBB", width, height, depth, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(extra) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _png() -> Iterator[Row]:
    rows = zlib.compress((b"\0" + bytes(32 * 3)) * 32)
    bomb = zlib.compress(bytes(20_000_000), 9)
    for width, height in LIES:
        yield f"claims-{width}x{height}.png", _png_of(width, height, rows=rows), _verdict(width, height)
    yield "claims-4-billion.png", _png_of(2**32 - 1, 2**32 - 1, rows=rows), REFUSED
    yield "pixels-inflate-too-far.png", _png_of(32, 32, rows=bomb), None
    yield "profile-bomb.png", _png_of(32, 32, _chunk(b"iCCP", b"p\0\0" + bomb), rows=rows), None
    yield "profile-no-name.png", _png_of(32, 32, _chunk(b"iCCP", b"p" * 90), rows=rows), None
    yield "profile-empty.png", _png_of(32, 32, _chunk(b"iCCP", b""), rows=rows), None
    yield "text-bomb.png", _png_of(32, 32, *[_chunk(b"zTXt", b"k\0\0" + bomb)] * 20, rows=rows), None
    yield "international-text-bomb.png", _png_of(32, 32, _chunk(b"iTXt", b"k\0\1\0\0\0" + bomb), rows=rows), None
    yield "no-pixels.png", _png_of(32, 32), BROKEN
    yield "too-few-pixels.png", _png_of(32, 32, rows=zlib.compress(bytes(97 * 5))), None
    yield "not-deflate.png", _png_of(32, 32, rows=b"\xff" * 500), BROKEN
    yield "bad-filter.png", _png_of(32, 32, rows=zlib.compress((b"\x09" + bytes(96)) * 32)), None
    for depth, kind in ((3, 0), (16, 3), (1, 2), (8, 1), (8, 7), (64, 0)):
        yield f"depth-{depth}-kind-{kind}.png", _png_of(32, 32, rows=rows, depth=depth, kind=kind), REFUSED
    yield "palette-missing.png", _png_of(32, 32, rows=rows, kind=3), None
    yield "palette-too-long.png", _png_of(32, 32, _chunk(b"PLTE", bytes(3000)), rows=rows, kind=3), None
    yield "palette-odd.png", _png_of(32, 32, _chunk(b"PLTE", bytes(7)), rows=rows, kind=3), None
    yield "transparency-odd.png", _png_of(32, 32, _chunk(b"tRNS", b"\1"), rows=rows), None
    yield "exif-loop.png", _png_of(32, 32, _chunk(b"eXIf", _looping_tiff()), rows=rows), None
    yield "two-headers.png", _png_of(32, 32, _chunk(b"IHDR", struct.pack(">LLL", 9999, 9999, 0)), rows=rows), None
    yield "animation-lies.png", _png_of(32, 32, _chunk(b"acTL", b"\xff" * 8), rows=rows), None
    yield "chunk-length-lies.png", _png_of(32, 32, rows=rows)[:33] + b"\x7f\xff\xff\xffIDAT" + rows, None
    yield "chunk-flood.png", _png_of(32, 32, *[_chunk(b"tEXt", b"k\0v")] * 20_000, rows=rows), None


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _jpeg() -> Iterator[Row]:
    good, progressive = (encoded(quadrants(), "JPEG", progressive=kind) for kind in (False, True))
    frame = good.index(b"\xff\xc0")
    for width, height in LIES:
        size = struct.pack(">HH", height, width)
        yield f"claims-{width}x{height}.jpg", good[: frame + 5] + size + good[frame + 9 :], _verdict(width, height)
    for marker in (0xC1, 0xC3, 0xC5, 0xC9, 0xCB, 0xCF):  # extended, lossless, hierarchical, arithmetic
        yield f"frame-{marker:x}.jpg", good[: frame + 1] + bytes([marker]) + good[frame + 2 :], None
    yield "12-bit.jpg", good[: frame + 4] + b"\x0c" + good[frame + 5 :], REFUSED
    yield "two-channels.jpg", good[: frame + 9] + b"\2" + good[frame + 10 :], REFUSED
    yield "no-tables.jpg", good.replace(b"\xff\xc4", b"\xff\xef"), None
    yield "sampling-zero.jpg", good[: frame + 11] + b"\0" + good[frame + 12 :], REFUSED
    exif = {
        "garbage": b"\xff" * 60_000,
        "loop": _looping_tiff(),
        "counts": b"II*\0" + struct.pack("<LH", 8, 400) + struct.pack("<HHLL", 0x0112, 12, 2**32 - 1, 8) * 400,
        "far": b"II*\0" + struct.pack("<L", 2**32 - 1),
        "resolution": b"MM\0*" + struct.pack(">LHHHLLLL", 8, 1, 0x011A, 5, 1, 26, 0, 0) + bytes(8),
    }
    for name, block in exif.items():
        yield f"exif-{name}.jpg", good[:2] + _segment(0xE1, b"Exif\0\0" + block) + good[2:], None
    profile = _segment(0xE2, b"ICC_PROFILE\0\xff\xff" + b"\xff" * 5000)
    yield "profile-parts-lie.jpg", good[:2] + profile * 3 + good[2:], None
    yield "adobe-short.jpg", good[:2] + _segment(0xEE, b"Adobe") + good[2:], None
    yield "segment-flood.jpg", good[:2] + _segment(0xEF, b"x") * 20_000 + good[2:], None
    yield "segment-length-0.jpg", good[:2] + b"\xff\xe5\0\0" + good[2:], None
    yield "photoshop-block.jpg", good[:2] + _segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\xff" * 90) + good[2:], None
    scan = progressive.rindex(b"\xff\xda")
    yield "endless-passes.jpg", progressive[:-2] + progressive[scan:-2] * 3000 + b"\xff\xd9", REFUSED
    yield "only-markers.jpg", b"\xff\xd8" + b"\xff" * 5000, BROKEN
    yield "thumbnail-only.jpg", b"\xff\xd8" + _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0") + b"\xff\xd9", REFUSED


def _gif_of(width: int, height: int, body: bytes, flags: int = 0xF0) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", width, height, flags, 0, 0) + b"\0\0\0\xff\xff\xff" + body + b";"


def _gif() -> Iterator[Row]:
    pixels = b"\2\2\x4c\1\0"  # a valid but short code stream
    for width, height in LIES:
        image = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + pixels
        yield f"claims-{width}x{height}.gif", _gif_of(width, height, image), _verdict(width, height)
    tall = b"," + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0) + pixels
    yield "frame-larger-than-screen.gif", _gif_of(32, 32, tall), REFUSED
    outside = b"," + struct.pack("<HHHHB", 60000, 60000, 32, 32, 0) + pixels
    yield "frame-outside.gif", _gif_of(32, 32, outside), None
    yield "no-frame.gif", _gif_of(32, 32, b""), REFUSED
    frame = b"," + struct.pack("<HHHHB", 0, 0, 32, 32, 0)
    for bits in (0, 1, 12, 13, 255):
        yield f"code-size-{bits}.gif", _gif_of(32, 32, frame + bytes([bits]) + b"\x08" + b"\xff" * 8 + b"\0"), None
    yield "extension-flood.gif", _gif_of(32, 32, b"!\xfe\1x\0" * 20_000 + frame + pixels), None
    yield "endless-comment.gif", _gif_of(32, 32, b"!\xfe" + (b"\xff" + b"x" * 255) * 4000), REFUSED
    yield "palette-missing.gif", _gif_of(32, 32, frame + pixels, flags=0xF7), None
    animated = encoded(photo(64, 48), "GIF", save_all=True, append_images=[photo(64, 48, 1)], duration=50)
    yield "second-frame-cut.gif", animated[: len(animated) * 3 // 4], None


def _bmp_of(width: int, height: int, *, bits: int = 24, compression: int = 0, offset: int = 54, body: bytes) -> bytes:
    head = struct.pack("<LllHHLLllLL", 40, width, height, 1, bits, compression, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<LHHL", 54 + len(body), 0, 0, offset) + head + body


def _bmp() -> Iterator[Row]:
    for width, height in LIES:
        yield f"claims-{width}x{height}.bmp", _bmp_of(width, height, body=bytes(3072)), _verdict(width, height)
    for height in (-(2**31), 2**31 - 1, -1):
        yield f"height-{height}.bmp", _bmp_of(32, height, body=bytes(3072)), REFUSED
    yield "width-negative.bmp", _bmp_of(-32, 32, body=bytes(3072)), REFUSED
    for bits in (0, 2, 3, 48, 64, 65535):
        yield f"bits-{bits}.bmp", _bmp_of(32, 32, bits=bits, body=bytes(3072)), None
    for kind in (1, 2, 3, 4, 5, 6, 99):
        yield f"compression-{kind}.bmp", _bmp_of(32, 32, bits=8, compression=kind, body=bytes(3072)), None
    yield "pixels-beyond-the-end.bmp", _bmp_of(32, 32, offset=2**31, body=bytes(3072)), REFUSED
    runs = bytes(1024) + b"\0\2\xff\xff" * 500
    yield "runs-jump.bmp", _bmp_of(32, 32, bits=8, compression=1, offset=54 + 1024, body=runs), None


def _tiff_of(fields: list[tuple[int, int, int, int]], body: bytes = bytes(4096), following: int = 0) -> bytes:
    entries = b"".join(struct.pack("<HHLL", *field) for field in sorted(fields))
    return b"II*\0" + struct.pack("<LH", 8, len(fields)) + entries + struct.pack("<L", following) + body


def _looping_tiff() -> bytes:
    """A directory whose successor and sub-directories are itself."""
    return _tiff_of([(0x8769, 4, 1, 8), (0x8825, 4, 1, 8), (0xA005, 4, 1, 8)], b"", following=8)


def _tiff() -> Iterator[Row]:
    def plain(width: int = 32, height: int = 32, **other: int) -> list[tuple[int, int, int, int]]:
        names = {"bits": 258, "packing": 259, "meaning": 262, "at": 273, "samples": 277, "rows": 278, "size": 279}
        values = {"bits": 8, "packing": 1, "meaning": 1, "at": 200, "samples": 1, "rows": height, "size": 1024, **other}
        tags = [(names[name], 4, 1, value) for name, value in values.items()]
        return [(256, 4, 1, width), (257, 4, 1, height), *tags]

    for width, height in LIES:
        yield f"claims-{width}x{height}.tif", _tiff_of(plain(width, height)), _verdict(width, height)
    yield "claims-4-billion.tif", _tiff_of(plain(2**32 - 1, 2**32 - 1)), REFUSED
    yield "loop.tif", _looping_tiff(), REFUSED
    yield "next-directory-is-itself.tif", _tiff_of(plain(), following=8), None
    yield "no-tags.tif", _tiff_of([]), REFUSED
    yield "directory-beyond-the-end.tif", b"II*\0" + struct.pack("<L", 2**32 - 1) + bytes(40), REFUSED
    yield "65535-tags.tif", b"II*\0" + struct.pack("<LH", 8, 65535) + b"\xff" * 4000, REFUSED
    yield "strip-beyond-the-end.tif", _tiff_of(plain(at=2**31)), REFUSED
    yield "strip-size-lies.tif", _tiff_of(plain(size=2**32 - 1)), None
    yield "rows-per-strip-0.tif", _tiff_of(plain(rows=0)), None
    yield "channels-65535.tif", _tiff_of(plain(samples=65535)), REFUSED
    yield "count-lies.tif", _tiff_of([*plain(), (320, 3, 2**31, 8)]), None
    yield "orientation-lies.tif", _tiff_of([*plain(), (274, 3, 1, 77)]), None
    yield "tile-of-4-billion.tif", _tiff_of([*plain(), (322, 4, 1, 2**31), (323, 4, 1, 2**31), (324, 4, 1, 200)]), None
    for packing in (2, 3, 4, 5, 6, 7, 8, 32773, 32809, 34712, 34925, 50000, 50001, 65000):
        yield f"packing-{packing}.tif", _tiff_of(plain(packing=packing)), None
    bomb = zlib.compress(bytes(20_000_000), 9)
    yield "strip-bomb.tif", _tiff_of(plain(packing=8, at=200, size=len(bomb)), bytes(66) + bomb), None
    for bits, kind in ((32, 3), (64, 3), (16, 2), (32, 1), (4, 1), (7, 1)):
        fields = [*plain(bits=bits, size=32 * 32 * bits // 8), (339, 3, 1, kind)]
        yield f"bits-{bits}-format-{kind}.tif", _tiff_of(fields, b"\xff" * 9000), None


def _riff(*chunks: tuple[bytes, bytes], size: int | None = None) -> bytes:
    body = b"".join(name + struct.pack("<L", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<L", 4 + len(body) if size is None else size) + b"WEBP" + body


def _webp() -> Iterator[Row]:
    good = encoded(quadrants(), "WEBP")[12:]
    name, pixels = good[:4], good[8 : 8 + struct.unpack("<L", good[4:8])[0]]
    for width, height in LIES[1:]:
        canvas = struct.pack("<L", 0) + _canvas(width, height)
        yield f"claims-{width}x{height}.webp", _riff((b"VP8X", canvas), (name, pixels)), REFUSED
    lossless = struct.pack("<BL", 0x2F, 16383 | 16383 << 14)
    yield "claims-16384-lossless.webp", _riff((b"VP8L", lossless + bytes(90))), TOO_LARGE
    yield "claims-16383-lossy.webp", _riff((b"VP8 ", b"\x30\1\0\x9d\1*\xff?\xff?" + bytes(90))), TOO_LARGE
    yield "no-picture.webp", _riff((b"VP8X", bytes(4) + _canvas(32, 32))), REFUSED
    yield "unknown-chunk.webp", _riff((b"ABCD", bytes(90))), REFUSED
    yield "size-lies.webp", _riff((name, pixels), size=2**32 - 2), None
    yield "size-zero.webp", _riff((name, pixels), size=0), REFUSED
    yield "profile-promised.webp", _riff((b"VP8X", b"\x20\0\0\0" + _canvas(64, 48)), (name, pixels)), None
    noise = (
        (b"VP8X", b"\x28\0\0\0" + _canvas(64, 48)),
        (b"ICCP", b"\xff" * 90),
        (name, pixels),
        (b"EXIF", b"II*\0\xff"),
    )
    yield "profile-and-exif-noise.webp", _riff(*noise), None
    animated = encoded(photo(64, 48), "WEBP", save_all=True, append_images=[photo(64, 48, 1)], duration=50)
    yield "second-frame-cut.webp", animated[: len(animated) * 3 // 4], None
    frame = b"\xff" * 6 + _canvas(32, 32) + bytes(4) + name + struct.pack("<L", len(pixels)) + pixels
    animation = ((b"VP8X", b"\2\0\0\0" + _canvas(32, 32)), (b"ANIM", bytes(6)), (b"ANMF", frame))
    yield "frame-outside.webp", _riff(*animation), REFUSED


def _canvas(width: int, height: int) -> bytes:
    return (max(width, 1) - 1).to_bytes(3, "little") + (max(height, 1) - 1).to_bytes(3, "little")


def _box(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return struct.pack(">L", len(body) + 8 if size is None else size) + name + body


def _boxes() -> Iterator[Row]:
    """AVIF and HEIC share their container (ISO/IEC 14496-12), so they share its lies."""
    files = {"avif": encoded(quadrants(), "AVIF"), "heic": (DATA / "quadrants.heic").read_bytes()}
    for kind, good in files.items():
        brand = {"avif": b"avif", "heic": b"heic"}[kind]
        head = _box(b"ftyp", brand + bytes(4) + b"mif1" + brand)
        at = good.index(b"ispe") + 8
        for width, height in LIES:
            lie = good[:at] + struct.pack(">LL", width, height) + good[at + 8 :]
            yield f"claims-{width}x{height}.{kind}", lie, REFUSED if width * height > 100_000_000 else None
        yield f"only-brand.{kind}", head, REFUSED
        yield f"garbage-box.{kind}", head + _box(b"meta", b"\xff" * 2000), REFUSED
        yield f"box-to-the-end.{kind}", head + _box(b"meta", bytes(400), size=0), REFUSED
        yield f"box-too-short.{kind}", head + _box(b"meta", bytes(400), size=3), REFUSED
        yield f"box-of-4-gigabytes.{kind}", head + _box(b"meta", bytes(400), size=2**32 - 1), REFUSED
        yield f"box-of-exabytes.{kind}", head + b"\0\0\0\1meta" + b"\xff" * 8 + bytes(400), REFUSED
        nested = b""
        for _ in range(400):
            nested = _box(b"meta", bytes(4) + nested)
        yield f"nested-400-deep.{kind}", head + nested, REFUSED
        places = good.index(b"iloc") + 12
        yield f"places-lie.{kind}", good[:places] + b"\xff" * 12 + good[places + 12 :], None
        yield f"no-pixels.{kind}", good[: good.index(b"mdat") + 4], REFUSED
