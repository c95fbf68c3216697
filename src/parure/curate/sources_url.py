"""An archive behind a URL: S3, Azure, Google, SFTP, HTTP, a zip in a bucket, whatever `fsspec` and its plug-ins open.

Listings of other machines differ in every field, so only three things are taken: a size, a time, and an entity tag.
Folders are asked for one at a time: a whole bucket in one answer has no bound, and one closed folder would end it.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from parure.curate.plan import shown
from parure.curate.sources import Content, Listed, Unlisted, hashed, not_by_name
from parure.curate.values import Reason
from parure.errors import ImageError, ImageReason, IntakeError, MissingExtra
from parure.intake.discovery import MAX_DEPTH
from parure.intake.found import is_junk

__all__ = ["UrlSource"]

_READS_AT_ONCE = 8
_TAGS = ("ETag", "etag", "e_tag", "md5Hash", "content_md5", "crc32c", "checksum", "CRC")
_TIMES = ("LastModified", "last_modified", "mtime", "modified", "updated", "timeCreated", "created", "date_time")
_LONGEST_TAG = 100
_SECRET = re.compile(r"//[^/@\s]*@")


@dataclass(frozen=True)
class UrlSource:
    url: str = field(repr=False)  # may hold a password

    @classmethod
    def opened(cls, url: str) -> UrlSource:
        """Raises `MissingExtra` or `IntakeError` when nothing here can open such a URL."""
        source = cls(url)
        _opened(url)
        return source

    @property
    def location(self) -> str:
        return shown(_SECRET.sub("//", self.url).rstrip("/"))

    @property
    def reads_at_once(self) -> int:
        return _READS_AT_ONCE

    def listing(self) -> Iterator[Listed | Unlisted]:
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                entries = self._entries(folder)
            except Exception as error:  # every plug-in raises its own kinds
                if not folder:
                    raise IntakeError(f"{self.location} cannot be read ({_said(error)}). Check the address.") from error
                why = f"The folder {shown(folder)} cannot be read ({_said(error)}). Check the rights, then scan again."
                yield Unlisted(folder, Reason("unreadable_folder", why), hides=True)
                continue
            inner = []
            for path, about in entries:
                found = _look(path, about)
                if found is None:
                    inner.append(path)
                else:
                    yield found
            waiting += reversed(inner)

    def read(self, file: Listed, most: int) -> Content:
        system, root = _opened(self.url)
        try:
            with system.open(f"{root}/{file.path}" if root else file.path, "rb") as stream:
                return hashed(stream, file.size or most, most)
        except Exception as error:
            message = f"{shown(file.path)} could not be read ({_said(error)}). Check that it is still there."
            raise ImageError(ImageReason.UNREADABLE, message) from error

    def _entries(self, folder: str) -> list[tuple[str, Mapping[str, Any]]]:
        """(path below the source, what is told of it), in the order of names."""
        system, root = _opened(self.url)
        asked = "/".join(part for part in (root, folder) if part)
        entries = []
        for about in system.ls(asked, detail=True):
            name = str(system._strip_protocol(about["name"])).rstrip("/")
            path = (name[len(root) :] if name.startswith(root) else name).lstrip("/")
            if path not in {"", folder} and not is_junk(path.rpartition("/")[2]):
                entries.append((path, about))
        return sorted(entries, key=lambda entry: entry[0])


def _look(path: str, about: Mapping[str, Any]) -> Listed | Unlisted | None:
    """None for a folder to go into."""
    name = shown(path)
    if "\0" in path or any(part in {"", ".", ".."} for part in path.split("/")):
        return Unlisted(path, Reason("unsafe_path", f"{name} is a name that no folder can hold; rename it."))
    if about.get("type") == "directory":
        if path.count("/") < MAX_DEPTH:
            return None
        detail = f"{name} lies more than {MAX_DEPTH} folders deep; move it up."
        return Unlisted(path, Reason("too_deep", detail), hides=True)
    if about.get("islink") or about.get("type") == "link":
        return Unlisted(path, Reason("link", f"{name} is a symbolic link, which is not followed."))
    size, modified = int(about.get("size") or 0), _modified(about)
    if reason := not_by_name(path):
        return Unlisted(path, reason, size, modified)
    return Listed(path, size, modified, _stamp(about, modified))


def _stamp(about: Mapping[str, Any], modified: float) -> str:
    tag = next((str(value) for value in map(about.get, _TAGS) if value), "")
    if len(tag) > _LONGEST_TAG:
        return hashlib.sha256(tag.encode()).hexdigest()
    return tag or (repr(modified) if modified else "")


def _modified(about: Mapping[str, Any]) -> float:
    for told in (about.get(key) for key in _TIMES):
        if isinstance(told, datetime):
            return told.timestamp()
        if isinstance(told, int | float):
            return float(told)
        if isinstance(told, str):
            try:
                return datetime.fromisoformat(told).timestamp()
            except ValueError:
                continue
        if isinstance(told, tuple) and len(told) == 6:  # of a zip
            return float(calendar.timegm((*told, 0, 0, 0)))
    return 0.0


@lru_cache(maxsize=4)
def _opened(url: str) -> tuple[Any, str]:
    """(file system, path of the source in it), once in each process."""
    try:
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtra("An archive behind a URL", "curate") from error
    try:
        system, root = url_to_fs(url, use_listings_cache=False)
    except Exception as error:  # an unknown protocol, a plug-in that is not installed, an address that is none
        raise IntakeError(f"{_SECRET.sub('//', url)} cannot be opened ({_said(error)}).") from error
    return system, str(root).rstrip("/")


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
