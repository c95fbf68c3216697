"""The table of parts: everything in it can be had, and outsiders come in by the same door."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from parure import registry
from parure.errors import MissingExtra, SettingsError


@pytest.mark.parametrize("part", [part for part in registry.PARTS if not part.extra], ids=lambda part: part.name)
def test_every_part_of_the_core_install_resolves(part: registry.Part) -> None:
    assert callable(registry.resolve(part.kind, part.name))


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="house-v0"):
        registry.resolve("encoder", "clip")


def test_a_missing_package_is_answered_with_the_install_command(monkeypatch: pytest.MonkeyPatch) -> None:
    part = registry.Part("encoder", "far", "no_such_package.far:Far", "needs a package", "train")
    monkeypatch.setattr(registry, "PARTS", (part,))
    with pytest.raises(MissingExtra, match=r'pip install "parure\[train\]"'):
        registry.resolve("encoder", "far")


def test_an_entry_point_adds_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    outside = EntryPoint("encoder:ours", "parure.vision.histogram:HistogramEncoder", registry.GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [outside])
    assert "ours" in registry.names("encoder")
    assert callable(registry.resolve("encoder", "ours"))
