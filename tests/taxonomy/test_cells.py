"""Sheet cells: everything in them is read, or the cell is refused with the nearest values named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parure.errors import UnknownValue
from parure.taxonomy import load

CELLS = [
    ("metal", "18k White Gold", "metal=gold metal_colour=white purity=18k"),
    ("metal", "18ct gold", "metal=gold purity=18k"),
    ("metal", "sterling silver", "metal=silver purity=925"),
    ("metal", "925 Silver", "metal=silver purity=925"),
    ("metal", "18K Gold Plated", "metal_colour=yellow plating=gold_plated"),
    ("metal", "rose gold plated brass", "metal=brass metal_colour=rose plating=rose_gold_plated"),
    ("metal", "Gold Plated Stainless Steel", "metal=stainless_steel metal_colour=yellow plating=gold_plated"),
    ("metal", "white and yellow gold", "metal=gold metal_colour=white metal_colour=yellow"),
    ("metal", "Gold, Silver; Platinum / Palladium", "metal=gold metal=silver metal=platinum metal=palladium"),
    ("metal", "14k yellow gold & diamond", "metal=gold metal_colour=yellow purity=14k main_stone=diamond"),
    ("metal", "Leather", "material=leather"),
    ("type", "Women's Hoop Earrings", "type=hoop_earring gender=women"),
    ("type", "halo rings", "type=halo_ring setting=halo"),
    ("type", "Jewelry > Rings > Bands", "type=band_ring"),
    ("type", "Apparel & Accessories > Jewelry > Earrings", "type=earring"),
    ("type", "Earrings, Hoops", "type=hoop_earring"),
    ("main_stone", "Diamond (1.5 ct)", "main_stone=diamond"),
    ("main_stone", "['Citrine', 'Pearl']", "main_stone=citrine main_stone=pearl"),
    ("main_stone", "Tiger's eye", "main_stone=tigers_eye"),
    ("main_stone", "none", "main_stone=none"),
    ("main_stone", "lab-grown pear diamond", "main_stone=diamond main_stone_cut=pear stone_origin=lab_grown"),
    ("main_stone_cut", "Emerald", "main_stone_cut=emerald"),
    ("main_stone_cut", "round, pear", "main_stone_cut=round main_stone_cut=pear"),
    ("metal_colour", "Gold", "metal_colour=yellow"),
    ("metal_colour", "Rose Gold", "metal_colour=rose metal=gold"),
    ("metal_colour", "White gold", "metal_colour=white metal=gold"),
    ("stone_colour", "rose", "stone_colour=pink"),
    ("style", "Elegant, Floral, Romantic", "style=elegant style=romantic motif=flower"),
    ("setting", "Pavé / Prong", "setting=prong setting=pave"),
    ("era", "1920s", "era=art_deco"),
    ("purity", "750", "purity=18k"),
    ("gender", "Ladies'", "gender=women"),
    ("brand", "  Acme & Daughters ", "brand=Acme & Daughters"),
    ("collection", "", ""),
    ("metal", "", ""),
    ("metal", " N/A ", ""),
    ("metal", "-", ""),
]


@pytest.mark.parametrize(("attribute", "cell", "stated"), CELLS)
def test_a_cell_is_read_in_full(attribute: str, cell: str, stated: str) -> None:
    pairs = load().read(attribute, cell)
    assert sorted(f"{name}={value}" for name, value in pairs) == sorted(_split(stated))
    own = [name == attribute for name, _ in pairs]
    assert own == sorted(own, reverse=True), "the column's own values come first"


def _split(stated: str) -> list[str]:
    return [stated] if "&" in stated else stated.split()


REFUSED = [
    ("metal", "unobtainium", "unobtainium"),
    ("metal", "ruby", "ruby"),
    ("metal", "gold, kryptonite", "kryptonite"),
    ("type", "sofa", "sofa"),
    ("type", "Necklace, Ring", "necklace, ring"),
    ("main_stone", "kryptonite crystal", "kryptonite"),
]


@pytest.mark.parametrize(("attribute", "cell", "named"), REFUSED)
def test_a_cell_outside_the_vocabulary_is_refused_by_name(attribute: str, cell: str, named: str) -> None:
    with pytest.raises(UnknownValue, match=f"^{attribute}: ") as refusal:
        load().read(attribute, cell)
    assert refusal.value.value == named
    assert all(value in load().attribute(attribute).values for value in refusal.value.nearest)
    assert named in str(refusal.value)


def test_a_slip_in_a_cell_is_named_and_not_guessed() -> None:
    with pytest.raises(UnknownValue) as refusal:
        load().read("main_stone", "saphhhire")
    assert refusal.value.nearest[0] == "sapphire"


@given(st.sampled_from(sorted(load().attributes)), st.text(max_size=60))
def test_any_cell_is_read_or_refused(attribute: str, cell: str) -> None:
    try:
        pairs = load().read(attribute, cell)
    except UnknownValue:
        return
    for name, value in pairs:
        assert load().attribute(name).kind == "text" or value in load().attribute(name).values
