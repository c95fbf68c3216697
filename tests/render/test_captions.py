"""What is said of a design is true of it, in many ways; what a twin says is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("scipy", reason="pieces are built with scipy")

from parure.render.captions.claims import Claims
from parure.render.captions.facts import Told, tell, with_ancestors
from parure.render.captions.lexicon import plural, ways
from parure.render.captions.spelling import american, misspelt
from parure.render.captions.twins import BINDINGS, grafted, imagined, rebound, replaced, values_seen, worded_pair
from parure.render.captions.wording import Caption, Wording, choose_claims, word
from parure.render.cuts import Stone
from parure.render.families.multi_stone_rings import ThreeStoneRing
from parure.render.materials import Casting
from parure.render.spec import DesignSpec, attributes, write_spec
from parure.vision.words import split_words
from tests.render.told_designs import record, told

PLAIN = Wording(praise=0, use=0, american=0, slip=0)
DESIGNS = 20


@pytest.fixture(scope="module")
def three_stone() -> Told:
    """An oval sapphire between two round diamonds, in rose gold."""
    ring = ThreeStoneRing.sample(np.random.default_rng(1))
    ring = replace(ring, centre=Stone("sapphire", "oval", 7.0), side=Stone("diamond", "round", 4.0), tone="metal")
    spec = DesignSpec("t000000", ring, Casting("rose_gold"))
    return tell(replace(record(0), spec=write_spec(spec), attributes=attributes(spec), id=spec.id))


def test_the_parts_of_a_ring_say_what_stands_beside_the_main_stone(three_stone: Told) -> None:
    expected = {
        ("main_stone", "sapphire"), ("main_stone_cut", "oval"), ("stone_colour", "blue"), ("side_stone", "diamond"),
        ("side_cut", "round"), ("metal_colour", "rose"), ("count", "3"), ("type", "three_stone_ring"), ("type", "ring"),
    }  # fmt: skip
    assert expected <= three_stone.true
    assert ("main_stone", "diamond") not in three_stone.alike


def test_what_no_picture_tells_apart_is_alike_but_not_true() -> None:
    white = next(one for one in told(DESIGNS) if one.stated["metal_colour"] == ("white",))
    metals = {value for subject, value in white.alike if subject == "metal"}
    assert {"silver", "gold", "platinum"} <= metals
    assert len({value for subject, value in white.true if subject == "metal"}) == 1


def test_a_narrow_claim_brings_what_follows_from_it() -> None:
    assert with_ancestors(("type", "jhumka")) == (("type", "jhumka"), ("type", "drop_earring"), ("type", "earring"))
    assert ("side_stone", "garnet") in with_ancestors(("side_stone", "tsavorite"))


def test_every_claim_of_a_caption_is_true_of_its_design() -> None:
    random = np.random.default_rng(0)
    for one in told(DESIGNS):
        for _ in range(10):
            caption = word(choose_claims(one, random), random)
            assert caption.claims <= one.true
            assert caption.text


def test_captions_of_one_design_differ() -> None:
    random = np.random.default_rng(0)
    texts = {word(choose_claims(told(DESIGNS)[0], random), random).text for _ in range(200)}
    assert len(texts) > 150


def test_the_same_seed_gives_the_same_caption() -> None:
    texts = []
    for _ in range(2):
        random = np.random.default_rng(3)
        texts.append([word(choose_claims(one, random), random).text for one in told(DESIGNS)])
    assert texts[0] == texts[1]


def test_a_caption_says_nothing_that_was_not_chosen() -> None:
    random = np.random.default_rng(5)
    for _ in range(300):
        said = set(split_words(word({"type": "brooch", "metal_colour": "rose"}, random, PLAIN).text))
        assert not said & {"gemstone", "diamond", "ring", "oval", "blue", "clasp", "chain"}


def test_a_twin_gives_the_same_words_to_the_wrong_parts(three_stone: Told) -> None:
    right, wrong = rebound({"type": "ring"}, three_stone, "cuts") or pytest.fail("no twin")
    assert (right["main_stone_cut"], right["side_cut"]) == ("oval", "round")
    assert (wrong["main_stone_cut"], wrong["side_cut"]) == ("round", "oval")
    assert {key: value for key, value in right.items() if "cut" not in key} == {
        key: value for key, value in wrong.items() if "cut" not in key
    }


def test_metal_and_stone_trade_colours_by_the_names_each_uses(three_stone: Told) -> None:
    right, wrong = rebound({}, three_stone, "metal_and_stone") or pytest.fail("no twin")
    assert (right["metal_colour"], right["stone_colour"]) == ("rose", "blue")
    assert (wrong["metal_colour"], wrong["stone_colour"]) == ("blue", "pink")


def test_no_twin_is_true_of_its_design_or_seems_so() -> None:
    random = np.random.default_rng(0)
    values, found = values_seen(told(DESIGNS)), 0
    for one in told(DESIGNS):
        statement = choose_claims(one, random)
        pairs = [rebound(statement, one, binding) for binding in BINDINGS]
        other = replaced(statement, one, values, random)
        for pair in [*pairs, (statement, other) if other is not None else None]:
            if pair is not None:
                right, wrong = worded_pair(*pair, random)
                assert right.claims <= one.true
                assert not wrong.claims <= one.alike
                found += 1
    assert found > DESIGNS


def test_what_is_grafted_comes_from_another_design_and_is_false_of_this_one(three_stone: Told) -> None:
    random = np.random.default_rng(0)
    plain = next(one for one in told(DESIGNS) if one.stated["main_stone"] == ("none",))
    found = [mixed for _ in range(20) if (mixed := grafted({"type": "ring"}, plain, three_stone, random))]
    assert found
    assert all(mixed.get("side_stone", "diamond") == "diamond" for mixed in found)
    assert not any(frozenset(mixed.items()) <= plain.alike for mixed in found)
    assert grafted({}, three_stone, three_stone, random) is None


def test_an_imagined_pair_binds_the_same_values_otherwise() -> None:
    random = np.random.default_rng(0)
    values = {"main_stone": ("ruby", "opal"), "side_stone": ("opal", "ruby"), "main_stone_cut": (), "side_cut": ()}
    pairs = [imagined({"type": "ring"}, "centre_and_side", values, random) for _ in range(40)]
    found = [pair for pair in pairs if pair is not None]
    assert 5 < len(found) < 35  # where both are the same stone, nothing can be swapped
    for right, wrong in found:
        assert (right["main_stone"], right["side_stone"]) == (wrong["side_stone"], wrong["main_stone"])
        assert right["type"] == wrong["type"] == "ring"


def test_a_caption_and_its_twin_are_worded_alike(three_stone: Told) -> None:
    pair = rebound({"type": "ring"}, three_stone, "cuts")
    assert pair is not None
    random, shared = np.random.default_rng(0), []
    for _ in range(50):
        one, other = (set(split_words(caption.text)) for caption in worded_pair(*pair, random, PLAIN))
        shared.append(len(one & other) / len(one | other))
    assert np.mean(shared) > 0.75  # the rest are synonyms: "oval", but "ellipse"


def test_where_nothing_can_be_bound_otherwise_there_is_no_twin() -> None:
    plain = next(one for one in told(DESIGNS) if one.stated["main_stone"] == ("none",))
    assert rebound({}, plain, "cuts") is None
    assert rebound({}, plain, "centre_and_side") is None


def test_judging_by_tables_is_judging_by_sets() -> None:
    random = np.random.default_rng(2)
    designs = told(DESIGNS)
    captions = [word(choose_claims(one, random), random) for one in designs]
    captions.append(Caption("?", frozenset({("type", "submarine")})))
    right, alike = Claims(designs).judge(captions)
    for row, caption in enumerate(captions):
        assert right[row].tolist() == [caption.claims <= one.true for one in designs]
        assert alike[row].tolist() == [caption.claims <= one.alike for one in designs]


def test_synonyms_come_from_the_taxonomy_with_sellers_misspellings() -> None:
    assert {"saphire", "sapphier"} <= set(ways("main_stone", "sapphire").rare)
    assert "cubic zirconia" in ways("main_stone", "diamond").rare


def test_synonyms_that_say_more_than_the_claim_are_left_out() -> None:
    assert "red garnet" not in ways("main_stone", "garnet").rare
    assert "figaro bracelet" not in ways("type", "chain_bracelet").rare


def test_american_spelling_changes_words_only() -> None:
    assert american("grey jewellery, oxidised, colourless") == "gray jewelry, oxidized, colorless"


def test_a_slip_changes_one_longer_word_by_one_letter() -> None:
    random = np.random.default_rng(0)
    for _ in range(100):
        slipped = misspelt("oval sapphire of", random).split()
        assert (slipped[0], slipped[2]) == ("oval", "of")
        assert abs(len(slipped[1]) - len("sapphire")) <= 1
        assert slipped[1][0] == "s"
    assert misspelt("an opal", random) == "an opal"


@pytest.mark.parametrize(("one", "many"), [("ruby", "rubies"), ("gem", "gems"), ("glass", "glass"), ("key", "keys")])
def test_plurals_are_formed_as_sellers_form_them(one: str, many: str) -> None:
    assert plural(one) == many
