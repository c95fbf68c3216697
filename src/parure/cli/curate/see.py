"""`parure curate see`: a model looks at scanned photos, so that plans know what is no jewellery or another piece."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import number_of, out, print_json, say
from parure.cli.curate.scan import printable, steady_progress

if TYPE_CHECKING:
    from parure.curate.seeing import SeeReport
    from parure.vision.analysis import Analyser

__all__ = ["chosen_analyser", "command"]

_SHOWN = 5


@click.command()
@click.argument("source")
@click.option("--fresh", is_flag=True, help="Look at every photo again, also those that were seen.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(source: str, *, fresh: bool, as_json: bool) -> None:
    """Look at the photos of a scanned SOURCE with the model that finds pieces: what is jewellery, of which type, cut,
    sharp and large enough.

    Takes some twenty times as long as the scan; stopped at any point, the same command goes on. Plans and review lists
    made afterwards use it.
    """
    from parure.curate.sources import open_source
    from parure.web.setup import prepare

    place = open_source(source)
    prepare()
    from parure.web.archive.archives import find_archive, photo_count
    from parure.web.archive.sights import see_archive, sights
    from parure.web.catalogue.photos import limits

    archive, analyser = find_archive(source), chosen_analyser()
    with steady_progress("Looking", "photos") as update:
        report = see_archive(archive, place, analyser, limits(), fresh=fresh, progress=update)
    known = sum(sight.version == analyser.version for sight in sights(archive).values())
    if as_json:
        print_json(_as_json(archive.location, analyser.version, report, known, photo_count(archive)))
    else:
        _print(report, analyser.version, known)


def chosen_analyser() -> Analyser:
    """That of the setting. Raises `SettingsError` for an encoder that finds no pieces."""
    from parure import settings
    from parure.errors import SettingsError
    from parure.registry import resolve
    from parure.vision.analysis import Analyser

    name = settings.get().encoder
    made = resolve("encoder", name)()
    if not isinstance(made, Analyser):
        raise SettingsError(f"The encoder {name!r} finds no pieces. Choose one that does: PARURE_ENCODER=house-v1.")
    return made


def _print(report: SeeReport, version: str, known: int) -> None:
    rate = f", {report.seen / report.seconds:,.0f} per second" if report.seen and report.seconds else ""
    failed = f", {len(report.failed):,} could not be" if report.failed else ""
    out.print(
        f"{number_of(report.seen, 'photo was', 'photos were')} looked at by {version}"
        f" in {report.seconds:,.1f} s{rate}{failed}."
        f" {number_of(known, 'different photo is', 'different photos are')} known now. Plan again to use it.",
        markup=False,
        soft_wrap=True,
    )
    for each in report.failed[:_SHOWN]:
        say(f"  {printable(each)}")
    if len(report.failed) > _SHOWN:
        say(f"  … and {len(report.failed) - _SHOWN:,} more; --json names all", style="dim")
    if note := _unfitted(version):
        say(note)


def _unfitted(version: str) -> str:
    """Limits belong to the analyser they were fitted for."""
    from parure.curate.quality_limits import load_limits

    fitted = load_limits().analyser
    if fitted == version:
        return ""
    return (
        f"The limits for what is seen were fitted for {fitted or 'no analyser'}, so they may blame too many or too few."
        " Fit them anew: python -m parure.evaluation.curate.quality_fit RENDERS --seen-only --analyser NAME"
    )


def _as_json(location: str, version: str, report: SeeReport, known: int, photos: int) -> dict[str, Any]:
    return {
        "source": location,
        "analyser": version,
        "photos": photos,
        "seen": report.seen,
        "known": known,
        "seconds": round(report.seconds, 3),
        "failed": report.failed,
        "limits_fit": not _unfitted(version),
    }
