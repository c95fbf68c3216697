"""Reading processes: spawned, one thread each, at low priority; none outlives the scan, not even when it is killed.

A file whose decoder takes its whole process down must not end the scan. When a process dies, the files in flight are
read again one by one; the one that does it twice is refused, the others go on.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for_end

from parure.curate.plan import shown
from parure.curate.scan_read import Looks, read_files
from parure.curate.sources import Listed, Source
from parure.curate.values import Fingerprints, Reason, Scanned
from parure.errors import ParureError

__all__ = ["in_parts", "read_all"]

_PART_FILES = 8
_PART_BYTES = 32 * 2**20
_AHEAD = 2  # parts waiting for each process, so that none is ever idle
_NICENESS = 5
_HOPELESS = 3  # deaths before anything was read: then it is not the files
_AT_ONCE = "Reading processes end before they have read anything. Is there memory left?"
_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)
# glibc would give the memory of each picture back and fetch it again for the next, page by page: a tenth of the time.
_KEEPS_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(32 * 2**20), "MALLOC_TRIM_THRESHOLD_": str(64 * 2**20)}


def read_all(source: Source, files: Iterable[Listed], looks: Looks, *, jobs: int) -> Iterator[Scanned]:
    """Every file, as it gets ready. With `jobs` 0 they are read in this process, in their order."""
    if jobs == 0:
        for part in in_parts(files):
            yield from read_files(source, part, looks)
        return
    readers = _Readers(source, looks, jobs)
    try:
        yield from readers.read(in_parts(files))
    finally:
        readers.stop()


def in_parts(files: Iterable[Listed]) -> Iterator[list[Listed]]:
    """A few files, or fewer if they are large: a part is what one process reads in one go."""
    part: list[Listed] = []
    size = 0
    for file in files:
        if part and (len(part) == _PART_FILES or size + file.size > _PART_BYTES):
            yield part
            part, size = [], 0
        part.append(file)
        size += file.size
    if part:
        yield part


class _Readers:
    def __init__(self, source: Source, looks: Looks, jobs: int) -> None:
        self._source, self._looks, self._jobs = source, looks, jobs
        self._pool: ProcessPoolExecutor | None = None
        self._read = self._died = 0

    def read(self, parts: Iterator[list[Listed]]) -> Iterator[Scanned]:
        waiting: dict[Future[list[Scanned]], list[Listed]] = {}
        ended = False
        while waiting or not ended:
            while not ended and len(waiting) < self._jobs * (1 + _AHEAD):
                part = next(parts, None)
                ended = part is None
                if part is not None:
                    waiting[self._submit(part)] = part
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            lost: list[Listed] = []
            for future in done:
                part = waiting.pop(future)
                try:
                    yield from self._counted(future.result())
                except BrokenProcessPool:
                    lost += part
            if lost:  # with one process all are gone, and with them every part in flight
                lost += [file for part in waiting.values() for file in part]
                waiting.clear()
                self.stop()
                yield from self._one_by_one(lost)

    def stop(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _one_by_one(self, files: Sequence[Listed]) -> Iterator[Scanned]:
        for file in files:
            try:
                yield from self._counted(self._submit([file]).result())
            except BrokenProcessPool:
                self.stop()
                self._died += 1
                if self._died >= _HOPELESS and not self._read:
                    raise ParureError(_AT_ONCE) from None
                why = f"Reading {shown(file.path)} ends the process that reads it. Export it again from its source."
                yield Scanned(
                    file.path, file.size, file.modified, Fingerprints(""), refusal=Reason("crashes_reader", why)
                )

    def _counted(self, scanned: list[Scanned]) -> list[Scanned]:
        self._read += len(scanned)
        return scanned

    def _submit(self, part: list[Listed]) -> Future[list[Scanned]]:
        for _ in range(2):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(
                    self._jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_settle
                )
            try:
                with _environment(_ONE_THREAD | _KEEPS_MEMORY):  # looked at by processes as the first call starts them
                    return self._pool.submit(_read_part, self._source, part, self._looks)
            except BrokenProcessPool:  # it died while nothing was asked of it
                self.stop()
        raise ParureError(_AT_ONCE)


def _read_part(source: Source, files: Sequence[Listed], looks: Looks) -> list[Scanned]:
    try:
        return read_files(source, files, looks)
    except ParureError as error:
        raise ParureError(str(error)) from None  # not every kind can travel between processes


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _settle() -> None:
    """What a reading process does first. Ctrl-C is for the process that writes; a kill of that one ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError):
        os.nice(_NICENESS)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait_for_end([sentinel])
    os._exit(1)
