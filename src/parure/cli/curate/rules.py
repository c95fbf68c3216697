"""`parure curate rules`: write the rules, draft them from the names, try them. Only the rules file is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parure.cli.console import number_of, out, print_json, print_table, progress_bar, say

if TYPE_CHECKING:
    from parure.curate import NameReading, Rules, StyleIndex

__all__ = ["command", "names_of"]

_SHOWN = 20
_EXISTING = click.Path(exists=True, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_STYLES_HELP = "The known style codes: a sheet, or a .txt with one per line."


@click.group()
def command() -> None:
    """Say how file names are to be read, and try it on real ones."""


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=Path("rules.yaml"))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init(file: Path, *, force: bool) -> None:
    """Write a commented rules file to start from."""
    from importlib import resources

    text = (resources.files("parure.curate") / "templates" / "rules.yaml").read_text(encoding="utf-8")
    _write(file, text, force=force)
    say(f"Written to {file}. Try it: parure curate rules test SOURCE --rules {file} --styles SHEET")


@command.command()
@click.argument("source", type=_EXISTING)
@click.option("--rules", "rules_file", type=_FILE, help="The rules file (default: what `init` writes).")
@click.option("--styles", "styles_file", type=_FILE, help=_STYLES_HELP)
@click.option("--sample", type=click.IntRange(1), default=_SHOWN, show_default=True, help="Names shown of each kind.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def test(source: Path, rules_file: Path | None, styles_file: Path | None, sample: int, *, as_json: bool) -> None:
    """Show what the rules read in the names of SOURCE: a folder, a zip, or a .txt with a name per line."""
    from parure.curate import read_archive

    rules = _rules(rules_file)
    paths, index = names_of(source), _index(styles_file, rules)
    with progress_bar("Reading names", unit="names") as update:
        readings = read_archive(paths, rules, index, progress=lambda done: update(done, len(paths)))
    if as_json:
        print_json(_as_json(readings, rules, sample))
    else:
        _print(readings, rules, sample)


@command.command()
@click.argument("source", type=_EXISTING)
@click.option("--styles", "styles_file", type=_FILE, required=True, help=_STYLES_HELP)
@click.option("--out", "file", type=click.Path(dir_okay=False, path_type=Path), default=Path("rules.yaml"))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def draft(source: Path, styles_file: Path, file: Path, *, force: bool, as_json: bool) -> None:
    """Propose rules from the names of SOURCE and the known style codes, and say how many names they cover."""
    from parure.curate.drafting import draft_rules
    from parure.curate.names_styles import read_styles

    drafted = draft_rules(names_of(source), read_styles(styles_file))
    _write(file, drafted.text, force=force)
    if as_json:
        print_json({"file": str(file), **{key: value for key, value in asdict(drafted).items() if key != "text"}})
        return
    shapes = [(each.name, each.pattern, each.codes, each.names) for each in drafted.shapes]
    print_table("Shapes of the style codes", ["rule", "pattern", "codes", "names"], shapes, right=["codes", "names"])
    print_table("Frequent words no rule explains", ["word", "names"], drafted.unexplained, right=["names"])
    out.print(
        f"{drafted.covered:.1%} of {number_of(drafted.names, 'name')} are assigned a style,"
        f" {drafted.open:.1%} go to review."
    )
    say(f"Written to {file}. Read it, then: parure curate rules test {source} --rules {file} --styles {styles_file}")


def _write(file: Path, text: str, *, force: bool) -> None:
    try:
        with file.open("w" if force else "x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise click.ClickException(f"{file} is there already. Name another file, or replace it with --force.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written ({error.strerror}).") from error


def _rules(file: Path | None) -> Rules:
    from parure.curate import default_rules, read_rules

    return read_rules(file) if file else default_rules()


def _index(file: Path | None, rules: Rules) -> StyleIndex:
    from parure.curate import StyleIndex, read_styles

    return StyleIndex(read_styles(file) if file else (), rules.normalise)


def names_of(source: Path) -> list[str]:
    """Names below a folder or in a zip; or the lines of a list made elsewhere."""
    from parure.intake import discover

    if source.suffix.lower() != ".txt":
        names = [file.name for file in discover([source]).files]
    else:
        names = [line.strip() for line in source.read_text("utf-8-sig", "replace").splitlines() if line.strip()]
    if not names:
        raise click.ClickException(f"{source} holds no photos.")
    return names


def _counts(readings: Sequence[NameReading]) -> dict[str, int]:
    from parure.curate import NameVerdict

    counted = Counter(reading.verdict for reading in readings)
    return {verdict.value: counted[verdict] for verdict in NameVerdict}


def _extracted(readings: Sequence[NameReading], rules: Rules) -> list[tuple[str, str, int, str]]:
    """(section, rule, names, an example) for every rule, those that match nothing too."""
    found: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], str] = {}
    for reading in readings:
        keys = [("metal", reading.metal), ("view", reading.view)]
        for section in ("style_code", "vendor_sku"):
            name = reading.path.rpartition("/")[2]
            keys += [(section, rule.name) for rule in getattr(rules, section) if rule.pattern.search(name)]
        keys += [("sequence", "number" if reading.sequence is not None else None)]
        keys += [("usable" if reading.usable else "unusable", "" if reading.usable is not None else None)]
        for section, rule in keys:
            if rule is not None:
                found[section, rule] += 1
                example.setdefault((section, rule), reading.path)
    named = [
        (section, rule.name)
        for section in ("style_code", "vendor_sku", "metal", "view")
        for rule in getattr(rules, section)
    ]
    every = dict.fromkeys([*named, *sorted(found)])
    return [(section, rule, found[section, rule], example.get((section, rule), "")) for section, rule in every]


def _print(readings: Sequence[NameReading], rules: Rules, sample: int) -> None:
    from parure.curate import NameVerdict

    print_table(
        "What each rule finds", ["section", "rule", "names", "such as"], _extracted(readings, rules), right=["names"]
    )
    for verdict, title in (
        (NameVerdict.ASSIGNED, "Assigned"),
        (NameVerdict.AMBIGUOUS, "For review"),
        (NameVerdict.UNMATCHED, "Matching nothing"),
    ):
        found = [reading for reading in readings if reading.verdict is verdict]
        rows = [_row(reading) for reading in _spread(found, sample)]
        columns = ["name", "style", "metal", "view", "n", "copy", "usable", "why"]
        print_table(f"\n{title}: {len(found):,} of {len(readings):,}", columns, rows)


def _row(reading: NameReading) -> tuple[object, ...]:
    style = reading.style or " or ".join(dict.fromkeys(each.code for each in reading.candidates[:4]))
    usable = {True: "yes", False: "no", None: None}[reading.usable]
    return (
        reading.path,
        style,
        reading.metal,
        reading.view,
        reading.sequence,
        reading.copy,
        usable,
        reading.reasons[0].detail,
    )


def _spread(readings: Sequence[NameReading], count: int) -> list[NameReading]:
    """Some from everywhere, not the first ones: an archive begins with one folder."""
    return [readings[at * len(readings) // count] for at in range(count)] if len(readings) > count else list(readings)


def _as_json(readings: Sequence[NameReading], rules: Rules, sample: int) -> dict[str, Any]:
    from parure.curate import NameVerdict

    keys = ("section", "rule", "names", "example")
    shown = {v.value: _spread([each for each in readings if each.verdict is v], sample) for v in NameVerdict}
    return {
        "names": len(readings),
        "verdicts": _counts(readings),
        "reasons": dict(Counter(reading.reasons[0].code for reading in readings).most_common()),
        "rules": [dict(zip(keys, row, strict=True)) for row in _extracted(readings, rules)],
        "sample": {verdict: [asdict(reading) for reading in some] for verdict, some in shown.items()},
    }
