"""A broken data file stops the loading and names the file and the id."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from parure.errors import TaxonomyError
from parure.taxonomy import load_from

HEAD = '[metal]\nlabel = "Metal"\n[brand]\nlabel = "Brand"\nkind = "text"\n'
GOOD = '[gold]\nalso = "aurum"\n[rose_gold]\nparent = "gold"\n'


def folder(path: Path, *, head: str = HEAD, metal: str = GOOD, phrases: str = "") -> Path:
    for name, text in (("attributes", head), ("metal", metal), ("phrases", phrases)):
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def test_a_sound_folder_is_loaded(tmp_path: Path) -> None:
    words = load_from(folder(tmp_path))
    assert words.ancestors("metal", "rose_gold") == ("gold",)
    assert words.label("metal", "rose_gold") == "Rose gold"


@pytest.mark.parametrize(
    ("metal", "complaint"),
    [
        ("[gold", r"metal\.toml: cannot be read as TOML"),
        ("gold = 1", r"metal\.toml: 'gold' must be a table"),
        ('[gold]\ncolour = "x"', r"metal\.toml: 'gold' has unknown fields colour"),
        ('[gold]\nparent = "ore"', r"metal\.toml: 'gold' has the parent 'ore', which does not exist"),
        ('[gold]\nparent = "gold"', r"metal\.toml: 'gold' is its own ancestor"),
        ('[a]\nparent = "b"\n[b]\nparent = "a"', r"metal\.toml: 'a' is its own ancestor: a > b > a"),
        ('[gold]\nalso = "au"\n[silver]\nalso = "AU"', r"metal\.toml: 'AU' names both 'gold' and 'silver'"),
        ('[gold]\n[silver]\nlabel = "Gold"', r"metal\.toml: 'Gold' names both 'gold' and 'silver'"),
        ('[gold]\nalso = "au, !!"', r"metal\.toml: 'gold' has a name without letters or digits: '!!'"),
        ('[gold]\nimplies = "purity:18k"', r"metal\.toml: 'gold' states purity:18k, which does not exist"),
        ('[gold]\nimplies = "18k"', r"metal\.toml: 'gold' must list attribute:value pairs"),
        ("[gold]\n[gold]", r"metal\.toml: cannot be read as TOML"),
    ],
)
def test_a_broken_value_is_refused_by_file_and_id(tmp_path: Path, metal: str, complaint: str) -> None:
    with pytest.raises(TaxonomyError, match=complaint):
        load_from(folder(tmp_path, metal=metal))


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ('[metal]\nlabel = "Metal"\nbefore = "ore"', r"attributes\.toml: 'metal' refers to unknown attributes ore"),
        ('[metal]\nlabel = "Metal"\nsize = 1', r"attributes\.toml: 'metal' has unknown fields size"),
        ("[metal]\nmultiple = true", r"attributes\.toml: 'metal' has no label"),
        ('[stone]\nlabel = "Stone"', r"stone\.toml: cannot be read"),
    ],
)
def test_a_broken_attribute_is_refused_by_file_and_id(tmp_path: Path, head: str, complaint: str) -> None:
    with pytest.raises(TaxonomyError, match=complaint):
        load_from(folder(tmp_path, head=head))


@pytest.mark.parametrize(
    ("phrases", "complaint"),
    [
        ('[states]\n"white gold" = "metal:white"', r"phrases\.toml: 'white gold' states metal:white"),
        ('[every]\nstone = "main_stone"', r"phrases\.toml: 'stone' stands for every 'main_stone'"),
        ('[wider]\npendant = "necklace"', r"phrases\.toml: 'wider' states type:pendant"),
        ('[joined]\n"a b" = "c"', r"phrases\.toml: 'a b' states type:a"),
        ("[other]", r"phrases\.toml: 'the file' has unknown fields other"),
    ],
)
def test_a_broken_phrase_is_refused_by_file_and_name(tmp_path: Path, phrases: str, complaint: str) -> None:
    with pytest.raises(TaxonomyError, match=complaint):
        load_from(folder(tmp_path, phrases=phrases))


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (folder(tmp_path) / "metal.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(TaxonomyError, match=r"metal\.toml"):
        load_from(tmp_path)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    with pytest.raises(TaxonomyError, match=r"attributes\.toml"):
        load_from(tmp_path)
