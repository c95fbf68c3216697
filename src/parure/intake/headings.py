"""What sellers call their columns: spellings per target, the surest first, as `plain_heading` leaves them."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["ATTRIBUTE_HEADINGS", "FIELD_HEADINGS", "plain_heading"]


def _table(**spellings: str) -> dict[str, tuple[str, ...]]:
    return {target: tuple(word.strip() for word in words.split(",")) for target, words in spellings.items()}


FIELD_HEADINGS = _table(
    style_code="style code, style no, style number, style id, sku, sku no, sku code, sku number, item no, item number, "
    "item code, item id, design no, design number, design code, design id, model no, model number, article no, "
    "article number, article, product code, product no, product number, product id, product sku, handle, reference, "
    "reference no, ref, ref no, stock no, stock number, stock code, code, item, design, variant sku, style, id",
    title="title, product title, item title, name, product name, item name, listing title, display name, product, "
    "heading",
    description="description, product description, item description, long description, full description, body html, "
    "body, desc, details, short description",
    price="price, selling price, sale price, sales price, sp, unit price, list price, retail price, regular price, "
    "rrp, mrp, retail, variant price, amount, price usd, price eur, price gbp, price inr, cost price, cost",
    currency="currency, currency code, price currency, curr",
    photos="photo, photos, image, images, picture, pictures, pic, pics, img, file, files, file name, filename, "
    "file path, photo file, photo name, photo no, photo url, image file, image name, image filename, image file name, "
    "image path, image no, image url, image urls, image src, image link, main image, cover, cover image, main photo, "
    "additional image, additional images, additional image link, gallery, gallery images, picture url, picture name, "
    "picture file, picture link",
)

# Names beyond an attribute's own id and label. Where several attributes share one, the cells decide.
ATTRIBUTE_HEADINGS = _table(
    type="product type, item type, jewellery type, jewelry type, category, categories, product category, form",
    metal="metal type, metals, base metal, main metal, metal name, metal kind",
    metal_colour="metal color, metal tone, gold colour, gold color, colour, color",
    material="materials, other material, other materials",
    purity="karat, carat gold, gold purity, metal purity, fineness, kt, gold karat",
    main_stone="stone, stones, gem, gems, gemstone, gemstones, center stone, centre stone, stone type, gem type, "
    "gemstone type, primary stone, stone name, gem name",
    stone_colour="stone color, gem colour, gem color, gemstone color, colour, color",
    main_stone_cut="shape, cut, stone shape, stone cut, gem shape, diamond shape, center stone shape, diamond cut",
    setting="setting type, setting style, stone setting, mount, mounting",
    style="design style, look, styles, style tags",
    era="period, age, vintage era, epoch",
    motif="motifs, theme, pattern, design motif",
    chain_type="chain, chain style, chain link, link type, link",
    closure="clasp, clasp type, closure type, fastening, earring back, back type",
    brand="vendor, designer, maker, manufacturer, label, brand name",
    collection="collection name, line, range, series",
    gender="sex, target gender, for, audience, department, ideal for",
)


def plain_heading(text: str) -> str:
    """Lower-case words only: "Design No." -> "design no", "Style#" -> "style no", "attributes.Metal" -> "metal"."""
    even = unicodedata.normalize("NFKC", text).replace("#", " no ")
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", even).casefold()
    spaced = re.sub(r"^\s*(attributes?|meta(data)?|properties|specs?)\s*[.:/_ -]\s*", "", spaced)
    return " ".join(re.findall(r"[^\W_]+", spaced))
