"""`parure curate review`: the list that people decide in the browser. Nothing in the archive is changed."""

from __future__ import annotations

from pathlib import Path

import click

from parure.cli.console import number_of, out, print_json, progress_bar, say

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LABELS = {
    "same_picture": "same picture",
    "same_bytes": "same file",
    "style": "names",
    "metal": "metals",
    "quality": "quality",
}


@click.command()
@click.argument("source")
@click.option("--rules", "rules_file", type=_FILE, help="The rules file; kept for later lists too.")
@click.option("--styles", "styles_file", type=_FILE, help="Style codes beside the catalogue's: a sheet, or a .txt.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(source: str, rules_file: Path | None, styles_file: Path | None, *, as_json: bool) -> None:
    """List what staff decide at /review: duplicates, doubtful names and photos of a scanned SOURCE."""
    from parure.curate import read_rules
    from parure.curate.judging_styles import StyleBook, read_style_book
    from parure.web.setup import prepare as prepare_django

    prepare_django()
    from parure.web.archive.archives import find_archive
    from parure.web.archive.review.services.boards import boards
    from parure.web.archive.review.services.preparing import prepare
    from parure.web.archive.review.services.store import keep_order

    archive = find_archive(source)
    if rules_file is not None:
        read_rules(rules_file)  # tells what is wrong before anything is kept
    keep_order(archive, rules_file, read_style_book(styles_file) if styles_file else StyleBook())
    with progress_bar("Looking", unit="photos") as update:
        findings = prepare(archive, lambda step, done, total: update(done, total))
    made = boards(archive)
    assert made is not None
    counts = {kind: (board.total, len(board.open)) for kind, board in made.by_kind.items()}
    if as_json:
        told = {kind: {"questions": total, "open": left} for kind, (total, left) in counts.items()}
        print_json({"source": archive.location, "photos": findings.photos, **told, "variants": findings.variants})
        return
    listed = ", ".join(f"{_LABELS[kind]} {left:,} of {total:,}" for kind, (total, left) in counts.items())
    out.print(f"{number_of(findings.photos, 'photo')}. Open questions: {listed}.", markup=False, soft_wrap=True)
    say(
        f"Decide them in the browser: parure serve, then /review/{archive.pk}. Staff only: parure user add NAME --staff"
    )
