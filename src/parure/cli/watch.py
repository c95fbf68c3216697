"""`parure watch`: new photos of a folder are taken in as they come. One line a photo; stopped anywhere, it goes on."""

from __future__ import annotations

import json
import signal
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.curate.scan import printable

if TYPE_CHECKING:
    from parure.curate.policy_yaml import PolicySettings
    from parure.vision.analysis import Analyser
    from parure.web.archive.watch.items import Told
    from parure.web.archive.watch.loop import Tally
    from parure.web.archive.watch.step import Watcher

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_EVERY_S, _SETTLE_S = 10.0, 5.0
_COLOURS = {"approved": "green", "rejected": "red", "queued": "yellow"}
_SOON_S, _OFTEN_S = 3.0, 15.0  # a step that takes longer says how far it is; and how often


@dataclass(frozen=True)
class _Options:
    source: Path
    policy: Path | None
    to: Path | None
    sheet: Path | None
    rules: Path | None
    template: str | None
    every: float | None
    settle: float | None
    see: bool | None
    once: bool
    dry_run: bool
    again: bool
    log: int | None
    as_json: bool


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--policy", type=_FILE, help="What is approved, rejected, queued (`parure curate policy init`).")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Where approved photos go.")
@click.option("--sheet", type=_FILE, help="The styles there are (default: those of the catalogue).")
@click.option("--rules", type=_FILE, help="How names are read and quality is judged (`parure curate rules`).")
@click.option("--template", help="Names of what is approved (default: that of `parure curate plan`).")
@click.option("--every", type=click.FloatRange(0.1), help="Seconds between two looks (default: 10).")
@click.option("--settle", type=click.FloatRange(0), help="Seconds a file has to lie still (default: 5).")
@click.option("--see", is_flag=True, default=None, help="Let the model look at each photo (`parure curate see`).")
@click.option("--once", is_flag=True, help="Look once and stop, for a clock that calls again.")
@click.option("--dry-run", is_flag=True, help="Only say what would become of what is there now.")
@click.option("--again", is_flag=True, help="Also decide anew what `parure curate undo` has taken back.")
@click.option("--log", type=click.IntRange(1), metavar="N", help="Show the last N outcomes, and stop.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line.")
def command(**given: Any) -> None:
    """Take new photos of the folder SOURCE in as they come, until stopped (Ctrl-C).

    Each goes the way of an archive: scanned, name read, quality judged, compared with all that is known. Then the
    policy decides. Nothing in SOURCE is changed: approved photos are copied to their names, rejected ones to a
    quarantine, queued ones wait for a person (/review). `parure curate undo` takes it back.
    """
    options = _Options(**given)
    settings = _settings(options)
    source = _folder(options.source)
    from parure.web.setup import prepare

    if options.log is None:
        target = _target(options, settings, source)
        _read_all(options, settings)  # tells what is wrong before the database is touched
    prepare()
    from parure.curate.sources_disk import FolderSource

    place = FolderSource(source)
    if options.log is not None:
        _show_log(place, options.log, as_json=options.as_json)
        return
    from parure.web.archive.watch.loop import only_watcher

    with only_watcher(place):
        _run(options, settings, place, target)


def _settings(options: _Options) -> PolicySettings:
    """Of the policy file, with what the command line says above it."""
    from dataclasses import replace

    from parure.curate.policy_yaml import PolicySettings, read_policy_settings

    stated = read_policy_settings(options.policy) if options.policy else PolicySettings()
    names = ("to", "sheet", "rules", "template", "every", "settle", "see")
    return replace(stated, **{name: told for name in names if (told := getattr(options, name)) is not None})


def _folder(source: Path) -> Path:
    from parure.errors import IntakeError

    path = source.expanduser().resolve()
    if not path.is_dir():
        what = "is no folder" if path.exists() else "does not exist"
        raise IntakeError(f"{path} {what}. Name the folder that new photos are put into.")
    return path


def _target(options: _Options, settings: PolicySettings, source: Path) -> Path:
    """Raises `IntakeError` for a place where it cannot be."""
    from parure import settings as parure_settings
    from parure.errors import IntakeError

    if settings.to is None:
        if options.dry_run:
            return source.parent / f"{source.name}-approved"
        raise click.UsageError("Say where approved photos go: --to FOLDER, or `to: FOLDER` in the policy.")
    target = settings.to.expanduser().resolve()
    for place, what in ((target, "The target"), (parure_settings.get().data.resolve(), "The data folder")):
        if place.is_relative_to(source):
            told = f"{what} {place} lies in {source}, where all that is put would be taken for new photos."
            raise IntakeError(f"{told} Choose another place.")
    if not target.is_dir() and not target.parent.is_dir():
        raise IntakeError(f"{target.parent} is not a folder. Make it, or mount the disk it should be on.")
    return target


def _read_all(options: _Options, settings: PolicySettings) -> dict[str, Any]:
    """Policy, rules and template, each with its faults told."""
    from parure.curate import default_rules, read_rules
    from parure.curate.policy_yaml import default_policy, read_policy
    from parure.curate.template import DEFAULT_TEMPLATE, parse_template

    rules = read_rules(settings.rules) if settings.rules else default_rules()
    words = tuple(rules.quality.rules)
    return {
        "rules": rules,
        "policy": read_policy(options.policy, words) if options.policy else default_policy(words),
        "template": parse_template(settings.template or DEFAULT_TEMPLATE),
    }


def _run(options: _Options, settings: PolicySettings, place: Any, target: Path) -> None:
    from parure import settings as parure_settings
    from parure.web.archive.watch.deciding import WatchOrder
    from parure.web.archive.watch.loop import Tally, watch, watch_once
    from parure.web.archive.watch.step import Watcher
    from parure.web.archive.watch.styles import known_styles

    settle = _SETTLE_S if settings.settle is None else settings.settle
    order = WatchOrder(
        source=place,
        target=target,
        styles=known_styles(settings.sheet),
        settle=settle,
        jobs=parure_settings.get().cores,
        rules_file=settings.rules,
        analyser=_analyser() if settings.see else None,
        **_read_all(options, settings),
    )
    printer, tally, stop = _Printer(target, options.as_json), Tally(), threading.Event()
    _stop_by_signal(stop)
    watcher = Watcher(order, tally.counting(printer.tell), stop, _Pace())
    if not order.styles.styles:
        _say("No style is known, so no name can be assigned. Add --sheet with the styles there are.")
    if options.dry_run:
        _dry_run(watcher, printer, stop)
        return
    if options.again:
        _again(watcher)
    if options.once:
        watch_once(watcher, stop)
    else:
        every = settings.every or _EVERY_S
        _say(f"Watching {place.location} every {every:g} s. Approved photos go to {target}. Ctrl-C stops.")
        watch(watcher, stop, every)
    _summary(watcher, tally, as_json=options.as_json)


def _analyser() -> Analyser:
    from parure.cli.curate.see import chosen_analyser

    return chosen_analyser()


def _dry_run(watcher: Watcher, printer: _Printer, stop: threading.Event) -> None:
    from parure.web.archive.watch.loop import watch_dry

    for told in watch_dry(watcher, stop):
        printer.tell(told)
    _say("Nothing was decided, copied or logged. Leave out --dry-run to do it.")


def _again(watcher: Watcher) -> None:
    from parure.web.archive.watch.applying import reopen_undone

    count = reopen_undone(watcher.archive)
    _say(f"{count:,} {'photo that was' if count == 1 else 'photos that were'} taken back will be decided anew.")


def _stop_by_signal(stop: threading.Event) -> None:
    """What is begun comes to its next safe point. A second signal ends at once, which does no harm either."""

    def stopping(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        threading.Thread(target=stop.set).start()  # a handler may not wait for the lock that its own thread holds

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stopping)


def _summary(watcher: Watcher, tally: Tally, *, as_json: bool) -> None:
    from parure.web.archive.watch.items import waiting

    left, moving = len(waiting(watcher.archive)), len(watcher.seen.moving)
    counts = {outcome: tally.outcomes[outcome] for outcome in _COLOURS}
    if as_json:
        click.echo(json.dumps({"summary": counts | {"waiting": left, "moving": moving}}))
        return
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count)
    _say(f"{told}." if told else "Nothing new.")
    if moving:
        _say(f"{moving:,} {'file is' if moving == 1 else 'files are'} not whole yet and will be taken at a later look.")
    if left:
        who = "photo waits" if left == 1 else "photos wait"
        _say(f"{left:,} {who} for a person: parure serve, then /review/{watcher.archive.pk}")


def _show_log(place: Any, most: int, *, as_json: bool) -> None:
    from parure.web.archive.archives import find_archive
    from parure.web.archive.watch.items import told_before

    printer = _Printer(None, as_json, dated=True)
    for told in told_before(find_archive(place.location), most):
        printer.tell(told)


def _say(text: str) -> None:
    """Beside the outcomes; a line stays a line, for this is read in logs."""
    click.echo(text, err=True)


@dataclass
class _Printer:
    """Outcomes to standard output, sentences beside it."""

    target: Path | None
    as_json: bool
    dated: bool = False

    def tell(self, what: Told | str) -> None:
        if isinstance(what, str):
            if self.as_json:
                click.echo(json.dumps({"note": what}, ensure_ascii=False))
            else:
                _say(printable(what))
        elif self.as_json:
            click.echo(json.dumps(asdict(what), ensure_ascii=False, default=str))
        else:
            click.echo(self._line(what))

    def _line(self, told: Told) -> str:
        at = f"{told.at.astimezone():%Y-%m-%d %H:%M:%S}  " if self.dated else ""
        outcome = click.style(f"{told.outcome:<9}", fg=_COLOURS.get(told.outcome))
        why = f"{told.rule}: {told.detail.removeprefix(f'{told.path}: ')}"
        if told.outcome == "approved":
            why = f"→ {self._short(told.target)}  ({told.rule})"
        return f"{at}{outcome} {printable(told.path)}  {printable(why)}"

    def _short(self, target: str) -> str:
        return target.removeprefix(f"{self.target}/") if self.target else target


@dataclass
class _Pace:
    """Of a step that takes its time, how far it is."""

    step: str = ""
    began: float = 0.0
    told: float = field(default=0.0)

    def __call__(self, step: str, done: int, total: int) -> None:
        now = time.monotonic()
        if step != self.step:
            self.step, self.began, self.told = step, now, 0.0
        if now - self.began > _SOON_S and now - self.told > _OFTEN_S:
            self.told = now
            _say(f"{step}: {done:,}{f' of {total:,}' if total else ''}.")
