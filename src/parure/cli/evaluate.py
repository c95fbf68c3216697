"""`parure evaluate`: how good search is on photos whose products are known, beside peers in the same run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import out, print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from parure.evaluation.figures import Line, Section
    from parure.evaluation.house import Bench
    from parure.evaluation.house.run import HouseFigures
    from parure.evaluation.photo_set import Described
    from parure.evaluation.retrieval import Retrieval, SameProduct
    from parure.vision import Encoder

__all__ = ["command"]

COLUMNS = ("method", "R@1", "R@5", "R@10", "MRR", "ms")
HOUSE_COLUMNS = ("figure", "this model", "aim", "n", "baselines")


@click.group()
def command() -> None:
    """Measure search quality on labelled photos."""


@command.command()
@click.argument("photos_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--manifest", type=click.Path(dir_okay=False, path_type=Path),
    help="JSON lines with file and product_id (default: manifest.jsonl in the folder).",
)  # fmt: skip
@click.option(
    "--encoder", "encoders", multiple=True, metavar="NAME|CARD.json",
    help="An encoder by name, or by the card beside an ONNX file; repeat to compare (default: the one in use).",
)  # fmt: skip
@click.option("--phash", is_flag=True, help="Compare with the perceptual hash too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def retrieval(
    photos_dir: Path, manifest: Path | None, encoders: tuple[str, ...], *, phash: bool, as_json: bool
) -> None:
    """Same product, other photo: every photo whose product has another one asks for it among all others.

    Figures stand with their standard error (products drawn again with replacement); "ms" is the time to describe
    one picture once it is decoded.
    """
    from parure import settings
    from parure.evaluation.methods import Method, PerceptualHash, find_method
    from parure.evaluation.photo_set import describe_photos, read_photo_set
    from parure.evaluation.retrieval import SameProduct, measure_retrieval

    photos = read_photo_set(photos_dir, manifest)
    methods: list[Method] = [find_method(name) for name in encoders or (settings.get().encoder,)]
    methods += [PerceptualHash()] if phash else []
    with progress_bar("Describing") as progress:
        described = describe_photos(photos, methods, progress)
    task = SameProduct.from_products([photo.product for photo in described.photos])
    found = [
        measure_retrieval(task, method.scores(rows[task.queries], rows), method=method.name, milliseconds=spent)
        for method, rows, spent in zip(methods, described.rows, described.milliseconds, strict=True)
    ]
    _report(task, described, found, as_json=as_json)


def _report(task: SameProduct, described: Described, found: Sequence[Retrieval], *, as_json: bool) -> None:
    for path, reason in described.refused:
        say(f"Left out: {path}: {reason}", style="yellow")
    queries, photos = len(task.queries), len(described.photos)
    if as_json:
        refused = [{"file": str(path), "reason": reason} for path, reason in described.refused]
        methods = [asdict(each) for each in found]
        print_json({"queries": queries, "photos": photos, "methods": methods, "refused": refused})
        return
    rows = [
        (each.method, each.recall_at_1, each.recall_at_5, each.recall_at_10, each.mean_reciprocal_rank,
         f"{each.milliseconds:.1f}")
        for each in found
    ]  # fmt: skip
    print_table(f"Same product, other photo: {queries} queries in {photos} photos", COLUMNS, rows, right=COLUMNS[1:])


@command.command()
@click.option("--model", metavar="NAME|FILE.json", help="The model to measure, by name or manifest (default: in use).")
@click.option(
    "--baseline", "baselines", multiple=True, default=("house-v0", "histogram"), show_default=True,
    metavar="NAME|FILE.json", help="A model to measure beside it; repeat for more.",
)  # fmt: skip
@click.option("--real", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of real photos.")
@click.option(
    "--renders", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of held-out renders."
)
@click.option("--sample", is_flag=True, help="The sample shop too (default where no folder is given).")
@click.option(
    "--half", type=click.Choice(("choose", "report", "all")), default="all", show_default=True,
    help="Sources of real photos: those that choose between models, those that report, or all.",
)  # fmt: skip
@click.option("--designs", type=click.IntRange(2), default=1000, show_default=True, help="Held-out designs, at most.")
@click.option(
    "--localiser", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="ONNX file of a class-agnostic localiser, the detector's baseline.",
)  # fmt: skip
@click.option("--verdict", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Verdict model to judge.")
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps what models saw on real photos (default: evaluation/ in the data folder).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write an HTML report here.")
def house(*, model: str | None, baselines: tuple[str, ...], as_json: bool, report: Path | None, **given: Any) -> None:
    """What a model that sees jewellery reaches, each figure beside its baselines.

    Sections whose data are not given are skipped and say so. Real photos are measured on, never kept.
    """
    from parure import settings
    from parure.evaluation.house import measure_house
    from parure.evaluation.models import find_model
    from parure.evaluation.report import write_report

    measured = find_model(model or settings.get().encoder)
    others = [find_model(name) for name in baselines]
    figures = measure_house(_bench(measured, [each for each in others if each.version != measured.version], given))
    if report:
        write_report(figures, report)
        say(f"Report: {report}")
    if as_json:
        print_json(_as_json(figures))
    else:
        _print_sections(figures.sections)


@command.command()
@click.option(
    "--part", "parts", multiple=True, type=click.Choice(("duplicates", "quality", "sight")), help="Only this; repeat."
)
@click.option(
    "--renders", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of rendered designs."
)
@click.option("--real", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Folder of real photos.")
@click.option(
    "--labels",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Labelled backgrounds of real photos.",
)
@click.option("--designs", type=click.IntRange(2), default=1000, show_default=True, help="Designs copied, at most.")
@click.option("--photos", type=click.IntRange(2), default=300, show_default=True, help="Photos made faulty, at most.")
@click.option(
    "--imagededup", "python", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="PYTHON",
    help="An interpreter that has imagededup, to measure it beside ours.",
)  # fmt: skip
@click.option("--encoder", default="", metavar="NAME", help="The encoder that tells other views, and sees pieces.")
@click.option(
    "--work", type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the files that are made (default: evaluation/curate in the data folder).",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def curate(*, parts: tuple[str, ...], work: Path | None, as_json: bool, **given: Any) -> None:
    """How well archive clean-up finds copies and faults, on files of which the truth is known."""
    from parure import settings
    from parure.evaluation.curate.run import CurateBench, measure_curate

    folder = work or settings.get().data / "evaluation" / "curate"
    sections = measure_curate(CurateBench(folder, progress_bar, **given), parts)
    if as_json:
        print_json({"sections": [_section_json(section) for section in sections]})
    else:
        _print_sections(sections)


def _bench(measured: Encoder, others: Sequence[Encoder], given: Mapping[str, Any]) -> Bench:
    from parure import settings
    from parure.evaluation.house import Bench
    from parure.evaluation.seeing import Shelf
    from parure.search.verdict import load_verdicts

    verdict = given["verdict"]
    return Bench(
        model=measured,
        baselines=tuple(others),
        real=given["real"],
        renders=given["renders"],
        sample=given["sample"] or not (given["real"] or given["renders"]),
        half=given["half"],
        designs=given["designs"],
        localiser=given["localiser"],
        verdicts=load_verdicts(measured.version, verdict) if verdict else load_verdicts(measured.version),
        shelf=Shelf(given["cache"] or settings.get().data / "evaluation"),
        stage=progress_bar,
    )


def _print_sections(sections: Sequence[Section]) -> None:
    for section in sections:
        if section.skipped:
            out.print(f"[bold]{section.title}[/]: skipped. {section.skipped}\n", markup=True)
            continue
        print_table(section.title, HOUSE_COLUMNS, [_row(line) for line in section.lines], right=("n",))
        for note in section.notes:
            out.print(note, style="dim", markup=False)
        out.print()


def _row(line: Line) -> tuple[object, ...]:
    baselines = "\n".join(f"{each.name} {each.figure}" for each in line.baselines)
    aim = "" if line.aim is None else f"{'≤' if line.at_most else '≥'} {line.aim:.2f}"
    met = {True: " met", False: " not met", None: ""}[line.met]
    return line.what, line.figure or "not measured", aim + met, line.figure.count if line.figure else "", baselines


def _as_json(figures: HouseFigures) -> dict[str, Any]:
    """Numbers only: the pictures of failures are for the report."""
    sections = [_section_json(section) for section in figures.sections]
    return {
        **{name: getattr(figures, name) for name in ("model", "baselines", "half", "seconds")},
        "sections": sections,
    }


def _section_json(section: Section) -> dict[str, Any]:
    lines = [{**asdict(line), "met": line.met} for line in section.lines]
    told = {"id": section.id, "title": section.title, "skipped": section.skipped, "notes": section.notes}
    shown = {"lines": lines, "confusions": [asdict(each) for each in section.confusions]}
    return {**told, **shown, "curves": [asdict(each) for each in section.curves]}
