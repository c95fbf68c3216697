"""A watched folder in a few lines: photos of the sample shop, put there under any name, and a watcher for them."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageOps

from parure.curate import KnownStyle, default_rules
from parure.curate.judging_styles import StyleBook
from parure.curate.policy_yaml import default_policy, read_policy
from parure.curate.sources_disk import FolderSource
from parure.curate.template import DEFAULT_TEMPLATE, parse_template
from parure.sample import shop_path
from parure.web.archive.watch.deciding import WatchOrder
from parure.web.archive.watch.items import Told
from parure.web.archive.watch.step import Watcher
from parure.web.catalogue.models import Event

STYLES = ("PR-1001", "PR-1002", "PR-1003", "PR-5001")


def picture(name: str) -> Image.Image:
    with Image.open(shop_path() / "photos" / f"{name}.webp") as image:
        return image.convert("RGB")


@dataclass
class Folder:
    """`told` is what all watchers told since it was last emptied."""

    root: Path
    told: list[Told | str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    @property
    def target(self) -> Path:
        return self.root / "shop"

    def put(self, path: str, name: str, *, side: int = 0, mirrored: bool = False) -> Path:
        image = picture(name)
        image = image.resize((side, side)) if side else image
        file = self.inbox / path
        file.parent.mkdir(parents=True, exist_ok=True)
        (ImageOps.mirror(image) if mirrored else image).save(file, "JPEG", quality=90)
        return file

    def copy(self, path: str, to: str) -> Path:
        (self.inbox / to).parent.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(self.inbox / path, self.inbox / to))

    def watcher(self, policy: str = "", *, settle: float = 0) -> Watcher:
        self.inbox.mkdir(exist_ok=True)
        book = StyleBook(tuple(map(KnownStyle, STYLES)), dict.fromkeys(STYLES, "rings"))
        order = WatchOrder(
            FolderSource(self.inbox),
            self.target,
            default_policy(),
            default_rules(),
            book,
            parse_template(DEFAULT_TEMPLATE),
            settle,
            jobs=1,
        )
        if policy:
            file = self.root / "policy.yaml"
            file.write_text(policy, encoding="utf-8")
            order = replace(order, policy=read_policy(file))
        return Watcher(order, self.told.append, self.stop)

    def step(self, policy: str = "") -> dict[str, tuple[str, str]]:
        """A watcher of its own looks once. Outcome and rule by path."""
        self.told.clear()
        self.watcher(policy).step()
        return self.outcomes()

    def outcomes(self) -> dict[str, tuple[str, str]]:
        return {each.path: (each.outcome, each.rule) for each in self.told if isinstance(each, Told)}

    def placed(self) -> set[str]:
        files = (path.relative_to(self.target) for path in self.target.rglob("*") if path.is_file())
        return {path.as_posix() for path in files if path.parts[0] != ".parure-apply"}

    def without_files(self) -> dict[str, bytes]:
        return {path.relative_to(self.inbox).as_posix(): path.read_bytes() for path in self.inbox.rglob("*.jpg")}


def logged(*kinds: str) -> list[tuple[str, str]]:
    """Kind and path of the events of watchers, oldest first."""
    rows = Event.objects.filter(kind__startswith="watch.").order_by("pk")
    return [(row.kind.removeprefix("watch."), row.data["path"]) for row in rows if not kinds or row.kind in kinds]


Making = Callable[[], Folder]
