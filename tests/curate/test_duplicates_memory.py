"""A search that remembers gives the answer of one from scratch, and looks only at what is new."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from parure.curate.duplicates import Duplicates, find_duplicates
from parure.curate.duplicates_memory import SearchMemory, load_memory, picture_id, save_memory
from parure.curate.duplicates_neighbours import (
    NEAREST,
    Neighbours,
    brought_up_to_date,
    scored,
)
from parure.curate.same_picture import Comparison, Likeness, Transform
from parure.curate.values import Scanned
from parure.errors import ImageError, ImageReason
from parure.images import Pixels
from tests.curate.test_duplicates import files, picture

pytest.importorskip("cv2")
Vectors = NDArray[np.float32]


def vectors_of(numbers: Iterable[int]) -> Vectors:
    """Each number has its vector; one in five is near another, so that lists are full and cut."""
    rows = []
    for number in numbers:
        centre = np.random.default_rng(number % 5).normal(size=24)
        rows.append(centre + 1.2 * np.random.default_rng(1000 + number).normal(size=24))
    made = np.array(rows, np.float32).reshape(len(rows), 24)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def from_scratch(ids: list[int]) -> Neighbours:
    vectors, every = vectors_of(ids), np.arange(len(ids))
    return Neighbours.of(ids, [scored(vectors, row, np.delete(every, row)) for row in every.tolist()])


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 89), min_size=2), st.sets(st.integers(0, 89), min_size=2), st.randoms())
def test_lists_brought_up_to_date_are_those_from_scratch(before: set[int], after: set[int], chance: object) -> None:
    old, new = sorted(before), sorted(after)
    chance.shuffle(new)  # type: ignore[attr-defined]
    found = brought_up_to_date(from_scratch(old), new, vectors_of(new))
    if len(before ^ after) > 64:
        assert found is None
        return
    assert found is not None
    expected = from_scratch(new)
    assert found.ids.tolist() == new
    assert [found.row(at) for at in range(len(new))] == [expected.row(at) for at in range(len(new))]


def test_lists_are_cut_and_still_right_when_a_full_one_loses_somebody() -> None:
    everybody = list(range(90))
    lists = from_scratch(everybody)
    full = [at for at in everybody if len(lists.row(at)) == NEAREST]
    assert len(full) > 20
    lost = lists.row(full[0])[0][0]
    rest = [each for each in everybody if each != lost]
    found = brought_up_to_date(lists, rest, vectors_of(rest))
    assert found is not None
    assert np.array_equal(found.others, from_scratch(rest).others)


class Reading:
    """Reads pictures, and tells which."""

    def __init__(self, *broken: str) -> None:
        self.read: list[str] = []
        self.broken = broken

    def __call__(self, path: str) -> Pixels:
        self.read.append(path)
        if path in self.broken:
            raise ImageError(ImageReason.CORRUPT, "This JPEG is damaged.")
        return picture(path)


def without(*paths: str) -> list[Scanned]:
    return [file for file in files() if file.path not in paths]


def searched(some: Iterable[Scanned], memory: SearchMemory, reading: Reading | None = None) -> Duplicates:
    return find_duplicates(some, reading or Reading(), memory=memory)


@pytest.mark.parametrize("late", [file.path for file in files()])
def test_after_one_file_came_or_went_the_answer_is_that_from_scratch(late: str) -> None:
    memory = SearchMemory()
    searched(without(late), memory)
    assert searched(files(), memory) == find_duplicates(files(), picture)
    assert searched(without(late), memory) == find_duplicates(without(late), picture)


def test_a_second_search_reads_nothing_and_one_with_a_new_file_little(tmp_path: Path) -> None:
    memory = SearchMemory()
    searched(without("b/mirrored.jpg"), memory)
    save_memory(tmp_path / "m.npz", memory, "1")
    again = Reading()
    searched(without("b/mirrored.jpg"), load_memory(tmp_path / "m.npz", "1"), again)
    assert again.read == []
    one_more = Reading()
    searched(files(), load_memory(tmp_path / "m.npz", "1"), one_more)
    assert "b/mirrored.jpg" in one_more.read
    assert len(one_more.read) < len(files())


def test_what_could_not_be_read_is_not_remembered_as_another_picture() -> None:
    memory = SearchMemory()
    found = searched(files(), memory, Reading("b/small.jpg"))
    assert [path for path, _ in found.unseen] == ["b/small.jpg"]
    assert searched(files(), memory) == find_duplicates(files(), picture)


def test_what_a_person_kept_apart_is_not_remembered_as_another_picture() -> None:
    memory = SearchMemory()
    sha = {file.path: file.fingerprints.sha256 for file in files()}
    apart = [frozenset((sha["c/other.jpg"], sha["d/other again.jpg"]))]
    find_duplicates(files(), picture, apart=apart, memory=memory)
    assert searched(files(), memory) == find_duplicates(files(), picture)


def test_a_memory_comes_back_from_its_file_to_the_last_digit(tmp_path: Path) -> None:
    memory = SearchMemory(from_scratch([3, 8, 13]))
    how = Transform(True, -12.3, 0.3333333333333333, 1.1)
    told = Comparison(Likeness.SAME, 0.1 + 0.2, 0.9, 0.001, how)
    memory.tell("a", "b", told)
    memory.tell("b", "a", Comparison(Likeness.VARIANT, 0.5))
    memory.tell("a", "c", Comparison(Likeness.OTHER, 0.4))
    save_memory(tmp_path / "deep" / "m.npz", memory, "1")
    back = load_memory(tmp_path / "deep" / "m.npz", "1")
    assert back.told("a", "b") == told
    assert back.told("b", "a") == Comparison(Likeness.VARIANT, 0.5)
    assert back.told("a", "c") == Comparison(Likeness.OTHER)
    assert back.told("c", "a") is None
    assert back.neighbours is not None
    assert back.neighbours.row(0) == from_scratch([3, 8, 13]).row(0)
    back.forget_unused()
    assert back.told("a", "b") == told
    fresh = load_memory(tmp_path / "deep" / "m.npz", "1")
    fresh.forget_unused()
    assert fresh.told("a", "b") is None


def test_a_file_of_another_method_and_a_damaged_one_are_as_none(tmp_path: Path) -> None:
    memory = SearchMemory()
    memory.tell("a", "b", Comparison(Likeness.SAME))
    path = tmp_path / "m.npz"
    save_memory(path, memory, "1")
    assert load_memory(path, "2").told("a", "b") is None
    path.write_bytes(path.read_bytes()[:200])
    assert load_memory(path, "1").told("a", "b") is None
    assert load_memory(tmp_path / "none.npz", "1").told("a", "b") is None
    save_memory(tmp_path / "m.npz" / "below", memory, "1")  # a folder that cannot be made is no error


def test_a_picture_with_another_embedding_is_another_one() -> None:
    one = files()[0].fingerprints
    assert one.embedding is not None
    other = type(one)(one.sha256, one.perceptual, one.turned, one.embedding + np.float16(0.5))
    assert picture_id(one) != picture_id(other)
