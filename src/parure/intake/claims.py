"""Which photo a sheet means: by the name in a cell, or by a file name that begins with the style code."""

from __future__ import annotations

import posixpath  # plain string functions: pathlib is ten times slower over every photo
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from parure.intake.found import PHOTO_SUFFIXES, FoundFile
from parure.intake.names import even, natural_key

__all__ = ["CodeIndex", "PhotoIndex", "Reference", "ordered", "split_references"]

_SURE_SEPARATORS = re.compile(r"[;|\n]")
_FORBIDDEN_IN_NAMES = re.compile(r'[/\\:*?"<>|#]')


@dataclass(frozen=True)
class Reference:
    """What a cell names: `text` as written, `candidates` the photos it can mean (none, one, or too many)."""

    text: str
    candidates: tuple[FoundFile, ...]


class PhotoIndex:
    """Photos by path, by name and by stem, in the form names are compared in."""

    def __init__(self, files: Sequence[FoundFile]) -> None:
        self._paths: dict[str, list[FoundFile]] = defaultdict(list)
        self._names: dict[str, list[FoundFile]] = defaultdict(list)
        self._stems: dict[str, list[FoundFile]] = defaultdict(list)
        for file in files:
            path = even(file.name)
            root = posixpath.splitext(path)[0]
            self._paths[path].append(file)
            self._paths[root].append(file)
            self._names[posixpath.basename(path)].append(file)
            self._stems[posixpath.basename(root)].append(file)

    def find(self, text: str) -> Reference:
        """By relative path first, then by a name that only one photo has, then by its stem."""
        path = _local(text)
        name = posixpath.basename(path)
        root, suffix = posixpath.splitext(name)
        stem = root if suffix in PHOTO_SUFFIXES else name
        for found in (self._paths.get(path), _same_end(path, self._names.get(name)), self._stems.get(stem)):
            if found:
                near = _same_end(path, found) if len(found) > 1 else found
                return Reference(text, tuple(near or found))
        return Reference(text, ())

    def with_stem(self, stem: str) -> int:
        """How many photos share a stem."""
        return len(self._stems.get(even(stem), ()))


def _local(text: str) -> str:
    """A cell's name as a relative posix path: backslashes turned, a drive or web address dropped."""
    plain = text.strip().strip("\"'")
    if re.match(r"https?://", plain, re.IGNORECASE):
        plain = unquote(urlsplit(plain).path)
    turned = re.sub(r"^[A-Za-z]:", "", plain.replace("\\", "/")).lstrip("/")
    return even(posixpath.normpath(turned)) if turned else ""


def _same_end(path: str, files: Sequence[FoundFile] | None) -> list[FoundFile]:
    """Of several photos of one name, those whose folders agree with the folders named; all if none does."""
    if not files:
        return []
    agreeing = [file for file in files if _agree(path, even(file.name))]
    return agreeing or list(files)


def _agree(one: str, other: str) -> bool:
    return f"/{one}".endswith(f"/{other}") or f"/{other}".endswith(f"/{one}")


def split_references(cell: str, index: PhotoIndex) -> Iterator[Reference]:
    """The photos a cell names, separated by ; | , or line breaks. A name with a comma in it is tried whole first."""
    for piece in _SURE_SEPARATORS.split(cell):
        text = piece.strip()
        if not text:
            continue
        whole = index.find(text)
        if whole.candidates or "," not in text:
            yield whole
        else:
            yield from (index.find(part.strip()) for part in text.split(",") if part.strip())


class CodeIndex:
    """Style codes, to be recognised at the start of a file name or as the name of a folder."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._codes: dict[str, str] = {}
        for code in codes:
            for spelling in (code, _FORBIDDEN_IN_NAMES.sub("_", code), _FORBIDDEN_IN_NAMES.sub("-", code)):
                self._codes.setdefault(even(spelling), code)

    def code_of(self, file: FoundFile) -> str | None:
        """The longest code the file name begins with, not cutting a word or number; else that of a folder."""
        folder, _, name = even(file.name).rpartition("/")
        stem = posixpath.splitext(name)[0]
        for end in range(len(stem), 0, -1):
            if (end == len(stem) or not stem[end].isalnum()) and stem[:end] in self._codes:
                return self._codes[stem[:end]]
        return next((self._codes[part] for part in reversed(folder.split("/")) if part in self._codes), None)


def ordered(files: Sequence[FoundFile]) -> list[FoundFile]:
    return sorted(files, key=lambda file: natural_key(file.name))
