"""The trained parts to one set of models: their ONNX files side by side, and the manifest that ties them.

    python -m parure.training.assemble_house --name house-v1 --detector RUN/detector.json --reader RUN/reader.json \
        --words RUN/words.json --min-share .4 --air .1 --out src/parure/vision/weights

With `--base SET.json` the parts that are not given, and how photos are cut, are those of another set:

    python -m parure.training.assemble_house --name shop-v1 --base src/parure/vision/weights/house-v1.json \
        --detector RUN/out/detector.json --out shop/

Each part's JSON holds what the manifest needs and what people want to know; the latter goes to `about`. The set is
opened before the command ends, so that a manifest that is written also works.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parure.errors import ModelError
from parure.vision.house_model import HouseAnalyser
from parure.vision.manifest import CropPolicy, Manifest, read_manifest
from parure.vision.onnx_runtime import file_sha256

__all__ = ["assemble"]

LICENCE = "Apache-2.0"
PARTS = ("detector", "reader", "words")
_ATTRIBUTE = ("attribute", "values", "temperature", "curve")


def assemble(
    name: str, parts: Mapping[str, Path], crop: CropPolicy | None, out: Path, *, reader_file: str = "",
    base: Path | None = None,
) -> Manifest:  # fmt: skip
    """Copy the files of `parts` (detector, reader and maybe words: their JSON) to `out` and write `<name>.json` there.

    Parts that are not given, and without `crop` how photos are cut, come from the set whose manifest `base` is.
    `reader_file` is the file of the reader's to ship, "reader.onnx" or "reader-int8.onnx"; blank means the former.
    Raises `ModelError` for a part that is missing, lacks a field or does not fit the others.
    """
    other = _read(base) if base else {}
    raw = {part: _read(path) for part, path in parts.items()}
    folders = {part: path.parent for part, path in parts.items()}
    sections = _sections(raw, parts, reader_file)
    about = {part: {key: value for key, value in raw[part].items() if key not in sections[part]} for part in raw}
    if base:
        for part in [each for each in PARTS if each in other and each not in parts]:
            sections[part], folders[part] = other[part], base.parent
            about[part] = other.get("about", {}).get(part, {})
    if absent := [part for part in ("detector", "reader") if part not in sections]:
        raise ModelError(f"A set needs a {' and a '.join(absent)}: give its JSON, or a base that has one.")
    cut = {"min_share": crop.min_share, "air": crop.air} if crop else other.get("crop")
    out.mkdir(parents=True, exist_ok=True)
    for part, section in sections.items():
        section["file"] = _copy(folders[part] / section["file"], out / f"{name}-{part}.onnx", section["sha256"])
    ordered = {part: sections[part] for part in PARTS if part in sections}
    manifest = {"name": name, "licence": LICENCE, **ordered, "crop": cut, "about": about}
    path = out / f"{name}.json"
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    made = read_manifest(path)
    HouseAnalyser(made, threads=1).close()
    return made


def _sections(raw: Mapping[str, Any], parts: Mapping[str, Path], reader_file: str) -> dict[str, dict[str, Any]]:
    sections = {}
    try:
        if "detector" in raw:
            sections["detector"] = _detector(raw["detector"])
        if "reader" in raw:
            sections["reader"] = _reader(raw["reader"], reader_file)
        if "words" in raw:
            sections["words"] = {key: raw["words"][key] for key in ("file", "sha256")}
    except KeyError as error:
        raise ModelError(f"The field {error} is missing in one of {', '.join(map(str, parts.values()))}.") from error
    return sections


def _detector(raw: Mapping[str, Any]) -> dict[str, Any]:
    section = {key: raw[key] for key in ("file", "sha256", "side", "classes", "threshold")}
    said, true = zip(*raw["calibration"], strict=True)
    return {**section, "curve": {"said": list(said), "true": list(true)}}


def _reader(raw: Mapping[str, Any], file: str) -> dict[str, Any]:
    file = file or "reader.onnx"
    return {
        "file": file,
        "sha256": raw["files"][file],
        "side": raw["side"],
        "dimension": raw["dimension"],
        "attributes": [{key: entry[key] for key in _ATTRIBUTE} for entry in raw["attributes"]],
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be read: {error}.") from error
    return raw


def _copy(source: Path, target: Path, sha256: str) -> str:
    if file_sha256(source) != sha256:
        raise ModelError(f"{source} is not the file that its JSON describes. Export the part again.")
    shutil.copyfile(source, target)
    return target.name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--name", default="house-v1")
    parser.add_argument("--base", type=Path, help="manifest of a set to take from what is not given")
    parser.add_argument("--detector", type=Path, help="detector.json of a finished run")
    parser.add_argument("--reader", type=Path, help="reader.json of an exported run")
    parser.add_argument("--reader-file", default="", help="the reader's file to ship; default: reader.onnx")
    parser.add_argument("--words", type=Path, help="words.json, if the set reads words")
    parser.add_argument("--min-share", type=float, help="of the photo; larger pieces are read with it")
    parser.add_argument("--air", type=float, help="around a crop, x its longer side")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    parts = {part: getattr(chosen, part) for part in PARTS if getattr(chosen, part)}
    given = (chosen.min_share, chosen.air)
    if None in given and (chosen.base is None or given != (None, None)):
        parser.error("--min-share and --air go together, and may be left out only with --base")
    crop = None if None in given else CropPolicy(*given)
    made = assemble(chosen.name, parts, crop, chosen.out, reader_file=chosen.reader_file, base=chosen.base)
    print(made.version)  # noqa: T201


if __name__ == "__main__":
    main()
