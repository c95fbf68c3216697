"""Duplicates of an archive in the database: found once for every state of the archive, then only read.

Decisions play no part here, so that one more decision costs no new search; judging applies them. What comparing two
contents gave is kept in a file beside the database: a search after a few files came or went asks only about those, and
one that was stopped goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from parure import settings
from parure.curate.duplicates import Duplicates, Group, Member, Tier, find_duplicates
from parure.curate.duplicates_differences import Difference
from parure.curate.plan import shown
from parure.curate.same_picture import Comparison, Likeness, Transform
from parure.curate.scan_read import SIDE
from parure.curate.sources import Listed, Source
from parure.curate.values import Reason
from parure.errors import Busy, ImageError, ImageReason
from parure.images import Limits, Pixels, decode
from parure.locks import FileLock
from parure.web.archive.archives import scanned
from parure.web.archive.models import Archive, ArchiveFile, DuplicateGroup, DuplicateMember, DuplicateSearch
from parure.web.archive.rows import path_of
from parure.web.archive.search_memory import METHOD, KeptMemory

__all__ = ["duplicates_of", "has_duplicates", "keep_duplicates", "picture_reader"]

_CHUNK = 1000


def has_duplicates(archive: Archive) -> bool:
    """Whether what was found still holds."""
    return DuplicateSearch.objects.filter(archive=archive, state=_state(archive)).exists()


def duplicates_of(
    archive: Archive,
    source: Callable[[], Source],
    limits: Limits,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Duplicates:
    """Remembered if no file came, went or changed since; else found and remembered, for which `source` is opened.

    Raises `Busy` while another process searches the same archive, `MissingExtra`, or what the source raises.
    """
    if has_duplicates(archive):
        return _stored(archive)
    lock = FileLock(settings.get().data / f"duplicates-{archive.key}.lock")
    holder = lock.acquire()
    if holder is not None:
        raise Busy(f"{holder} already looks for duplicates in {archive.location}. Wait for it, or stop it.")
    try:
        state = _state(archive)
        picture, kept = picture_reader(archive, source(), limits), KeptMemory.of(archive.key)

        def update(done: int, total: int) -> None:
            progress(done, total)
            kept.save_at_times()

        found = find_duplicates(
            scanned(archive), picture, memory=kept.memory, threads=settings.get().cores, progress=update
        )
        keep_duplicates(archive, found, state=state)
        kept.finish()
        return found
    finally:
        lock.release()


def picture_reader(archive: Archive, source: Source, limits: Limits) -> Callable[[str], Pixels]:
    """Reads a picture by its path as the scan saw it. It raises `ImageError` if the file is gone or was changed."""
    columns = ("path", "raw_path", "size", "modified", "stamp", "sha256")
    rows = ArchiveFile.objects.filter(archive=archive, gone_at=None, refusal="").values_list(*columns)
    known = {
        path_of(path, raw): (Listed(path_of(path, raw), size, modified, stamp), sha256)
        for path, raw, size, modified, stamp, sha256 in rows.iterator(chunk_size=2000)
    }

    def picture(path: str) -> Pixels:
        listed, sha256 = known[path]
        content = source.read(listed, limits.max_bytes)
        if content.data is None or content.sha256 != sha256:
            raise ImageError(ImageReason.UNREADABLE, f"{shown(path)} has changed since the scan. Scan again.")
        return decode(content.data, limits=limits, shrink_to=SIDE).pixels

    return picture


def _state(archive: Archive) -> str:
    columns = ("key", "sha256", "size", "modified", "version", "refusal")
    rows = ArchiveFile.objects.filter(archive=archive, gone_at=None).order_by("key").values_list(*columns)
    digest = hashlib.blake2b(METHOD.encode(), digest_size=16)
    for row in rows.iterator(chunk_size=2000):
        digest.update(repr(row).encode())
    return digest.hexdigest()


@transaction.atomic
def keep_duplicates(archive: Archive, found: Duplicates, *, state: str | None = None) -> None:
    """Instead of what was kept before. `state` is that of the archive when the search began; None: it is as it was."""
    DuplicateSearch.objects.filter(archive=archive).delete()
    number = {path: pk for pk, path in _paths(archive).items()}
    search = DuplicateSearch.objects.create(
        archive=archive,
        state="" if found.unseen else state or _state(archive),
        variants=[[number[one], number[other]] for one, other in found.variants],
        unseen=[[number[path], str(why.code), shown(why.detail)] for path, why in found.unseen],
    )
    groups = DuplicateGroup.objects.bulk_create(
        [
            DuplicateGroup(search=search, tier=group.tier, representative_id=number[group.representative])
            for group in found.groups
        ],
        batch_size=_CHUNK,
    )
    members = (
        _member_row(row, member, number)
        for row, group in zip(groups, found.groups, strict=True)
        for member in group.members
    )
    DuplicateMember.objects.bulk_create(members, batch_size=_CHUNK)


def _member_row(group: DuplicateGroup, member: Member, number: Mapping[str, int]) -> DuplicateMember:
    return DuplicateMember(
        group=group,
        file_id=number[member.path],
        via_id=number[member.via] if member.via else None,
        differences=[[each.name, each.representative, each.member] for each in member.differences],
        comparison=None if member.comparison is None else asdict(member.comparison),
    )


def _stored(archive: Archive) -> Duplicates:
    search = DuplicateSearch.objects.get(archive=archive)
    path = _paths(archive)
    columns = ("group_id", "file_id", "via_id", "differences", "comparison")
    rows = DuplicateMember.objects.filter(group__search=search).order_by("pk").values_list(*columns)
    members: dict[int, list[Member]] = {}
    for group, file, via, told, comparison in rows.iterator(chunk_size=2000):
        member = Member(path[file], _differences(told), _comparison(comparison), path[via] if via else "")
        members.setdefault(group, []).append(member)
    found = DuplicateGroup.objects.filter(search=search).order_by("pk").values_list("pk", "tier", "representative_id")
    return Duplicates(
        tuple(Group(Tier(tier), path[first], tuple(members.get(pk, ()))) for pk, tier, first in found),
        tuple((path[one], path[other]) for one, other in search.variants),
        tuple((path[pk], Reason(code, detail)) for pk, code, detail in search.unseen),
    )


def _paths(archive: Archive) -> dict[int, str]:
    rows = ArchiveFile.objects.filter(archive=archive).values_list("pk", "path", "raw_path")
    return {pk: path_of(path, raw) for pk, path, raw in rows.iterator(chunk_size=2000)}


def _differences(told: Iterable[tuple[str, str, str]]) -> tuple[Difference, ...]:
    return tuple(Difference(*each) for each in told)


def _comparison(told: dict[str, Any] | None) -> Comparison | None:
    if told is None:
        return None
    transform = told.pop("transform")
    return Comparison(
        **{**told, "likeness": Likeness(told["likeness"])}, transform=Transform(**transform) if transform else None
    )
