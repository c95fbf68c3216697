"""A small archive with something of everything to decide, scanned quickly, its list made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PIL import Image

from parure.curate.sources import open_source
from parure.curate.values import Scanned
from parure.web.archive.archives import ScanOrder, find_archive, scan_archive, scanned
from parure.web.archive.models import Archive
from parure.web.archive.review.services.findings import (
    Candidate,
    Copy,
    Fault,
    Findings,
    GroupQuestion,
    NameQuestion,
    QualityQuestion,
    Shot,
)
from parure.web.archive.review.services.store import keep_findings
from tests.curate.scanning import QUICK
from tests.web.pictures import jpeg

__all__ = ["STYLES", "disagreeing_of", "fill", "list_of", "scan"]

STYLES = ("AJ-1042", "AJ-1043", "BR-7")


def fill(root: Path) -> Path:
    """Three sizes of one picture, two of another, a file twice, two names that do not tell, a photo of doubtful use."""
    _write(root / "studio" / "AJ-1042_1.jpg", 1, (320, 240), camera="EOS 5D")
    _write(root / "web" / "AJ-1042.jpg", 1, (160, 120))
    _write(root / "agency" / "mirror.jpg", 2, (240, 180))
    _write(root / "studio" / "BR-7.jpg", 3, (300, 200))
    _write(root / "web" / "BR-7.jpg", 3, (150, 100))
    _write(root / "studio" / "same.jpg", 4, (160, 120))
    _write(root / "backup" / "same.jpg", 4, (160, 120))
    _write(root / "phone" / "IMG_1.jpg", 5, (160, 120))
    _write(root / "phone" / "AJ-1042 AJ-1043.jpg", 6, (160, 120))
    _write(root / "phone" / "blurred <b>.jpg", 7, (160, 120))
    return root


def scan(root: Path) -> Archive:
    scan_archive(open_source(str(root)), QUICK, ScanOrder(jobs=0))
    return find_archive(str(root))


def list_of(archive: Archive, styles: tuple[str, ...] = STYLES) -> Findings:
    """What `prepare` would find with real looks, near enough, and kept as it keeps it."""
    assert archive.scanned_at is not None
    by_path = {file.path: _shot(file) for file in scanned(archive)}
    one, small, mirror = (by_path[path] for path in ("studio/AJ-1042_1.jpg", "web/AJ-1042.jpg", "agency/mirror.jpg"))
    groups = (
        GroupQuestion("same_bytes", (Copy(by_path["backup/same.jpg"]), Copy(by_path["studio/same.jpg"]))),
        GroupQuestion("same_picture", (Copy(one), Copy(small, "as it is", 1.0), Copy(mirror, "mirrored", 0.62))),
        GroupQuestion(
            "same_picture", (Copy(by_path["studio/BR-7.jpg"]), Copy(by_path["web/BR-7.jpg"], "as it is", 0.99))
        ),
    )
    names = (
        NameQuestion((by_path["phone/IMG_1.jpg"],), False, "no_code", "Nothing in the name is a known style code."),
        NameQuestion(
            (by_path["phone/AJ-1042 AJ-1043.jpg"],), True, "two_styles", "The name fits AJ-1042, AJ-1043.",
            (Candidate("AJ-1042", "written in the name", one.sha256), Candidate("AJ-1043", "written in the name")),
        ),
    )  # fmt: skip
    quality = (
        QualityQuestion(
            (by_path["phone/blurred <b>.jpg"],), "white", (Fault("blurred", "Sharpness: 0.1.", "sharpness"),)
        ),
    )
    found = Findings(archive.scanned_at.isoformat(), 1e9, len(by_path), groups, names, quality, styles, variants=2)
    keep_findings(archive, found)
    return found


def disagreeing_of(findings: Findings) -> Findings:
    """The same list; the sizes of one picture are named for two styles, those of another for two metals."""
    ring, bracelet = ([copy.shot for copy in group.copies] for group in findings.groups if group.kind == "same_picture")
    reason = "Copies of one picture are named for different styles."
    styles = (Candidate("AJ-1042", "studio/AJ-1042_1.jpg says so"), Candidate("AJ-1043", "web/AJ-1042.jpg says so"))
    metals = (Candidate("yellow_gold", "studio/BR-7.jpg says so"), Candidate("rose_gold", "web/BR-7.jpg says so"))
    names = (
        NameQuestion(tuple(ring), True, "styles_disagree", reason, styles, "style", ("AJ-1042", "AJ-1043", "")),
        NameQuestion(tuple(bracelet), True, "metals_disagree", reason, metals, "metal", ("yellow_gold", "rose_gold")),
    )
    return replace(findings, names=(*names, *findings.names))


def _write(path: Path, seed: int, size: tuple[int, int], *, camera: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(jpeg(seed))
    with Image.open(path) as image:
        whole = image.convert("RGB").resize(size)
    exif = Image.Exif()
    if camera:
        exif[0x0110] = camera
    whole.save(path, quality=90, exif=exif)


def _shot(file: Scanned) -> Shot:
    assert file.measures is not None
    return Shot(
        file.path, file.fingerprints.sha256, file.measures.width, file.measures.height, file.size, file.modified,
        file.format or "",
    )  # fmt: skip
