from __future__ import annotations

import json
import pickle
from dataclasses import asdict, fields

import numpy as np
import pytest

from parure.render.photograph import EFFECTS, MOVING, Style
from parure.render.photograph.grounds import GROUNDS, ground
from parure.render.photograph.props import PROPS, prop


def test_every_chance_of_the_style_is_an_effect() -> None:
    assert set(EFFECTS) == {entry.name for entry in fields(Style)} - {"grounds", "first_setup", "setups"}
    assert set(EFFECTS) > MOVING


def test_an_effect_switched_off_leaves_the_others_as_they_were() -> None:
    style = Style().without("jpeg", "noise")
    assert style.jpeg == style.noise == 0
    assert style.exposure == Style().exposure


def test_only_switches_all_others_off() -> None:
    style = Style.only("jpeg")
    assert {name for name in EFFECTS if getattr(style, name)} == {"jpeg"}


def test_a_style_goes_to_workers_and_into_a_file_and_comes_back() -> None:
    style = Style(jpeg=0.3).without("noise")
    assert pickle.loads(pickle.dumps(style)) == style
    assert Style(**json.loads(json.dumps(asdict(style)))) == style


def test_an_unknown_effect_is_told_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"sparkle.*Known: close_up"):
        Style().without("sparkle")
    with pytest.raises(ValueError, match="sparkle"):
        Style.only("sparkle")


def test_a_chance_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="jpeg"):
        Style(jpeg=1.5)


@pytest.mark.parametrize("grounds", [{}, {"white": 0.0}, {"white": -1.0, "grey": 3.0}, {"lava": 1.0}])
def test_grounds_that_cannot_be_drawn_are_refused(grounds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="ground"):
        Style(grounds=grounds)


@pytest.mark.parametrize("kind", sorted(GROUNDS))
def test_every_ground_is_a_fixed_picture_and_its_numbers_differ(kind: str) -> None:
    first = np.asarray(ground(kind, 3, (60, 90))).copy()
    ground.cache_clear()
    assert np.array_equal(first, np.asarray(ground(kind, 3, (60, 90))))
    assert first.shape == (60, 90, 3)
    assert len({ground(kind, number, (60, 90)).tobytes() for number in range(8)}) > 2


@pytest.mark.parametrize("kind", sorted(PROPS))
def test_every_prop_is_a_fixed_picture_with_an_outline(kind: str) -> None:
    thing = prop(kind, 1)
    prop.cache_clear()
    assert thing.tobytes() == prop(kind, 1).tobytes()
    alpha = np.asarray(thing.getchannel("A"))
    assert (alpha == 0).any()
    assert (alpha == 255).mean() > 0.05
