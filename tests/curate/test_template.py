"""Target names: what a template makes of a photo, and names that every system takes."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parure import taxonomy
from parure.curate.template import DEFAULT_TEMPLATE, TemplatePhoto, name_targets, parse_template
from parure.curate.template_category import category_of
from parure.curate.template_safe import collision_key, cut, is_safe, safe_name
from parure.errors import IntakeError, UnknownValue
from parure.images.formats import FORMATS


def named(*photos: TemplatePhoto, template: str = DEFAULT_TEMPLATE) -> tuple[str, ...]:
    return name_targets(parse_template(template), photos)


FULL = TemplatePhoto("a.jpg", "jpeg", "rings", "AJ-1042", "yellow_gold", "front")


@pytest.mark.parametrize(
    ("template", "photo", "target"),
    [
        (DEFAULT_TEMPLATE, FULL, "rings/AJ-1042_yellow_gold_front_1.jpg"),
        (DEFAULT_TEMPLATE, TemplatePhoto("a", "jpeg", "rings", "AJ-1042", None, "front"), "rings/AJ-1042_front_1.jpg"),
        (DEFAULT_TEMPLATE, TemplatePhoto("a", "jpeg", "rings", "AJ-1042"), "rings/AJ-1042_1.jpg"),
        (DEFAULT_TEMPLATE, TemplatePhoto("a", "jpeg", None, "AJ-1042"), "AJ-1042_1.jpg"),
        (DEFAULT_TEMPLATE, TemplatePhoto("a", "png", "rings", "S1100/2"), "rings/S1100-2_1.png"),
        (DEFAULT_TEMPLATE, TemplatePhoto("a", "jpeg"), "1.jpg"),
        ("{metal}_{style_code}.JPEG", TemplatePhoto("a", "jpeg", style_code="X1"), "X1.jpeg"),
        ("{style_code}.jpg", TemplatePhoto("a.tiff", "tiff", style_code="X1"), "X1.tif"),
        ("{style_code}.tiff", TemplatePhoto("a.tif", "tiff", style_code="X1"), "X1.tiff"),
        ("{style_code}.web", TemplatePhoto("a", "webp", style_code="X1"), "X1.web.webp"),
        ("{style_code}", TemplatePhoto("a.JPG", None, style_code="CON"), "CON_.jpg"),
        ("{view}/{metal}", TemplatePhoto("a", "jpeg"), "unnamed.jpg"),
        ("shop {stem} - {view}", TemplatePhoto("old/IMG 1.png", "png", view="top"), "shop IMG 1 - top.png"),
        ("shop {stem} - {view}", TemplatePhoto("old/IMG 1.png", "png"), "shop IMG 1.png"),
    ],
)
def test_a_missing_field_takes_its_separator_along_and_the_ending_is_the_real_one(
    template: str, photo: TemplatePhoto, target: str
) -> None:
    assert named(photo, template=template) == (target,)


def test_numbers_follow_the_photos_own_and_not_the_order_of_the_archive() -> None:
    photos = [
        TemplatePhoto(f"{name}.jpg", "jpeg", "rings", "aj-1" if name == "c" else "AJ-1", sequence=sequence)
        for name, sequence in [("a", None), ("b", 7), ("c", 2), ("d", None)]
    ]
    expected = dict(
        zip("abcd", ["rings/AJ-1_3.jpg", "rings/AJ-1_2.jpg", "rings/aj-1_1.jpg", "rings/AJ-1_4.jpg"], strict=True)
    )
    for seed in range(5):
        random.Random(seed).shuffle(photos)
        assert {photo.source[0]: target for photo, target in zip(photos, named(*photos), strict=True)} == expected


def test_names_that_only_meet_after_numbering_are_told_apart() -> None:
    photos = [TemplatePhoto("a", "jpeg", style_code="AJ"), TemplatePhoto("b", "jpeg", style_code="aj")]
    assert named(*photos, template="{style_code}.jpg") == ("AJ.jpg", "aj-2.jpg")


@pytest.mark.parametrize("template", ["", "a//{n}", "{colour}.jpg", "{n", "../{n}.jpg", "{n}/{stem}", "a:b{n}", "/x"])
def test_a_template_that_cannot_work_is_refused(template: str) -> None:
    with pytest.raises(IntakeError, match="template"):
        parse_template(template)


@pytest.mark.parametrize(
    ("type_id", "category"),
    [("kada", "bangles"), ("tennis_bracelet", "bracelets"), ("huggie", "earrings"), ("jewellery_set", "box_sets"),
     ("anklet", "anklets"), ("ring", "rings"), ("locket", "pendants"), ("choker", "necklaces"), (None, "unsorted")],
)  # fmt: skip
def test_the_category_is_that_of_the_nearest_listed_type(type_id: str | None, category: str) -> None:
    assert category_of(type_id) == category


def test_every_type_of_the_taxonomy_has_a_category() -> None:
    assert all(category_of(type_id) != "unsorted" for type_id in taxonomy.load().attributes["type"].values)
    with pytest.raises(UnknownValue):
        category_of("spoon")


@pytest.mark.parametrize(
    ("name", "safe"),
    [("a<b>.jpg", "a-b-.jpg"), ("name. ", "name"), ("nul.tar.gz", "nul_.tar.gz"), ("COM¹", "COM¹_"), ("com", "com"),
     ("lpt1 .x", "lpt1_.x"), (".hidden", "hidden"), ("e\u0301", "é"), ("..", ""), ("a\udc80", "a-"),
     ("\u202egpj", "-gpj")],
)  # fmt: skip
def test_reserved_characters_and_names_are_replaced(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_cut_never_splits_what_a_reader_sees_as_one_character() -> None:
    family = "👩\u200d👩\u200d👧"
    assert cut("ab" + family, 12) == "ab"
    assert cut("xक्षि", 9) == "xक्"
    assert cut("я" * 200, 255) == "я" * 127


def test_what_any_system_takes_for_one_name_has_one_key() -> None:
    assert collision_key("Ä/x") == collision_key("a\u0308/X") == collision_key("ä/x")
    assert collision_key("STRASSE") == collision_key("straße")


@given(st.text(max_size=300))
def test_a_safe_name_is_allowed_everywhere_and_stays(text: str) -> None:
    name = safe_name(text)
    assert safe_name(name) == name
    assert len(name.encode()) <= 255
    assert unicodedata.is_normalized("NFC", name)
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name == name.strip().rstrip(".")


VALUES = st.one_of(st.none(), st.text(max_size=12), st.text(min_size=200, max_size=300))
PHOTOS = st.builds(
    TemplatePhoto, st.text("ab/.ж", min_size=1, max_size=5), st.one_of(st.none(), st.sampled_from(sorted(FORMATS))),
    VALUES, VALUES, VALUES, VALUES, st.one_of(st.none(), st.integers(0, 3)),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    photos=st.lists(PHOTOS, max_size=12, unique_by=lambda photo: photo.source),
    template=st.sampled_from([DEFAULT_TEMPLATE, "{style_code}.jpg", "{view}/{metal}/{stem}-{n}", "x {stem}{view}"]),
    seed=st.integers(0, 9),
)
def test_targets_are_safe_distinct_and_the_same_in_any_order(
    photos: list[TemplatePhoto], template: str, seed: int
) -> None:
    targets = named(*photos, template=template)
    assert len({collision_key(target) for target in targets}) == len(photos)
    assert all(is_safe(part) for target in targets for part in target.split("/"))
    shuffled = random.Random(seed).sample(list(zip(photos, targets, strict=True)), len(photos))
    again = named(*(photo for photo, _ in shuffled), template=template)
    assert again == tuple(target for _, target in shuffled)
