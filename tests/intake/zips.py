"""Zips that no honest program writes."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path


def write_zip(path: Path, members: Mapping[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def patch_directory(path: Path, name: str, *, size: int | None = None, flags: int | None = None) -> None:
    """Change what the central directory and the local header say about one member."""
    data = bytearray(path.read_bytes())
    for signature, flag_at, size_at, name_at in ((b"PK\x01\x02", 8, 24, 46), (b"PK\x03\x04", 6, 22, 30)):
        at = data.find(signature)
        while data[at + name_at : at + name_at + len(name.encode())] != name.encode():
            at = data.index(signature, at + 1)
        if size is not None:
            struct.pack_into("<L", data, at + size_at, size)
        if flags is not None:
            struct.pack_into("<H", data, at + flag_at, flags)
    path.write_bytes(bytes(data))


def zip_of_empty_entries(path: Path, count: int) -> Path:
    """Stored, empty members, written by hand because `zipfile` takes seconds over it; zip64 where it has to be."""
    local = bytearray()
    central = bytearray()
    for number in range(count):
        name = b"%06d.jpg" % number
        offset = len(local)
        local += struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name
        central += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, offset
        )
        central += name
    wide = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(central), len(local)
    ) + struct.pack("<4sLQL", b"PK\x06\x07", 0, len(local) + len(central), 1)
    short = min(count, 0xFFFF)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, short, short, len(central), len(local), 0)
    path.write_bytes(bytes(local + central + (wide if count > 0xFFFF else b"") + end))
    return path
