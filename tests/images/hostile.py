"""Broken and hostile files, made on the spot and the same on every run: what a heap of photos or an attacker may hold.

`hostile_corpus()` is used by the tests of decoding and by the tests of importing. Containers other than truncation and
noise are built by hand in `hostile_containers.py`.
"""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from parure.errors import ImageReason as Reason
from tests.images import hostile_containers as containers
from tests.images.pictures import DATA, encoded, photo

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif", "TIFF": "tif", "GIF": "gif", "BMP": "bmp"}
BROKEN = frozenset({Reason.TRUNCATED, Reason.CORRUPT})
NO_IMAGE = frozenset({Reason.NOT_AN_IMAGE})
VECTOR = frozenset({Reason.VECTOR_GRAPHIC})
UNSUPPORTED = frozenset({Reason.UNSUPPORTED_FORMAT})


@dataclass(frozen=True)
class HostileFile:
    """`name` has a picture's extension; `reasons` are those it may be refused for, None if it may also be read."""

    name: str
    data: bytes
    reasons: frozenset[Reason] | None


def hostile_corpus() -> Iterator[HostileFile]:
    yield from _cut_short()
    yield from _noisy()
    yield from _spliced()
    yield from _other_things()
    yield from _polyglots()
    for name, data, reasons in containers.all_of_them():
        yield HostileFile(name, data, reasons)


@cache
def _good_files() -> dict[str, bytes]:
    image = photo(96, 72)
    files = {extension: encoded(image, name) for name, extension in EXTENSIONS.items()}
    files["progressive.jpg"] = encoded(image, "JPEG", progressive=True)
    files["cmyk.jpg"] = encoded(image.convert("CMYK"), "JPEG")
    files["deflate.tif"] = encoded(image, "TIFF", compression="tiff_deflate")
    files["palette.png"] = encoded(image.quantize(64), "PNG")
    files["heic"] = (DATA / "quadrants.heic").read_bytes()
    return files


def _cut_short() -> Iterator[HostileFile]:
    for kind, data in _good_files().items():
        for percent in (5, 15, 30, 45, 60, 75, 90):
            yield HostileFile(f"cut-{percent:02}.{kind}", data[: len(data) * percent // 100], BROKEN)
        for length in (1, 3, 8, 14, 20, 31):
            reasons = BROKEN | NO_IMAGE | UNSUPPORTED
            yield HostileFile(f"only-{length:02}-bytes.{kind}", data[:length], reasons)
        yield HostileFile(f"last-byte-missing.{kind}", data[:-1], None)


def _noisy() -> Iterator[HostileFile]:
    """Flipped bytes anywhere, a run of zeros, and a head of noise behind the right magic."""
    for kind, data in _good_files().items():
        for seed in range(6):
            dice = random.Random(f"{kind} {seed}")
            noisy = bytearray(data)
            for _ in range(1 + len(data) * seed // 400):
                noisy[dice.randrange(len(noisy))] = dice.randrange(256)
            yield HostileFile(f"noise-{seed}.{kind}", bytes(noisy), None)
        dice = random.Random(kind)
        half = len(data) // 2
        yield HostileFile(f"zeros-inside.{kind}", data[:half] + bytes(len(data) - half), None)
        yield HostileFile(f"noise-after-magic.{kind}", data[:16] + dice.randbytes(2000), None)
        yield HostileFile(f"wrong-magic.{kind}", b"XXXXXXXXXXXX" + data[12:], NO_IMAGE)


def _spliced() -> Iterator[HostileFile]:
    """The head of one format on the body of another."""
    files = _good_files()
    kinds = list(EXTENSIONS.values())
    for kind, other in zip(kinds, kinds[1:] + kinds[:1], strict=True):
        yield HostileFile(f"body-of-{other}.{kind}", files[kind][:40] + files[other][40:], None)


def _other_things() -> Iterator[HostileFile]:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><image href="file:///etc/passwd"/></svg>'
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>' + svg
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("inner.zip", bytes(1000))
    yield from (
        HostileFile("empty.jpg", b"", frozenset({Reason.EMPTY})),
        HostileFile("zero-bytes.png", bytes(4096), NO_IMAGE),
        HostileFile("spaces.gif", b" " * 500, NO_IMAGE),
        HostileFile("text.jpg", b"Dear Madam, please find attached the photos of the ring.\n", NO_IMAGE),
        HostileFile("utf-16.jpg", "Sehr geehrte Damen und Herren".encode("utf-16"), NO_IMAGE),
        HostileFile("page.jpg", b"<!DOCTYPE html><html><body>404 <svg></svg></body></html>", NO_IMAGE),
        HostileFile("page-2.webp", b"\n\n  <html><head></head></html>", NO_IMAGE),
        HostileFile("login.png", b'{"error": "not logged in"}', NO_IMAGE),
        HostileFile("drawing.png", svg, VECTOR),
        HostileFile("drawing-bom.jpg", b"\xef\xbb\xbf" + b'<?xml version="1.0"?>\n<!-- ring -->\n' + svg, VECTOR),
        HostileFile("drawing-utf-16.jpg", svg.decode().encode("utf-16"), VECTOR),
        HostileFile("drawing.svgz.png", gzip.compress(svg, mtime=0), VECTOR),
        HostileFile("laughs.png", laughs, VECTOR),
        HostileFile("drawing-eps.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n", VECTOR),
        HostileFile("document.jpg", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", NO_IMAGE),
        HostileFile("archive.jpg", archive.getvalue(), NO_IMAGE),
        HostileFile("gzip-bomb.png", gzip.compress(bytes(10_000_000), mtime=0), NO_IMAGE),
        HostileFile("gzip-broken.png", b"\x1f\x8b" + b"\xff" * 50, NO_IMAGE),
        HostileFile("program.jpg", b"MZ\x90\0" + bytes(200), NO_IMAGE),
        HostileFile("program-elf.png", b"\x7fELF\x02\x01\x01" + bytes(200), NO_IMAGE),
        HostileFile("script.gif", b"#!/bin/sh\nrm -rf /\n", NO_IMAGE),
        HostileFile("sound.webp", b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), NO_IMAGE),
        HostileFile("film.heic", b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + bytes(80), NO_IMAGE),
        HostileFile("raw.heic", b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom" + bytes(80), NO_IMAGE),
        HostileFile("layers.jpg", b"8BPS\0\x01" + bytes(60), UNSUPPORTED),
        HostileFile("jpeg-2000.jpg", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), UNSUPPORTED),
        HostileFile("jpeg-xl.jpg", b"\xff\x0a" + bytes(60), UNSUPPORTED),
        HostileFile("icon.png", b"\0\0\x01\0\x01\0\x10\x10" + bytes(60), UNSUPPORTED),
        HostileFile("ppm.bmp", b"P6 99999 99999 255\n" + bytes(60), NO_IMAGE),
        HostileFile("bm-word.bmp", b"BMW of Germany sends its regards, and a long letter too.", NO_IMAGE),
    )


def _polyglots() -> Iterator[HostileFile]:
    """Pictures that are something else as well; the picture is what counts, the rest is never looked at."""
    files = _good_files()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("../../evil.jpg", bytes(100_000))
    script = b"=1;/*<script>alert(1)</script><svg onload=alert(1)>*/"
    for kind in ("jpg", "png", "gif", "webp", "bmp", "tif"):
        yield HostileFile(f"with-zip.{kind}", files[kind] + archive.getvalue(), None)
        yield HostileFile(f"with-script.{kind}", files[kind] + script, None)
    yield HostileFile("two-pictures.jpg", files["jpg"] + files["png"], None)
    yield HostileFile(
        "gif-in-jpeg-comment.jpg", b"\xff\xd8\xff\xfe\x01\x02GIF89a" + bytes(250) + files["jpg"][2:], None
    )
    yield HostileFile("script-in-gif-size.gif", b"GIF89a/*" + files["gif"][8:] + b"*/=1;", None)
