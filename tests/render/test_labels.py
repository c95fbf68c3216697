from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from parure.errors import RenderError
from parure.regions import PartClass
from parure.render.dataset.sheet import label_picture, painted_labels
from parure.render.labels import INSTANCES, NOT_THE_PIECE, label_of, label_palette
from parure.render.mesh import METAL, Part
from parure.render.solids import ball

PART = Part("prong", METAL, ball(1.0, detail=6))


def test_a_label_holds_instance_and_class() -> None:
    assert label_of(PART) == PartClass.SETTING
    assert label_of(replace(PART, instance=3)) == 3 * INSTANCES + PartClass.SETTING


def test_a_pearl_is_a_pearl_wherever_it_sits() -> None:
    assert label_of(replace(PART, label="centre_stone", material="white_pearl")) == PartClass.PEARL


@pytest.mark.parametrize("label", sorted(NOT_THE_PIECE))
def test_what_is_not_the_piece_has_no_label(label: str) -> None:
    assert label_of(replace(PART, label=label, instance=2)) == 0


def test_an_unknown_label_is_named() -> None:
    with pytest.raises(RenderError, match="handle"):
        label_of(replace(PART, label="handle"))


def test_the_palette_tells_classes_and_instances_apart_and_keeps_black_for_the_ground() -> None:
    colours = [tuple(label_palette()[3 * value : 3 * value + 3]) for value in range(2 * INSTANCES)]
    used = [colours[instance * INSTANCES + part] for instance in range(2) for part in PartClass if part]
    assert len(set(used)) == len(used)
    assert colours[0] == (0, 0, 0)
    assert (0, 0, 0) not in used


def test_a_label_picture_keeps_the_labels_as_its_values() -> None:
    labels = np.array([[0, 1], [19, 34]], np.uint8)
    assert np.array_equal(np.asarray(label_picture(labels)), labels)


def test_painted_labels_leave_the_ground_as_it_is() -> None:
    picture = Image.new("RGB", (2, 1), (200, 200, 200))
    painted = np.asarray(painted_labels(picture, np.array([[0, 3]], np.uint8)))
    assert painted[0, 0].tolist() == [200, 200, 200]
    assert painted[0, 1].tolist() != [200, 200, 200]
