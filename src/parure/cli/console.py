"""What commands share on the terminal: tables, a progress bar on stderr, JSON on stdout."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

__all__ = ["number_of", "out", "print_json", "print_table", "progress_bar", "say"]

out = Console(highlight=False)
_err = Console(stderr=True, highlight=False)


def number_of(count: int, one: str, many: str = "") -> str:
    """ "1 file", "2,000 files"; `many` where it is not `one` and an s: "1 was left", "2 were left"."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def say(text: str, *, style: str = "") -> None:
    """A line for the person, on stderr, so that stdout stays clean for pipes."""
    _err.print(text, style=style or None, markup=False)


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[str] = ()
) -> None:
    """A table as wide as it needs; columns named in `right` are aligned right."""
    table = Table(
        title=title or None, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False
    )
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    out.print(table)


@contextmanager
def progress_bar(label: str, *, unit: str = "photos") -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr with rate and time left; yields `update(done, total)`. Nothing is drawn when not a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{unit}  {{task.fields[rate]}}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=_err, transient=False, disable=not _err.is_terminal) as progress:
        task = progress.add_task(label, total=None, rate="")

        def update(done: int, total: int) -> None:
            speed = progress.tasks[task].finished_speed or progress.tasks[task].speed
            progress.update(task, completed=done, total=total, rate=f"{speed:.0f}/s" if speed else "")

        yield update
