"""A PNG without its luggage: only the chunks that make the picture.

Pillow reads text chunks and refuses the whole file when one inflates too far. Text is nothing to us, so it is left
out before Pillow looks; so are animation chunks (the first picture counts) and colour profiles that inflate to more
than Pillow allows. Chunk layout: PNG specification, third edition, section 5.3.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

__all__ = ["without_luggage"]

_WANTED = {b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"eXIf", b"IDAT", b"IEND"}
_LARGEST_PROFILE = 2**20  # Pillow's own limit for an inflated chunk


def without_luggage(data: bytes) -> bytes:
    """The same PNG with wanted chunks only. Damage is passed on as it is, for the reader to judge."""
    return data[:8] + b"".join(_wanted_chunks(memoryview(data)))


def _wanted_chunks(data: memoryview) -> Iterator[memoryview]:
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name = bytes(data[at + 4 : at + 8])
        chunk = data[at : at + 12 + length]  # length, name, content, checksum
        if name in _WANTED and not (name == b"iCCP" and _inflates_too_far(chunk)):
            yield chunk
        if name == b"IEND":
            return
        at += 12 + length
    yield data[at:]


def _inflates_too_far(chunk: memoryview) -> bool:
    """iCCP is a name, a zero byte, the method, then the deflated profile."""
    content = bytes(chunk[8:-4])
    start = content.find(b"\0") + 2
    inflater = zlib.decompressobj()
    try:
        inflater.decompress(content[start:], _LARGEST_PROFILE)
    except zlib.error:
        return True
    return bool(inflater.unconsumed_tail)
