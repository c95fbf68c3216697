"""Compares many pairs of files at once, on several threads, and works each picture out as seldom as it can.

A comparison begins with sketches, and those of all pictures are kept. Four pairs in five end there: no map leads from
one picture to the other. For the rest both pictures are read again, unless they were among the last ones. Pictures are
read by the calling thread alone, since what lies behind a source may not like two.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from types import TracebackType
from typing import TypeVar

from parure.curate.duplicates_frame import Affine
from parure.curate.duplicates_memory import SearchMemory
from parure.curate.duplicates_sketches import Sketches
from parure.curate.same_picture import Comparison, Likeness, Look, Sketch, look_at, maps_between, try_maps
from parure.curate.values import Reason, Scanned
from parure.errors import ImageError
from parure.images import Pixels

__all__ = ["Comparing", "Pair"]

Pair = tuple[int, int]  # positions, the lower first
_OTHER = Comparison(Likeness.OTHER)
_LOOKS = 400  # kept at a time, a sixth of a megabyte each
_AHEAD = 4  # tasks that wait for each thread
_Task = tuple[Pair, Look, Look, list[Affine]]
_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")


class Comparing(AbstractContextManager["Comparing"]):
    """Positions in `files`, which are sorted by merit, stand for files. Each pair is compared at most once.

    `unseen` are files that could not be read again, by path, and why; what a pair with one of them gave is not
    remembered.
    """

    def __init__(
        self,
        files: Sequence[Scanned],
        picture: Callable[[str], Pixels],
        *,
        apart: frozenset[frozenset[str]],
        memory: SearchMemory,
        threads: int,
    ) -> None:
        self.unseen: dict[str, Reason] = {}
        self._files, self._picture, self._apart, self._memory = files, picture, apart, memory
        self._told: dict[Pair, Comparison] = {}
        self._looks: OrderedDict[int, Look] = OrderedDict()
        self._sketches = Sketches()
        self._threads = ThreadPoolExecutor(threads, "comparing")
        self._ahead = _AHEAD * threads

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._sketches.close()

    def told(self, one: int, other: int) -> Comparison:
        """From the better file to the other."""
        pair = min(one, other), max(one, other)
        self.compare([pair])
        return self._told[pair]

    def pairs(self, likeness: Likeness) -> list[Pair]:
        """Those of which that was found until now."""
        return [pair for pair, told in self._told.items() if told.likeness is likeness]

    def compare(self, pairs: Iterable[Pair], progress: Callable[[float], None] = lambda share: None) -> None:
        """All at once, for `told`. `progress` is told how much of 1 is done.

        Raises `MissingExtra` without OpenCV, and `StorageFull`.
        """
        asked = [pair for pair in dict.fromkeys(pairs) if pair not in self._told and not self._is_known(pair)]
        wanted = {at for pair in asked for at in pair if at not in self._sketches}
        steps, done = len(wanted) + len(asked), 0
        for at, sketch in self._in_order(_sketched, self._looks_of(sorted(wanted, key=self._path))):
            self._sketches.put(at, sketch)
            done += 1
            progress(done / steps)
        seen = [pair for pair in asked if pair[0] in self._sketches and pair[1] in self._sketches]
        self._told |= dict.fromkeys(set(asked) - set(seen), _OTHER)
        close = []
        for pair, maps in self._in_order(self._mapped, seen):
            if maps:
                close.append((pair, maps))
            else:
                self._tell(pair, _OTHER)
                done += 1
                progress(done / steps)
        for pair, told in self._in_order(_tried, self._tasks(close)):
            self._tell(pair, told)
            done += 1
            progress(done / steps)

    def _path(self, position: int) -> str:
        """Copies often lie together."""
        return self._files[position].path

    def _contents(self, pair: Pair) -> tuple[str, str]:
        return self._files[pair[0]].fingerprints.sha256, self._files[pair[1]].fingerprints.sha256

    def _is_known(self, pair: Pair) -> bool:
        contents = self._contents(pair)
        told = _OTHER if frozenset(contents) in self._apart else self._memory.told(*contents)
        if told is not None:
            self._told[pair] = told
        return told is not None

    def _tell(self, pair: Pair, told: Comparison) -> None:
        self._told[pair] = _OTHER if told.likeness is Likeness.OTHER else told  # there are many of these
        self._memory.tell(*self._contents(pair), told)

    def _mapped(self, pair: Pair) -> tuple[Pair, list[Affine]]:
        return pair, list(maps_between(self._sketches.get(pair[0]), self._sketches.get(pair[1])))

    def _looks_of(self, positions: Iterable[int]) -> Iterator[tuple[int, Look]]:
        """Of those that can be read."""
        for at in positions:
            look = self._look(at)
            if look is not None:
                yield at, look

    def _tasks(self, close: Sequence[tuple[Pair, list[Affine]]]) -> Iterator[_Task]:
        for (one, other), maps in sorted(close, key=lambda each: self._path(each[0][0])):
            first, second = self._look(one), self._look(other)
            if first is None or second is None:  # it went bad between two looks
                self._told[one, other] = _OTHER
            else:
                yield (one, other), first, second, maps

    def _look(self, position: int) -> Look | None:
        if position in self._looks:
            self._looks.move_to_end(position)
            return self._looks[position]
        path = self._path(position)
        if path in self.unseen:
            return None
        try:
            look = look_at(self._picture(path))
        except (ImageError, OSError) as error:
            code = error.reason.value if isinstance(error, ImageError) else "unreadable"
            self.unseen[path] = Reason(code, f"It could be read when it was scanned, and no more: {error}")
            return None
        self._looks[position] = look
        if len(self._looks) > _LOOKS:
            self._looks.popitem(last=False)
        return look

    def _in_order(self, work: Callable[[_Asked], _Answer], items: Iterable[_Asked]) -> Iterator[_Answer]:
        """`items` are drawn by this thread, a few ahead of the answers."""
        waiting: deque[Future[_Answer]] = deque()
        for item in items:
            waiting.append(self._threads.submit(work, item))
            if len(waiting) > self._ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _sketched(each: tuple[int, Look]) -> tuple[int, Sketch]:
    return each[0], each[1].sketch


def _tried(task: _Task) -> tuple[Pair, Comparison]:
    pair, first, second, maps = task
    return pair, try_maps(first, second, maps)
