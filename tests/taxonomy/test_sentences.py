"""What sentences mean: attribute=value pairs ("!" excluded, "," alternatives), a price band, what is left over."""

from __future__ import annotations

import pytest

from parure.taxonomy import ParsedQuery, load, parse

STONES = ",".join(value for value in load().attribute("main_stone").values if value != "none")
COATS = ",".join(value for value in load().attribute("plating").values if value != "none")
BUT_RHODOLITE = ",".join(value for value in STONES.split(",") if value not in ("garnet", "rhodolite"))
BUT_GARNETS = ",".join(value for value in STONES.split(",") if value not in load().expand("main_stone", ["garnet"]))

METALS = [
    ("gold", "metal=gold"),
    ("silver or platinum", "metal=silver,platinum"),
    ("silver and platinum", "metal=silver metal=platinum"),
    ("gold, silver or platinum", "metal=gold,silver,platinum"),
    ("gold/silver", "metal=gold,silver"),
    ("white gold", "metal_colour=white metal=gold"),
    ("WHITE-GOLD ring", "metal_colour=white metal=gold type=ring"),
    ("whitegold ring", "metal_colour=white metal=gold type=ring"),
    ("pink gold", "metal_colour=rose metal=gold"),
    ("white or yellow gold band", "metal_colour=white,yellow metal=gold type=band_ring"),
    ("white and yellow gold", "metal_colour=white metal=gold metal_colour=yellow"),
    ("rose gold or platinum", "metal=gold,platinum"),
    ("18k", "purity=18k"),
    ("18kt", "purity=18k"),
    ("18 karat gold", "purity=18k metal=gold"),
    ("18ct gold ring", "purity=18k metal=gold type=ring"),
    ("14k or 18k white gold", "purity=14k,18k metal_colour=white metal=gold"),
    ("sterling silver", "metal=silver purity=925"),
    ("925 silver cuff", "metal=silver purity=925 type=cuff"),
    ("golden necklace", "metal_colour=yellow type=necklace"),
    ("gold tone hoops", "metal_colour=yellow type=hoop_earring"),
    ("silver-tone earrings", "metal_colour=white type=earring"),
    ("18k gold plated necklace", "plating=gold_plated type=necklace"),
    ("rose gold plated ring", "plating=rose_gold_plated type=ring"),
    ("gold filled hoops", "plating=gold_filled type=hoop_earring"),
    ("gold vermeil studs", "plating=vermeil type=stud_earring"),
    ("stainless steel kada", "metal=stainless_steel type=kada"),
    ("two tone bangle", "metal_colour=two_tone type=bangle"),
    ("hammered bronze cuff", "finish=hammered metal=bronze type=cuff"),
]

STONE_WORDS = [
    ("emerald", "main_stone=emerald"),
    ("emerald ring", "main_stone=emerald type=ring"),
    ("emerald cut", "main_stone_cut=emerald"),
    ("emerald cut diamond", "main_stone_cut=emerald main_stone=diamond"),
    ("emerald green earrings", "stone_colour=green type=earring"),
    ("emerald and diamond ring", "main_stone=emerald main_stone=diamond type=ring"),
    ("ruby red earrings", "stone_colour=red type=earring"),
    ("white stone", "stone_colour=colourless"),
    ("white diamond", "stone_colour=colourless main_stone=diamond"),
    ("black onyx ring", "main_stone=onyx type=ring"),
    ("blue sapphire halo ring", "stone_colour=blue main_stone=sapphire setting=halo type=ring"),
    ("pink or blue sapphire", "stone_colour=pink,blue main_stone=sapphire"),
    ("rose quartz", "main_stone=rose_quartz"),
    ("rose cut diamond", "main_stone_cut=rose_cut main_stone=diamond"),
    ("pear shaped diamond", "main_stone_cut=pear main_stone=diamond"),
    ("pear diamond ring", "main_stone_cut=pear main_stone=diamond type=ring"),
    ("round diamond", "main_stone_cut=round main_stone=diamond"),
    ("princess-cut moissanite", "main_stone_cut=princess main_stone=moissanite"),
    ("marquise ring", "main_stone_cut=marquise type=ring"),
    ("heart cut diamond", "main_stone_cut=heart main_stone=diamond"),
    ("heart shaped diamond ring", "main_stone_cut=heart main_stone=diamond type=ring"),
    ("lapis bracelet", "main_stone=lapis_lazuli type=bracelet"),
    ("cz studs", "main_stone=cubic_zirconia type=stud_earring"),
    ("mother-of-pearl pendant", "main_stone=mother_of_pearl type=pendant,pendant_necklace"),
    ("tahitian pearl", "main_stone=tahitian_pearl"),
    ("tiger's eye beads", "main_stone=tigers_eye"),
    ("lab grown diamond studs", "stone_origin=lab_grown main_stone=diamond type=stud_earring"),
    ("gold ring with gemstones", f"metal=gold type=ring main_stone={STONES}"),
    ("diamonds or rubies", "main_stone=diamond,ruby"),
    ("VS1 diamond", "clarity=vs1 main_stone=diamond"),
]

TYPES = [
    ("earring", "type=earring"),
    ("ear rings", "type=earring"),
    ("earing", "type=earring"),
    ("nose ring", "type=nose_ring"),
    ("ring bracelet", "type=hand_chain"),
    ("pearl drop earrings", "main_stone=pearl type=drop_earring"),
    ("charm bracelet", "type=charm_bracelet"),
    ("bracelet with charms", "type=charm_bracelet"),
    ("charm", "type=charm"),
    ("tennis bracelet", "type=tennis_bracelet"),
    ("bar necklace", "type=bar_necklace"),
    ("gold chain with a heart pendant", "metal=gold type=pendant_necklace,pendant motif=heart"),
    ("necklace with pendant", "type=pendant_necklace,pendant"),
    ("gold flower charm hoop earrings", "metal=gold motif=flower type=hoop_earring"),
    ("rings and earrings", "type=ring,earring"),
    ("necklaces and earrings", "type=necklace,earring"),
    ("necklace and earrings set", "type=jewellery_set"),
    ("ring or bracelet in gold", "type=ring,bracelet metal=gold"),
    ("gold hoops or silver studs", "metal=gold,silver type=hoop_earring,stud_earring"),
    ("hoops that are gold earrings", "type=hoop_earring metal=gold"),
    ("halo ring", "setting=halo type=ring"),
    ("solitaire rings", "setting=solitaire type=ring"),
    ("eternity band", "type=eternity_ring"),
    ("engagement ring", "occasion=engagement type=ring"),
    ("wedding band", "occasion=wedding type=band_ring"),
    ("maang tikka", "type=maang_tikka"),
    ("jhumki", "type=jhumka"),
    ("mangal sutra", "type=mangalsutra"),
    ("cuff links", "type=cufflink"),
    ("tie bar", "type=tie_clip"),
    ("loose gemstone", "type=loose_stone"),
    ("jewelry set", "type=jewellery_set"),
    ("ankle bracelet", "type=anklet"),
    ("watch strap", "type=watch_accessory"),
    ("saphire neckless", "main_stone=sapphire type=necklace"),
    ("diamnd ring", "main_stone=diamond type=ring"),
    ("braceltes", "type=bracelet"),
]

OTHERS = [
    ("heart pendant", "motif=heart type=pendant,pendant_necklace"),
    ("cross necklace", "motif=cross type=necklace"),
    ("snake ring", "motif=snake type=ring"),
    ("snake chain", "chain_type=snake"),
    ("box chain", "chain_type=box"),
    ("rope chain necklace", "chain_type=rope type=necklace"),
    ("cuban link bracelet", "chain_type=cuban type=bracelet"),
    ("lobster clasp", "closure=lobster"),
    ("screw back studs", "closure=screw_back type=stud_earring"),
    ("pavé band", "setting=pave type=band_ring"),
    ("pave setting", "setting=pave"),
    ("bar setting", "setting=bar"),
    ("art deco ring", "era=art_deco type=ring"),
    ("victorian or edwardian brooch", "era=victorian,edwardian type=brooch"),
    ("vintage", "style=vintage"),
    ("boho rings", "style=bohemian type=ring"),
    ("women's ring", "gender=women type=ring"),
    ("bracelet for men", "type=bracelet gender=men"),
    ("watch for my wife", "type=watch gender=women"),
    ("flower and leaf brooch", "motif=flower motif=leaf type=brooch"),
]

NEGATIONS = [
    ("no diamonds", "!main_stone=diamond"),
    ("non-diamond", "!main_stone=diamond"),
    ("diamond-free", "!main_stone=diamond"),
    ("diamond free ring", "!main_stone=diamond type=ring"),
    ("ring -diamond", "type=ring !main_stone=diamond"),
    ("w/o pearls", "!main_stone=pearl"),
    ("without any large pearls", "!main_stone=pearl"),
    ("anything but pearls", "!main_stone=pearl"),
    ("everything except gold", "!metal=gold"),
    ("not gold", "!metal=gold"),
    ("i don't want silver", "!metal=silver"),
    ("without stones", f"!main_stone={STONES}"),
    ("stoneless ring", f"!main_stone={STONES} type=ring"),
    ("no gemstones", f"!main_stone={STONES}"),
    ("gold but not yellow gold", "metal=gold !metal_colour=yellow"),
    ("no white gold", "!metal_colour=white"),
    ("no sterling silver", "!metal=silver"),
    ("no blue stones", "!stone_colour=blue"),
    ("no diamonds, gold ring", "!main_stone=diamond metal=gold type=ring"),
    ("no diamonds and gold band", "!main_stone=diamond metal=gold type=band_ring"),
    ("no diamonds, rubies or pearls", "!main_stone=diamond,ruby,pearl"),
    ("no diamonds and no pearls", "!main_stone=diamond,pearl"),
    ("neither gold nor silver", "!metal=gold,silver"),
    ("no gold or diamonds", "!metal=gold !main_stone=diamond"),
    ("gold ring no halo", "metal=gold type=ring !setting=halo"),
    ("no gold hoops", "!metal=gold type=hoop_earring"),
    ("gold, not plated", f"metal=gold !plating={COATS}"),
    ("nothing but gold", "metal=gold"),
    ("not only gold", "metal=gold"),
    ("free shipping gold ring", "metal=gold type=ring | | free shipping"),
    (
        "diamond ring without other stones",
        "main_stone=diamond type=ring !main_stone=" + STONES.replace(",diamond,", ","),
    ),
]

PRICES = [
    ("rose gold hoops under 300", "metal_colour=rose metal=gold type=hoop_earring | ..300"),
    ("under $1k gold", "metal=gold | ..1000"),
    ("between 200 and 500", "| 200..500"),
    ("gold from 200 to 400 dollars", "metal=gold | 200..400"),
    ("vintage ring for my wife between $500 and $1,200", "style=vintage type=ring gender=women | 500..1200"),
    ("2 carat diamond", "main_stone=diamond | | 2 carat"),
    ("size 7 ring", "type=ring | | size 7"),
    ("16 inch chain", "type=chain_necklace | | 16 inch"),
    ("8mm band", "type=band_ring | | 8mm"),
    ("18ct diamond ring", "main_stone=diamond type=ring | | 18ct"),
    ("18k gold under 18k", "purity=18k metal=gold"),
    ("ring under 10k", "type=ring | ..10000"),
    ("under 10k gold", "purity=10k metal=gold"),
]

LEFT_OVER = [
    ("", ""),
    ("   ", ""),
    ("pear", "| | pear"),
    ("rose", "| | rose"),
    ("show me a really nice gold ring please", "metal=gold type=ring | | nice"),
    ("something for the beach", "| | beach"),
    ("key ring", "| | key ring"),
    ("jewellery box", "| | jewellery box"),
    ("wooden chair", "material=wood | | chair"),
    ("ring with swirly engraved lettering", "type=ring finish=engraved | | swirly lettering"),
    ("nickel free earrings", "type=earring | | nickel free"),
    ("ring box", "| | ring box"),
    ("man made", "| | man made"),
    ("sparkly thing", "| | sparkly"),
]

TABLE = [*METALS, *STONE_WORDS, *TYPES, *OTHERS, *NEGATIONS, *PRICES, *LEFT_OVER]


def spelled(query: ParsedQuery) -> str:
    pairs = (f"{'!' * want.excluded}{want.attribute}={','.join(want.values)}" for want in query.wanted)
    low, high = query.price_low, query.price_high
    band = "" if (low, high) == (None, None) else f"{'' if low is None else low}..{'' if high is None else high}"
    return " | ".join((" ".join(pairs), band, query.remainder))


@pytest.mark.parametrize(("sentence", "meaning"), TABLE, ids=[sentence or "empty" for sentence, _ in TABLE])
def test_a_sentence_is_read_as_a_person_means_it(sentence: str, meaning: str) -> None:
    pairs, band, remainder = (*(part.strip() for part in meaning.split("|")), "", "")[:3]
    assert spelled(parse(sentence)) == f"{pairs} | {band} | {remainder}"


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len({sentence for sentence, _ in TABLE}) >= 150


def test_each_wanted_value_names_the_words_it_came_from() -> None:
    texts = [want.text for want in parse("A Rose-Gold ring without any DIAMONDS").wanted]
    assert texts == ["Rose-Gold", "Rose-Gold", "ring", "without any DIAMONDS"]


def test_the_price_words_are_reported_as_written() -> None:
    assert parse("ring Under  $300 please").price_text == "Under  $300"


def test_a_word_across_a_removed_word_does_not_form_a_phrase() -> None:
    assert parse("rose [gold]").remainder == "rose"
    assert parse("rose cheap gold").remainder == "rose cheap"


def test_a_taxonomy_of_ones_own_can_be_given() -> None:
    assert parse("gold", load()) == parse("gold")
