"""Designs that tests of captions share: drawn ones, described once."""

from __future__ import annotations

from functools import cache

from parure.render.captions.facts import Told, tell
from parure.render.dataset.store import Record
from parure.render.spec import attributes, draw_design, write_spec


def record(number: int) -> Record:
    spec = draw_design(number, prefix="w")
    return Record(spec.id, spec.family, spec.variant_of, write_spec(spec), attributes(spec), {}, ())


@cache
def told(count: int) -> tuple[Told, ...]:
    return tuple(tell(record(number)) for number in range(count))
