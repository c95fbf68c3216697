"""Photos without a sheet -> products, by file name or by folder. Every photo lands in exactly one group.

A number at the end of a name is the photo's ("AJ-1042_2") only if its neighbours say so: the bare name lies beside it,
or the numbers count up from the start behind a name that already holds a digit. Otherwise it is the piece's own.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parure.intake.found import FoundFile
from parure.intake.names import (
    NAMED_VIEWS,
    even,
    looks_like_code,
    natural_key,
    split_number,
    stem_of,
    strip_marks,
    style_code_from,
)

__all__ = ["Group", "group_photos"]

_LONGEST_SERIES = 20  # more photos than this are numbered pieces, not views of one


@dataclass(frozen=True)
class Group:
    """One product's photos in order; `label` is the readable part of its name, `code` is unique among the groups."""

    code: str
    label: str
    photos: tuple[FoundFile, ...]


@dataclass(frozen=True)
class _Home:
    """Where a photo belongs: a folder and the name of a piece in it."""

    folder: str
    name: str


def group_photos(files: Sequence[FoundFile], by: Literal["stem", "folder"]) -> tuple[Group, ...]:
    """Groups in the order of their first photo."""
    homes = _by_folder(files) if by == "folder" else _by_stem(files)
    codes = _codes(homes)
    members: dict[str, list[FoundFile]] = defaultdict(list)
    spelling: dict[str, tuple[str, str]] = {}
    for file, home in zip(files, homes, strict=True):
        code = codes[home]
        spelling.setdefault(even(code), (code, home.name))
        members[even(code)].append(file)
    return tuple(
        Group(*spelling[key], tuple(sorted(photos, key=lambda file: natural_key(file.name))))
        for key, photos in members.items()
    )


def _by_folder(files: Sequence[FoundFile]) -> list[_Home]:
    """The folder a photo lies in is the piece; photos at the root go by stem."""
    at_root = iter(_by_stem([file for file in files if "/" not in file.name]))
    return [
        _Home(*posixpath.split(posixpath.dirname(file.name))) if "/" in file.name else next(at_root) for file in files
    ]


def _by_stem(files: Sequence[FoundFile]) -> list[_Home]:
    places = [(posixpath.dirname(file.name), strip_marks(stem_of(file.name))) for file in files]
    folders: dict[str, list[str]] = defaultdict(list)
    for folder, stem in places:
        folders[folder].append(stem)
    pieces = {folder: _join_series(stems) for folder, stems in folders.items()}
    return [_home(folder, pieces[folder][stem]) for folder, stem in places]


def _home(folder: str, name: str) -> _Home:
    above, last = posixpath.split(folder)
    return _Home(above, last) if _is_view_of_folder(name, last) else _Home(folder, name)


def _is_view_of_folder(name: str, folder: str) -> bool:
    """ "solitaire/front.jpg", "AJ-1042/2.jpg": the folder names the piece, the file only the view."""
    if not folder:
        return False
    return name.casefold() in NAMED_VIEWS or (name.isdecimal() and len(name) <= 2 and looks_like_code(folder))


def _join_series(stems: Sequence[str]) -> dict[str, str]:
    """Each stem of one folder with the name of its piece."""
    present = {even(stem): stem for stem in stems}
    series: dict[str, dict[str, int]] = defaultdict(dict)  # base -> member -> its number, all in the even form
    shown: dict[str, str] = {}
    for key, stem in present.items():
        if split := split_number(stem):
            series[even(split[0])][key] = split[1]
            shown.setdefault(even(split[0]), split[0])
    piece: dict[str, str] = {}
    for base, members in series.items():
        if _is_series(base, list(members.values()), bare=base in present):
            piece.update(dict.fromkeys(members, present.get(base, shown[base])))
    return {stem: piece.get(even(stem), stem) for stem in stems}


def _is_series(base: str, numbers: list[int], *, bare: bool) -> bool:
    if len(numbers) > _LONGEST_SERIES:
        return False
    if bare:
        return True
    counted = sorted(set(numbers))
    in_a_row = counted[0] in (0, 1) and counted[-1] - counted[0] == len(counted) - 1
    return in_a_row and len(counted) > 1 and any(character.isdigit() for character in base)


def _codes(homes: Sequence[_Home]) -> dict[_Home, str]:
    """A style code per home. One name in several folders is one piece if it looks like a code, else one each."""
    folders: dict[str, set[str]] = defaultdict(set)
    for home in homes:
        folders[even(home.name)].add(home.folder)
    codes = {}
    for home in dict.fromkeys(homes):
        shared = len(folders[even(home.name)]) > 1 and not looks_like_code(home.name)
        codes[home] = style_code_from(f"{home.folder}/{home.name}" if shared and home.folder else home.name)
    return codes
