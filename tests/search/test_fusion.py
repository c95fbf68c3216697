"""Merging lists and collapsing photos to products."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from parure.index import Hit
from parure.search.fusion import collapse, reciprocal_rank_fusion

lists = st.lists(st.lists(st.integers(0, 30), unique=True, max_size=12), max_size=4)


def test_what_two_lists_agree_on_comes_before_what_one_of_them_likes_best() -> None:
    assert reciprocal_rank_fusion([[1, 2, 3], [4, 2, 5]])[0] == 2


def test_a_heavier_list_decides() -> None:
    assert reciprocal_rank_fusion([[1, 2], [2, 1]], weights=[1.0, 3.0]) == [2, 1]


def test_several_photos_of_a_product_are_one_result_with_the_best_photo() -> None:
    hits = [Hit(10, 1, 0.7), Hit(11, 1, 0.9), Hit(20, 2, 0.8)]
    assert collapse(hits) == [Hit(11, 1, 0.9), Hit(20, 2, 0.8)]


@given(lists)
def test_fusing_keeps_every_product_once(ranked: list[list[int]]) -> None:
    fused = reciprocal_rank_fusion(ranked)
    assert sorted(fused) == sorted({number for one in ranked for number in one})


@given(st.lists(st.integers(), unique=True))
def test_fusing_one_list_changes_nothing(ranked: list[int]) -> None:
    assert reciprocal_rank_fusion([ranked]) == ranked
    assert reciprocal_rank_fusion([ranked, []]) == ranked, "a missing modality is no evidence"
