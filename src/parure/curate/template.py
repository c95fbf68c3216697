"""Target names from a template such as `{category}/{style_code}_{metal}_{view}_{n}.jpg`.

A field without a value takes the separator in front of it along, so that no `AJ-1042__front` comes about. `{n}` counts
photos whose names are equal apart from it, in the order of their own numbers, then of their paths: names do not depend
on the order of the archive. The ending is that of the format the photo really has.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import count
from pathlib import PurePosixPath

from parure.curate.template_safe import MOST_BYTES, collision_key, cut, safe_name
from parure.errors import IntakeError
from parure.images.formats import FORMATS

__all__ = ["DEFAULT_TEMPLATE", "FIELDS", "Template", "TemplatePhoto", "name_targets", "parse_template"]

DEFAULT_TEMPLATE = "{category}/{style_code}_{metal}_{view}_{n}.jpg"
FIELDS = ("category", "style_code", "metal", "view", "stem", "n")  # `stem` is the photo's own name

_TOKEN = re.compile(r"\{(\w+)\}|([^{}]+)|([{}])")
_SEPARATORS = "-_ .,+"
_SPARE = 32  # bytes kept for the number, the ending, and what tells equal names apart
_MOST_LITERAL = 100  # bytes of fixed text in one part of the path
_NUMBER = "\0"  # stands for the number until it is known; no safe name holds it
_ENDINGS = {format.extension: name for name, format in FORMATS.items()} | {
    **dict.fromkeys((".jpeg", ".jpe", ".jfif"), "jpeg"),
    ".tiff": "tiff",
    ".heif": "heic",
}


@dataclass(frozen=True)
class TemplatePhoto:
    """What a template may say of a photo. `format` is a key of `images.FORMATS`; None keeps the ending it has."""

    source: str
    format: str | None
    category: str | None = None
    style_code: str | None = None
    metal: str | None = None
    view: str | None = None
    sequence: int | None = None

    def value(self, field: str) -> str:
        stated = PurePosixPath(self.source).stem if field == "stem" else getattr(self, field)
        return safe_name(str(stated)) if stated is not None else ""


@dataclass(frozen=True)
class _Piece:
    text: str
    field: bool


@dataclass(frozen=True)
class Template:
    """`folders` and `stem` are rows of pieces; `suffix` is lower case, "" where the template leaves it open."""

    folders: tuple[tuple[_Piece, ...], ...]
    stem: tuple[_Piece, ...]
    suffix: str

    def render(self, photo: TemplatePhoto) -> tuple[str, str]:
        """Folder, "" for none, and stem with a mark for the number."""
        folders = [safe_name(_joined(row, photo, MOST_BYTES)) for row in self.folders]
        return "/".join(filter(None, folders)), _joined(self.stem, photo, MOST_BYTES - _SPARE)

    def uses(self, field: str) -> bool:
        return any(piece.field and piece.text == field for row in (*self.folders, self.stem) for piece in row)

    def suffix_for(self, photo: TemplatePhoto) -> str:
        """The template's own if it names the photo's format, else the format's."""
        if photo.format is None:
            kept = cut(safe_name(PurePosixPath(photo.source).suffix.lower().lstrip(".")), _SPARE // 2)
            return f".{kept}" if kept else ""
        real = FORMATS[photo.format].extension
        return self.suffix if _ENDINGS.get(self.suffix) == photo.format else real


def parse_template(text: str) -> Template:
    """Raises `IntakeError` that says what is wrong with it."""
    *folders, name = text.split("/")
    suffix = PurePosixPath(name).suffix.lower()
    suffix = suffix if suffix in _ENDINGS else ""
    stem = name.removesuffix(name[-len(suffix) :]) if suffix else name
    if not stem or "" in folders or any(part.strip(". ") == "" for part in folders):
        raise IntakeError(f"The template {text!r} has an empty part or one of dots. Write it like {DEFAULT_TEMPLATE}.")
    if any("{n}" in folder for folder in folders):
        raise IntakeError(f"The template {text!r} counts folders. Put {{n}} into the name of the file.")
    rows = tuple(_pieces(part, text) for part in (*folders, stem))
    return Template(rows[:-1], rows[-1], suffix)


def name_targets(
    template: Template,
    photos: Sequence[TemplatePhoto],
    *,
    held: Mapping[str, str] | None = None,
    taken: Collection[str] = (),
) -> tuple[str, ...]:
    """A target for each photo, in their order. No two are the same on any system.

    `held` are targets by source that stay as they are; the other photos get the numbers behind theirs. `taken` are
    `collision_key`s of names that others have.
    """
    kept = held or {}
    rendered = [template.render(photo) for photo in photos]
    groups: dict[str, list[int]] = defaultdict(list)
    for at, (folder, stem) in enumerate(rendered):
        groups[collision_key(f"{folder}/{stem}")].append(at)
    targets = [kept.get(photo.source, "") for photo in photos]
    used = {*taken, *(collision_key(target) for target in targets if target)}
    for _, members in sorted(groups.items()):
        number = sum(bool(targets[at]) for at in members)
        for at in sorted((at for at in members if not targets[at]), key=lambda at: _order(photos[at])):
            suffix = template.suffix_for(photos[at])
            number = _next_number(rendered[at], suffix, number, used)
            targets[at] = _named(rendered[at], number, suffix, used)
    return tuple(targets)


def _next_number(rendered: tuple[str, str], suffix: str, last: int, taken: Set[str]) -> int:
    """The next number behind `last`; one that a held name has is passed over."""
    folder, stem = rendered
    path = f"{folder}/" if folder else ""
    number = last + 1
    while _NUMBER in stem and collision_key(f"{path}{stem.replace(_NUMBER, str(number))}{suffix}") in taken:
        number += 1
    return number


def _named(rendered: tuple[str, str], number: int, suffix: str, taken: set[str]) -> str:
    folder, stem = rendered
    path = f"{folder}/" if folder else ""
    return path + _free(path, stem.replace(_NUMBER, str(number)), suffix, taken)


def _pieces(part: str, template: str) -> tuple[_Piece, ...]:
    found = []
    for field, literal, stray in _TOKEN.findall(part):
        if stray or (field and field not in FIELDS):
            known = ", ".join(f"{{{name}}}" for name in FIELDS)
            raise IntakeError(f"The template {template!r} has {stray or f'{{{field}}}'!r}. Fields are {known}.")
        found.append(_Piece(field or literal, bool(field)))
    fixed = "".join(piece.text for piece in found if not piece.field)
    if len(fixed.encode()) > _MOST_LITERAL or safe_name(f"x{fixed}x") != f"x{fixed}x":
        raise IntakeError(f"The template {template!r} has fixed text that is too long or not allowed in file names.")
    return tuple(found)


def _joined(row: Iterable[_Piece], photo: TemplatePhoto, most_bytes: int) -> str:
    """The pieces as one text: missing fields dropped with their separator, the longest value shortened to fit."""
    pieces: list[_Piece] = []
    dangling = False  # a field was missing at the very front: the separator behind it goes
    for piece in row:
        if not piece.field:
            text = piece.text.lstrip(_SEPARATORS) if dangling else piece.text
            pieces.append(_Piece(text, field=False))
            dangling = dangling and not text
            continue
        value = _NUMBER if piece.text == "n" else photo.value(piece.text)
        if value:
            pieces.append(_Piece(value, field=True))
            dangling = False
        elif pieces and not dangling:
            if not pieces[-1].field:
                pieces[-1] = _Piece(pieces[-1].text.rstrip(_SEPARATORS), field=False)
            dangling = not any(each.text for each in pieces)
        else:
            dangling = True
    return "".join(_fitting([piece.text for piece in pieces], most_bytes))


def _fitting(texts: list[str], most_bytes: int) -> list[str]:
    while (over := len("".join(texts).encode()) - most_bytes) > 0:
        longest = max(range(len(texts)), key=lambda at: len(texts[at].encode()))
        texts[longest] = cut(texts[longest], max(len(texts[longest].encode()) - over, 1))
    return texts


def _order(photo: TemplatePhoto) -> tuple[float, str]:
    return (float("inf") if photo.sequence is None else photo.sequence, photo.source)


def _free(path: str, stem: str, suffix: str, taken: set[str]) -> str:
    """The name itself, or with -2, -3, ... until nobody has it. Names that differ by their ending alone are apart."""
    plain = safe_name(stem) or "unnamed"
    for again in count(1):
        name = safe_name(f"{plain}-{again}{suffix}" if again > 1 else f"{plain}{suffix}")
        key = collision_key(path + name)
        if key not in taken:
            taken.add(key)
            return name
    raise AssertionError("count() does not end")
