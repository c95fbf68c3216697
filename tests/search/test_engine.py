"""The engine over real parts (exact index, histogram encoder) and a catalogue of a few lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from parure import taxonomy
from parure.errors import QueryError
from parure.index import Filter, Point, Schema
from parure.index.filters import Payload, matches
from parure.index.memory import MemoryIndex
from parure.search import Query, SearchEngine, Selection
from parure.vision.histogram import HistogramEncoder

WORDS = taxonomy.load()
ENCODER = HistogramEncoder()
COLOURS = {1: (200, 40, 40), 2: (40, 200, 40), 3: (40, 40, 200)}
PAYLOADS: dict[int, Payload] = {
    1: {"metal": ("gold",), "type": ("ring",), "price": 100.0},
    2: {"metal": ("silver",), "type": ("hoop_earring",), "price": 200.0},
    3: {"metal": ("gold",), "type": ("hoop_earring",), "price": 900.0},
}


@dataclass
class SmallCatalogue:
    codes: dict[str, int] = field(default_factory=lambda: {"AJ-1": 1, "AJ-2": 2, "AJ-3": 3})
    texts: dict[int, str] = field(default_factory=lambda: {1: "sunny morning", 2: "rainy evening", 3: "sunny evening"})

    def with_style_codes(self, text: str) -> list[int]:
        return [number for code, number in self.codes.items() if code.lower() in text.lower().split()]

    def keyword(self, text: str, *, limit: int) -> list[int]:
        score = {n: sum(word in held.split() for word in text.lower().split()) for n, held in self.texts.items()}
        return [n for n in sorted(score, key=lambda n: -score[n]) if score[n]][:limit]

    def keep(self, numbers: Sequence[int], where: Filter) -> list[int]:
        return [number for number in numbers if matches(PAYLOADS[number], where)]

    def browse(self, where: Filter, *, limit: int, offset: int) -> list[int]:
        return [n for n in sorted(PAYLOADS, reverse=True) if matches(PAYLOADS[n], where)][offset : offset + limit]

    def count(self, where: Filter) -> int:
        return sum(matches(payload, where) for payload in PAYLOADS.values())


def picture(colour: tuple[int, int, int], shift: int = 0) -> np.ndarray:
    pixels = np.full((64, 64, 3), 255, np.uint8)
    pixels[12 + shift : 52, 12:52] = colour
    return pixels


@pytest.fixture(scope="module")
def engine() -> SearchEngine:
    index = MemoryIndex(ENCODER.dimension, Schema(tuple(WORDS.attributes), ("price",)))
    for number, colour in COLOURS.items():
        vectors = ENCODER.encode_images([picture(colour, shift) for shift in (0, 4, 8)])
        index.upsert([Point(number * 10 + i, number, vector, PAYLOADS[number]) for i, vector in enumerate(vectors)])
    return SearchEngine(ENCODER, index, SmallCatalogue(), WORDS)


def products(engine: SearchEngine, query: Query) -> list[int]:
    return [found.product for found in engine.search(query).found]


def test_a_picture_finds_its_piece_first_and_each_piece_once(engine: SearchEngine) -> None:
    answer = engine.search(Query(image=picture(COLOURS[2], 4)))
    assert answer.found[0].product == 2
    assert len(answer.found) == answer.total == 3
    assert answer.found[0].similarity == pytest.approx(1.0, abs=1e-4)
    assert answer.found[0].photo == 21


def test_words_that_are_filters_hold_for_every_result(engine: SearchEngine) -> None:
    answer = engine.search(Query(image=picture(COLOURS[2]), text="gold hoops"))
    assert [found.product for found in answer.found] == [3]
    assert not answer.relaxed


def test_what_is_left_of_the_words_ranks_without_removing(engine: SearchEngine) -> None:
    assert products(engine, Query(text="sunny gold")) == [1, 3] or products(engine, Query(text="sunny gold")) == [3, 1]
    assert products(engine, Query(text="rainy jewellery between 50 and 1000"))[0] == 2
    assert len(products(engine, Query(text="rainy jewellery between 50 and 1000"))) == 3


def test_words_alone_are_a_keyword_search(engine: SearchEngine) -> None:
    answer = engine.search(Query(text="evening"))
    assert [found.product for found in answer.found] == [2, 3]
    assert answer.total == 2
    assert answer.found[0].similarity is None


def test_an_exact_style_code_comes_first(engine: SearchEngine) -> None:
    assert products(engine, Query(text="AJ-2 sunny"))[0] == 2
    assert products(engine, Query(image=picture(COLOURS[1]), text="aj-3"))[0] == 3


def test_wishes_that_nothing_meets_show_the_nearest_and_say_so(engine: SearchEngine) -> None:
    answer = engine.search(Query(image=picture(COLOURS[1]), text="platinum ring under 5"))
    assert answer.relaxed
    assert answer.found[0].product == 1


def test_a_clicked_filter_is_never_relaxed(engine: SearchEngine) -> None:
    answer = engine.search(Query(selection=Selection.chosen({"metal": ["platinum"]}, WORDS)))
    assert (answer.found, answer.total, answer.relaxed) == ((), 0, False)


def test_an_empty_query_lists_the_catalogue(engine: SearchEngine) -> None:
    assert products(engine, Query()) == [3, 2, 1]


def test_pages_continue_where_the_last_one_ended(engine: SearchEngine) -> None:
    whole = products(engine, Query(image=picture(COLOURS[1])))
    assert [products(engine, Query(image=picture(COLOURS[1]), limit=1, offset=o))[0] for o in range(3)] == whole
    browsed = products(engine, Query())
    assert [products(engine, Query(limit=1, offset=o))[0] for o in range(3)] == browsed


def test_a_piece_can_be_left_out(engine: SearchEngine) -> None:
    vector = ENCODER.encode_images([picture(COLOURS[1])])[0]
    assert 1 not in products(engine, Query(vector=vector, without_product=1, limit=3))


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (10, -1), (10, 2000)])
def test_a_window_out_of_range_is_refused(engine: SearchEngine, limit: int, offset: int) -> None:
    with pytest.raises(QueryError, match="limit"):
        engine.search(Query(limit=limit, offset=offset))
