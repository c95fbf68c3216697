"""The engine over real parts (exact index, histogram encoder) and a catalogue of a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from parure import taxonomy
from parure.errors import QueryError
from parure.index import Filter, Point, Schema
from parure.index.filters import Payload, matches
from parure.index.memory import MemoryIndex
from parure.regions import Box
from parure.search import Query, SearchEngine, Selection, Traits, Weights
from parure.search.crowding import SHARE, Sample
from parure.search.traits import traits_of
from parure.search.verdict import load_verdicts
from parure.vision.histogram import HistogramEncoder
from tests.analyser import GOLD, ROSE, RUBY, SAPPHIRE, ColumnAnalyser, piece_picture
from tests.search.test_verdict import written

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
    sights: dict[int, Traits] = field(default_factory=dict)
    rows: dict[int, tuple[int, np.ndarray]] = field(default_factory=dict)  # photo -> product, vector

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

    def parts(self, photos: Sequence[int]) -> Mapping[int, Mapping[str, np.ndarray]]:
        return {photo: self.sights[photo].parts for photo in photos if photo in self.sights}

    def traits(self, photos: Sequence[int]) -> Mapping[int, Traits]:
        return {photo: self.sights[photo] for photo in photos if photo in self.sights}

    def vectors(self, photos: Sequence[int]) -> Mapping[int, np.ndarray]:
        return {photo: self.rows[photo][1] for photo in photos if photo in self.rows}

    def sample(self) -> Sample:
        if not self.rows:
            return Sample(np.zeros((0, 1), np.float32), np.zeros(0, np.int64))
        return Sample(
            np.stack([row for _, row in self.rows.values()]), np.array([group for group, _ in self.rows.values()])
        )


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


LOOKS = {1: (GOLD, RUBY), 2: (GOLD, SAPPHIRE), 3: (ROSE, RUBY)}


def looking_engine(verdicts: Path | None = None) -> SearchEngine:
    """Three pieces by an analyser: gold with ruby, gold with sapphire, rose with ruby."""
    analyser = ColumnAnalyser()
    catalogue = SmallCatalogue()
    index = MemoryIndex(analyser.dimension, Schema(tuple(WORDS.attributes), ("price",)))
    for number, look in LOOKS.items():
        reading = analyser.analyse_images([piece_picture(look)])[0].main.reading
        index.upsert([Point(number * 10, number, reading.embedding, PAYLOADS[number])])
        catalogue.sights[number * 10] = traits_of(reading)
    model = load_verdicts(analyser.version, verdicts) if verdicts else None
    return SearchEngine(analyser, index, catalogue, WORDS, verdicts=model)


def test_another_piece_of_the_picture_finds_other_products() -> None:
    engine, both = looking_engine(), piece_picture((GOLD, SAPPHIRE), (ROSE, RUBY))
    assert products(engine, Query(image=both))[0] == 2
    assert products(engine, Query(image=both, piece=1))[0] == 3
    assert products(engine, Query(image=both, box=Box(0.5, 0, 0.5, 1)))[0] == 3
    assert [piece.detection.type for piece in engine.analyse(both).pieces] == ["ring", "ring"]


def test_weights_turn_the_order_towards_the_part() -> None:
    engine, asked = looking_engine(), piece_picture((GOLD, RUBY))
    whole = engine.search(Query(image=asked)).found
    assert [found.product for found in whole] == [1, 2, 3], "the metal is most of the piece"
    stones = engine.search(Query(image=asked, weights=Weights(0.1, 0, 1))).found
    assert {found.product for found in stones[:2]} == {1, 3}
    assert stones[0].similarity == pytest.approx(1, abs=1e-4)
    metal = engine.search(Query(image=asked, weights=Weights(0, 1, 0))).found
    assert [found.product for found in metal][2] == 3


def test_a_photo_without_the_part_is_compared_as_a_whole() -> None:
    engine = looking_engine()
    catalogue = engine._catalogue
    assert isinstance(catalogue, SmallCatalogue)
    whole = {f.product: f.similarity for f in engine.search(Query(image=piece_picture((GOLD, RUBY)))).found}
    catalogue.sights[20] = Traits()
    found = engine.search(Query(image=piece_picture((GOLD, RUBY)), weights=Weights(1, 0, 1))).found
    assert {f.product: f.similarity for f in found}[2] == pytest.approx(whole[2])


def test_parts_of_a_ready_vector_are_weighed_too() -> None:
    engine = looking_engine()
    reading = ColumnAnalyser().analyse_images([piece_picture((GOLD, RUBY))])[0].main.reading
    query = Query(vector=reading.embedding, parts=reading.vectors, weights=Weights(0, 0, 1), without_product=1)
    assert products(engine, query) == [3, 2]


def test_pages_continue_under_weights() -> None:
    engine, asked = looking_engine(), piece_picture((GOLD, RUBY))
    heavy = Weights(0.1, 0, 1)
    whole = products(engine, Query(image=asked, weights=heavy))
    assert [products(engine, Query(image=asked, weights=heavy, limit=1, offset=o))[0] for o in range(3)] == whole


def test_verdicts_are_given_for_pictures_where_a_model_is(tmp_path: Path) -> None:
    asked = piece_picture((GOLD, RUBY))
    assert all(found.verdict is None for found in looking_engine().search(Query(image=asked)).found)
    engine = looking_engine(written(tmp_path / "verdict.json"))
    first, *rest = engine.search(Query(image=asked)).found
    assert first.verdict
    assert first.verdict.kind == "identical"
    assert all(found.verdict and found.verdict.kind != "identical" for found in rest)
    weighed = engine.search(Query(image=asked, weights=Weights(0, 0, 1))).found
    held = {found.product: found.verdict for found in weighed}
    assert held[3] == {found.product: found.verdict for found in [first, *rest]}[3], "a verdict is on the whole piece"
    vector = ColumnAnalyser().encode_images([asked])[0]
    assert all(found.verdict is None for found in engine.search(Query(vector=vector)).found)


def crowded_engine(crowd: int, verdicts: Path | None = None) -> SearchEngine:
    """Product 1 in the middle of a crowd of others, product 2 alone; a picture of sapphire is a little nearer to 1."""
    analyser = ColumnAnalyser()
    catalogue = SmallCatalogue()
    index = MemoryIndex(analyser.dimension, Schema(tuple(WORDS.attributes), ("price",)))
    axes = np.eye(analyser.dimension, dtype=np.float32)
    asked = analyser.encode_images([piece_picture((GOLD, SAPPHIRE))])[0]
    aside = axes[-1] - (axes[-1] @ asked) * asked
    aside /= np.linalg.norm(aside)
    near, alone = (cosine * asked + (1 - cosine**2) ** 0.5 * way * aside for cosine, way in ((0.9, 1), (0.85, -1)))
    rows = {10: (1, near), 20: (2, alone)}
    for number in range(crowd):  # as near to 1 as may be, and further from the picture than either
        beside = near + 0.3 * aside
        rows[1000 + number] = (100 + number, beside / np.linalg.norm(beside))
        PAYLOADS.setdefault(100 + number, {"type": ("ring",), "metal": ("gold",), "price": 1.0})
    catalogue.rows = {photo: (group, row.astype(np.float32)) for photo, (group, row) in rows.items()}
    index.upsert([Point(p, group, row, PAYLOADS[group]) for p, (group, row) in catalogue.rows.items()])
    model = load_verdicts(analyser.version, verdicts) if verdicts else None
    return SearchEngine(analyser, index, catalogue, WORDS, verdicts=model)


def test_of_two_that_are_as_near_the_one_that_is_near_to_everything_comes_second() -> None:
    asked = Query(image=piece_picture((GOLD, SAPPHIRE)), limit=2)
    few, many = (crowded_engine(count).search(asked).found for count in (50, 150))
    assert [found.product for found in few] == [1, 2], "too few photos to tell a crowd"
    assert [found.product for found in many] == [2, 1]
    assert [found.similarity for found in many] == pytest.approx([0.85, 0.9], abs=1e-4), "what is told is the cosine"
    assert SHARE * 0.9 > 0.05


def test_a_vector_asks_as_a_picture_does_and_pages_continue_in_a_crowd() -> None:
    engine = crowded_engine(150)
    vector = ColumnAnalyser().encode_images([piece_picture((GOLD, SAPPHIRE))])[0]
    whole = products(engine, Query(vector=vector, limit=100))
    assert whole[:2] == [2, 1]
    paged = [products(engine, Query(vector=vector, limit=10, offset=start)) for start in range(0, 100, 10)]
    assert [number for page in paged for number in page] == whole
