"""`parure analyse`: what is on a photo. Reads files, stores nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.analyse_report import as_json, caption, print_analysis
from parure.cli.console import print_json, progress_bar, say
from parure.errors import ImageError, ImageReason, ModelError, ParureError

if TYPE_CHECKING:
    from parure.regions import Box
    from parure.vision import Pixels
    from parure.vision.analysis import Analyser, Analysis

__all__ = ["command"]

TOGETHER = 16  # photos decoded before they are analysed side by side
HOUSE = "house-v1"


@dataclass(frozen=True, eq=False)
class _Seen:
    file: Path
    pixels: Pixels
    analysis: Analysis


def _parse_box(ctx: click.Context, option: click.Parameter, text: str | None) -> Box | None:
    from parure.regions import Box

    if text is None:
        return None
    try:
        x, y, w, h = (float(number) for number in text.split(","))
        box = Box(x, y, w, h)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not x,y,w,h, such as 0.1,0.2,0.5,0.5.") from None
    if min(x, y) < 0 or min(w, h) <= 0 or max(x + w, y + h) > 1 + 1e-6:
        raise click.BadParameter(f"{text!r} reaches beyond the photo; numbers are fractions of its width and height.")
    return box


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "in_json", is_flag=True, help="Print JSON.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Draw boxes and parts into this file.")
@click.option("--box", metavar="X,Y,W,H", callback=_parse_box, help="Read this region, in fractions of the photo.")
@click.option("--model", metavar="NAME|MANIFEST.json", help="Another set of models than the one in use.")
@click.pass_context
def command(
    ctx: click.Context, files: tuple[Path, ...], box: Box | None, model: str | None, picture: Path | None, in_json: bool
) -> None:
    """Find the pieces on photos, read their attributes and parts, and say how sure that is.

    FILES are photos or folders of photos. Ends with 1 if any of them could not be read.
    """
    photos = _photos(files)
    if picture is not None and len(photos) != 1:
        raise click.UsageError(f"--picture draws one photo, and there are {len(photos)}.")
    analyser = _analyser(model)
    refused: list[tuple[Path, ParureError]] = []
    found: list[dict[str, Any]] = []
    for seen in _analysed(analyser, photos, box, refused):
        if picture is not None:
            _draw(seen, picture)
        if in_json:
            height, width = seen.pixels.shape[:2]
            found.append(as_json(seen.file, seen.analysis, width=width, height=height))
        else:
            print_analysis(seen.file, seen.analysis)
    for file, error in refused:
        say(f"{file}: {error}", style="red")
    if in_json:
        told = [{"file": str(file), "code": _code(error), "reason": str(error)} for file, error in refused]
        print_json({"model": analyser.version, "photos": found, "refused": told})
    if refused:
        ctx.exit(1)


def _photos(files: Sequence[Path]) -> list[Path]:
    """The files as named, and the photos of folders in the order of their names; each once."""
    from parure.intake.found import PHOTO_SUFFIXES, is_junk

    found: dict[Path, None] = {}
    for file in files:
        inside = sorted(file.rglob("*")) if file.is_dir() else [file]
        wanted = [
            path
            for path in inside
            if path == file
            or (path.is_file() and path.suffix.lower() in PHOTO_SUFFIXES and not is_junk(str(path.relative_to(file))))
        ]
        if file.is_dir() and not wanted:
            say(f"{file} holds no photos.", style="yellow")
        found.update(dict.fromkeys(wanted))
    return list(found)


def _analyser(name: str | None) -> Analyser:
    """The one named; else the encoder in use if it looks for pieces; else ours that does."""
    from parure import settings
    from parure.registry import resolve
    from parure.vision.analysis import Analyser
    from parure.vision.house_model import HouseAnalyser, load_house
    from parure.vision.manifest import read_manifest

    if name is not None and name.endswith(".json"):
        return HouseAnalyser(read_manifest(Path(name)))
    wanted = name or settings.get().encoder
    encoder = load_house() if wanted == HOUSE else resolve("encoder", wanted)()
    if isinstance(encoder, Analyser):
        return encoder
    if name is None:
        return load_house()
    raise ModelError(
        f"{name} compares photos and does not look for pieces. {HOUSE} does, and so does any set of models by the path "
        "of its manifest (.json)."
    )


def _analysed(
    analyser: Analyser, photos: Sequence[Path], box: Box | None, refused: list[tuple[Path, ParureError]]
) -> Iterator[_Seen]:
    from parure.vision.analysis import Analysis

    with progress_bar("Analysing") as update:
        for start in range(0, len(photos), TOGETHER):
            chunk = photos[start : start + TOGETHER]
            decoded = [(file, pixels) for file in chunk if (pixels := _decode(analyser, file, refused)) is not None]
            if box is not None:
                analyses = [Analysis((analyser.read_region(pixels, box),)) for _, pixels in decoded]
            else:
                analyses = analyser.analyse_images([pixels for _, pixels in decoded])
            yield from (_Seen(*pair, analysis) for pair, analysis in zip(decoded, analyses, strict=True))
            update(start + len(chunk), len(photos))


def _decode(analyser: Analyser, file: Path, refused: list[tuple[Path, ParureError]]) -> Pixels | None:
    from parure import images, settings

    chosen = settings.get()
    limits = images.Limits(max_bytes=chosen.max_image_bytes, max_pixels=chosen.max_image_pixels)
    try:
        return images.decode(file.read_bytes(), limits=limits, shrink_to=2 * analyser.input_side).pixels
    except ImageError as error:
        refused.append((file, error))
    except OSError as error:
        message = f"The file cannot be opened ({error.strerror})."
        refused.append((file, ImageError(ImageReason.UNREADABLE, message)))
    return None


def _code(error: ParureError) -> str:
    return error.reason.value if isinstance(error, ImageError) else error.code


def _draw(seen: _Seen, picture: Path) -> None:
    from parure.vision.overlay import draw_analysis

    image = draw_analysis(seen.pixels, seen.analysis, [caption(piece) for piece in seen.analysis.pieces])
    try:
        image.save(picture)
    except (OSError, ValueError) as error:  # a folder that is not there, an ending that names no format
        raise click.ClickException(f"{picture} cannot be written: {error}.") from error
