from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from parure import images
from parure.errors import IntakeError, QueryError
from parure.evaluation.methods import PerceptualHash
from parure.evaluation.photo_set import read_photo_set
from parure.evaluation.retrieval import Figure, SameProduct, measure_retrieval

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"


def test_photos_with_a_sibling_ask_and_all_photos_answer() -> None:
    task = SameProduct.from_products(["a", None, "b", "a", None, "c", "b"])
    assert task.queries.tolist() == [0, 2, 3, 6]
    assert len(task.product) == 7
    assert task.product[1] != task.product[4]


def test_without_a_product_of_two_photos_there_is_nothing_to_ask() -> None:
    with pytest.raises(QueryError, match="product_id"):
        SameProduct.from_products(["a", None, "b", None])


def test_a_query_does_not_find_itself() -> None:
    task = SameProduct.from_products(["a", "a", "b"])
    scores = np.array([[1.0, 0.2, 0.6], [0.2, 1.0, 0.1]])
    assert task.ranks(scores).tolist() == [2, 1]


def test_figures_follow_from_the_ranks() -> None:
    task = SameProduct.from_products(["a", "a", "b", "b", None])
    scores = np.array([[1, 0.9, 0, 0, 0], [0.9, 1, 0, 0, 0], [0.5, 0.5, 1, 0.4, 0], [0, 0, 0.9, 1, 0]])
    found = measure_retrieval(task, scores, method="made up", milliseconds=2.5)
    assert found.recall_at_1.value == 0.75
    assert found.recall_at_5.value == 1
    assert found.mean_reciprocal_rank.value == pytest.approx((3 + 1 / 3) / 4)
    assert found.recall_at_1.error > 0 == found.recall_at_5.error
    assert str(Figure(0.4967, 0.0251)) == ".497±.025"
    assert str(Figure(1.0, 0.0)) == "1.000±.000"


def test_the_hash_finds_a_copy_first() -> None:
    rng = np.random.default_rng(0)
    rough = rng.integers(0, 256, (5, 6, 6, 3), dtype=np.uint8)
    pictures = [images.letterbox(picture, 96) for picture in rough]
    method = PerceptualHash()
    hashes = method.describe([*pictures, images.letterbox(pictures[3], 60)])
    scores = method.scores(hashes[-1:], hashes[:5])
    assert scores.argmax() == 3
    assert scores.max() > 56


@pytest.mark.parametrize(
    "line", ["{", "[]", "7", '{"product_id": "x"}', '{"file": 3}', '{"file": "a", "product_id": 1}']
)
def test_a_wrong_line_of_the_manifest_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "manifest.jsonl").write_text('{"file": "a.jpg"}\n\n' + line + "\n", encoding="utf-8")
    with pytest.raises(IntakeError, match=r"manifest\.jsonl, line 3"):
        read_photo_set(tmp_path)


def test_a_manifest_elsewhere_names_files_of_the_folder(tmp_path: Path) -> None:
    manifest = tmp_path / "list.jsonl"
    manifest.write_text(json.dumps({"file": "in/a.jpg", "product_id": "p", "title": "x"}), encoding="utf-8")
    (photo,) = read_photo_set(tmp_path / "photos", manifest)
    assert (photo.path, photo.product) == (tmp_path / "photos" / "in" / "a.jpg", "p")


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match=r"manifest\.jsonl cannot be read"):
        read_photo_set(tmp_path)


@pytest.mark.real_data
@pytest.mark.skipif(not REAL.is_dir(), reason="the development photos are not beside the repository")
def test_the_development_photos_make_336_queries_in_4585() -> None:
    task = SameProduct.from_products([photo.product for photo in read_photo_set(REAL)])
    assert (len(task.queries), len(task.product)) == (336, 4585)
