"""The words: attributes, their allowed values, sellers' spellings, and a parser from sentences to filters.

The vocabulary lies in `data/`, one TOML file per attribute. A value is found by id, label or synonym; a sheet cell is
read into (attribute, value) pairs; a sentence is parsed into wanted and excluded values, a price band and what is left.
"""

from __future__ import annotations

from parure.taxonomy.loading import load, load_from
from parure.taxonomy.sentence import ParsedQuery, Wanted, parse
from parure.taxonomy.taxonomy import Pairs, Taxonomy
from parure.taxonomy.values import Attribute, Value

__all__ = ["Attribute", "Pairs", "ParsedQuery", "Taxonomy", "Value", "Wanted", "load", "load_from", "parse"]
