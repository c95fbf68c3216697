"""A benchmark whose packages are absent says which, and how to have them."""

from __future__ import annotations

from pathlib import Path

import pytest

BENCH = Path(__file__).parents[2] / "bench"


def test_an_absent_package_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.syspath_prepend(str(BENCH))
    from report import runs_here  # type: ignore[import-not-found]

    assert not runs_here("bench/jewels.py", "render", "numpy", "no_such_package")
    assert capsys.readouterr().out == (
        'skipped bench/jewels.py: no_such_package not installed; pip install "parure[render]"\n'
    )
    assert runs_here("bench/jewels.py", "render", "numpy")
    assert not capsys.readouterr().out


@pytest.mark.parametrize("bench", sorted(path.stem for path in BENCH.glob("*.py")))
def test_every_benchmark_is_part_of_make_bench(bench: str) -> None:
    source = (BENCH / f"{bench}.py").read_text(encoding="utf-8")
    if '__name__ == "__main__"' in source:
        assert f"bench/{bench}.py" in (BENCH.parent / "Makefile").read_text(encoding="utf-8")
