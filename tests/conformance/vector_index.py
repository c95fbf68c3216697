"""What every vector index has to do. An engine's own test file subclasses `VectorIndexConformance` and opens it.

Expectations come from brute force over the same points with `filters.matches`, never from another engine.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from parure.errors import VectorIndexError
from parure.index import AnyOf, Filter, Hit, NoneOf, Point, Range, Schema, VectorIndex
from parure.index.filters import Payload, matches

__all__ = ["SCHEMA", "VectorIndexConformance", "brute_force", "clustered", "corpus"]

SCHEMA = Schema(keywords=("type", "share", "stone"), numbers=("price", "weight"))
DIMENSION = 64
SHARES = ("p90", "p50", "p10", "p1", "p0.1")  # per cent of the points that carry the value, drawn independently


def clustered(count: int, dimension: int, *, seed: int) -> NDArray[np.float32]:
    """(count, dimension) unit vectors in clusters of about 40, as photos of similar pieces lie."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(4, count // 40), dimension))
    found = centres[random.integers(0, len(centres), count)] + 0.7 * random.normal(size=(count, dimension))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def corpus(count: int, *, seed: int = 0, first_id: int = 0) -> list[Point]:
    random = np.random.default_rng(seed + 1)
    chances = random.random((count, len(SHARES))) * 100
    shares = [
        [share for share, chance in zip(SHARES, row, strict=True) if chance < float(share[1:])] for row in chances
    ]
    prices = random.integers(1, 1000, count)
    return [
        Point(first_id + i, (first_id + i) // 3, vector, {"share": shares[i], "price": float(prices[i])})
        for i, vector in enumerate(clustered(count, DIMENSION, seed=seed))
    ]


def brute_force(points: Sequence[Point], query: NDArray[np.float32], limit: int, where: Filter | None) -> list[Hit]:
    passing = [point for point in points if where is None or matches(point.payload, where)]
    hits = [Hit(p.id, p.group, float(p.vector.astype(np.float64) @ query.astype(np.float64))) for p in passing]
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]


def recall(index: VectorIndex, points: Sequence[Point], where: Filter | None) -> float:
    """Share of the true ten nearest that are found, over 40 queries near the points."""
    passing = [point for point in points if where is None or matches(point.payload, where)]
    matrix = np.stack([point.vector for point in passing])
    found = wanted = 0
    for query in clustered(40 + 4000, DIMENSION, seed=0)[::100]:
        top = {passing[row].id for row in np.argsort(-(matrix @ query), kind="stable")[:10]}
        found += len(top & {hit.id for hit in index.search(query, limit=10, where=where)})
        wanted += len(top)
    return found / wanted


_PAYLOADS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.lists(st.sampled_from(["ring", "hoop", "", "ключ", "a.b[0]"]), max_size=3),
        "stone": st.lists(st.sampled_from(["ruby", "opal"]), max_size=2),
        "price": st.sampled_from([-1.5, 0.0, 0.1, 99.99, 100.0, 1e12]),
        "weight": st.floats(-1e6, 1e6),
    },
)
_BOUNDS = st.none() | st.sampled_from([-1.5, 0.0, 0.1, 99.99, 100.0]) | st.floats(-1e6, 1e6)
_CONDITIONS = st.one_of(
    st.builds(
        lambda kind, field, values: kind(field, tuple(values)),
        st.sampled_from([AnyOf, NoneOf]),
        st.sampled_from(["type", "stone"]),
        st.lists(st.sampled_from(["ring", "hoop", "", "ключ", "a.b[0]", "ruby", "opal", "never"]), max_size=3),
    ),
    st.builds(Range, st.sampled_from(["price", "weight"]), _BOUNDS, _BOUNDS),
)
_FILTERS = st.builds(lambda found: Filter(tuple(found)), st.lists(_CONDITIONS, max_size=3))


def _unit(*values: float) -> NDArray[np.float32]:
    """A unit vector of DIMENSION whose first components are in the ratio given."""
    vector = np.zeros(DIMENSION, np.float32)
    vector[: len(values)] = values
    return vector / np.float32(np.linalg.norm(vector))


class VectorIndexConformance(ABC):
    lowest_recall: ClassVar[float] = 0.99
    points: ClassVar[int] = 4000

    @classmethod
    @abstractmethod
    def open(cls, folder: Path) -> VectorIndex:
        """An empty index of DIMENSION and SCHEMA."""

    @pytest.fixture
    def index(self, tmp_path: Path) -> Iterator[VectorIndex]:
        index = self.open(tmp_path / "index")
        yield index
        index.close()

    @pytest.fixture(scope="class")
    @classmethod
    def filled(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VectorIndex]:
        """Built, and only read by the tests that share it."""
        index = cls.open(tmp_path_factory.mktemp("filled") / "index")
        index.upsert(corpus(cls.points))
        index.build()
        yield index
        index.close()

    @pytest.mark.parametrize("share", [None, *SHARES])
    def test_finds_what_a_full_scan_finds(self, filled: VectorIndex, share: str | None) -> None:
        where = Filter((AnyOf("share", (share,)),)) if share else None
        assert recall(filled, corpus(self.points), where) >= self.lowest_recall

    def test_scores_are_dot_products_best_first(self, filled: VectorIndex) -> None:
        points = corpus(self.points)
        for hits in (filled.search(points[i].vector, limit=25) for i in (0, 17, 1234)):
            assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
            for hit in hits:
                assert hit.group == points[hit.id].group
        own = filled.search(points[17].vector, limit=1)[0]
        assert own.id == 17
        assert own.score == pytest.approx(1.0, abs=1e-5)

    def test_ids_are_complete_and_single(self, filled: VectorIndex) -> None:
        assert sorted(filled.ids()) == list(range(self.points))

    def test_counts_and_facets_are_exact(self, filled: VectorIndex) -> None:
        points = corpus(self.points)
        cheap = Filter((Range("price", None, 250),))
        for where in (None, cheap):
            passing = [point for point in points if where is None or matches(point.payload, where)]
            values = Counter(value for point in passing for value in _held(point.payload, "share"))
            assert filled.count(where) == len(passing)
            assert dict(filled.facets("share", where)) == dict(values)
        assert dict(filled.facets("type")) == {}

    def test_an_empty_index_answers(self, index: VectorIndex) -> None:
        index.build()
        assert index.search(_unit(1), limit=10) == []
        assert index.count() == 0
        assert list(index.ids()) == []
        assert dict(index.facets("type")) == {}
        index.delete([1, 2])
        index.upsert([])

    def test_a_limit_above_the_count_gives_all_and_a_limit_of_zero_none(self, index: VectorIndex) -> None:
        index.upsert(corpus(5))
        assert {hit.id for hit in index.search(_unit(1), limit=1000)} == set(range(5))
        assert index.search(_unit(1), limit=0) == []

    def test_equal_scores_come_in_the_order_of_ids(self, index: VectorIndex) -> None:
        vector = _unit(3, 1, 2)
        index.upsert([Point(id, id, vector) for id in (9, 2, 31, 4, 18, 7)])
        assert [hit.id for hit in index.search(vector, limit=6)] == [2, 4, 7, 9, 18, 31]

    def test_a_write_is_seen_by_the_next_search(self, index: VectorIndex) -> None:
        self._check_freshness(index, corpus(60), new_id=1000)

    def test_a_write_after_a_build_is_seen_by_the_next_search(self, tmp_path: Path) -> None:
        index = self.open(tmp_path / "built")
        points = corpus(self.points)
        index.upsert(points)
        index.build()
        self._check_freshness(index, points, new_id=100_000)
        index.close()

    def _check_freshness(self, index: VectorIndex, points: list[Point], *, new_id: int) -> None:
        index.upsert(points)
        probe = _unit(1, -1, 1, -1)
        index.upsert([Point(new_id, 7, probe, {"type": ["ring"]})])
        assert index.search(probe, limit=1)[0].id == new_id
        only = Filter((AnyOf("type", ("ring",)),))
        assert [hit.id for hit in index.search(probe, limit=5, where=only)] == [new_id]
        index.delete([new_id, points[0].id])
        assert index.search(probe, limit=5, where=only) == []
        assert points[0].id not in {hit.id for hit in index.search(points[0].vector, limit=10)}
        assert index.count() == len(points) - 1
        index.upsert([points[0]])
        assert index.search(points[0].vector, limit=1)[0].id == points[0].id

    def test_an_upsert_replaces_vector_group_and_payload(self, index: VectorIndex) -> None:
        index.upsert([Point(1, 10, _unit(1), {"type": ["ring"], "price": 5.0}), Point(2, 20, _unit(0, 1))])
        index.upsert([Point(1, 11, _unit(0, 0, 1), {"stone": ["opal"]})])
        best = index.search(_unit(0, 0, 1), limit=1)[0]
        assert (best.id, best.group, index.count()) == (1, 11, 2)
        assert index.count(Filter((AnyOf("type", ("ring",)),))) == 0
        assert index.count(Filter((Range("price"),))) == 0
        assert dict(index.facets("stone")) == {"opal": 1}

    def test_the_last_of_two_points_with_one_id_wins(self, index: VectorIndex) -> None:
        index.upsert([Point(1, 1, _unit(1)), Point(1, 2, _unit(0, 1))])
        assert [(hit.id, hit.group) for hit in index.search(_unit(0, 1), limit=5)] == [(1, 2)]

    def test_filters_counts_and_facets_agree_with_brute_force(self, tmp_path: Path) -> None:
        index = self.open(tmp_path / "index")
        vectors = clustered(12, DIMENSION, seed=3)

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(st.lists(_PAYLOADS, max_size=12), st.lists(_FILTERS, min_size=1, max_size=4))
        def agree(payloads: list[Payload], filters: list[Filter]) -> None:
            index.delete(list(index.ids()))
            points = [Point(i, i * 2, vectors[i], payload) for i, payload in enumerate(payloads)]
            index.upsert(points)
            for where in filters:
                passing = [point for point in points if matches(point.payload, where)]
                assert {h.id for h in index.search(vectors[0], limit=20, where=where)} == {p.id for p in passing}
                assert index.count(where) == len(passing)
                types = Counter(value for point in passing for value in set(_held(point.payload, "type")))
                assert dict(index.facets("type", where)) == dict(types)

        agree()
        index.close()

    def test_what_makes_no_sense_is_refused_and_changes_nothing(self, index: VectorIndex) -> None:
        index.upsert(corpus(3))
        refused: list[Callable[[], object]] = [
            lambda: index.upsert([Point(1, 1, np.ones(3, np.float32))]),
            lambda: index.upsert([Point(1, 1, np.full(DIMENSION, np.nan, np.float32))]),
            lambda: index.upsert([Point(7, 1, _unit(1)), Point(1, 1, 2 * _unit(1))]),
            lambda: index.upsert([Point(-1, 1, _unit(1))]),
            lambda: index.upsert([Point(1, 1, _unit(1), {"colour": ["red"]})]),
            lambda: index.upsert([Point(1, 1, _unit(1), {"type": "ring"})]),
            lambda: index.upsert([Point(1, 1, _unit(1), {"price": float("inf")})]),
            lambda: index.search(np.zeros(DIMENSION, np.float32), limit=1),
            lambda: index.search(_unit(1), limit=1, where=Filter((AnyOf("price", ("5",)),))),
            lambda: index.count(Filter((Range("type", 1, 2),))),
            lambda: index.facets("price"),
        ]
        for misuse in refused:
            with pytest.raises(VectorIndexError):
                misuse()
        assert sorted(index.ids()) == [0, 1, 2]

    def test_searches_go_on_while_points_are_written(self, index: VectorIndex) -> None:
        points = corpus(900)
        index.upsert(points[:300])
        written = threading.Event()

        def write() -> None:
            for start in range(300, 900, 20):
                index.upsert(points[start : start + 20])
                index.delete([points[start].id])
            written.set()

        def read(seed: int) -> int:
            searches = 0
            while not written.is_set() or not searches:
                query = points[(searches * 7 + seed) % 300].vector
                for hit in index.search(query, limit=5):
                    assert hit.score == pytest.approx(float(points[hit.id].vector @ query), abs=1e-4)
                    assert hit.group == points[hit.id].group
                searches += 1
            return searches

        with ThreadPoolExecutor(3) as pool:
            jobs = [pool.submit(write), pool.submit(read, 0), pool.submit(read, 1)]
            for job in jobs:
                job.result()
        assert index.count() == 900 - 30

    def test_closing_twice_is_safe(self, tmp_path: Path) -> None:
        index = self.open(tmp_path / "index")
        index.upsert(corpus(3))
        index.close()
        index.close()


def _held(payload: Payload, field: str) -> Sequence[str]:
    held = payload.get(field, ())
    return held if isinstance(held, Sequence) else ()
