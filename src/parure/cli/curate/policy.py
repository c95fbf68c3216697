"""`parure curate policy`: write a policy for `parure watch`, and look it over. Only the policy file is written."""

from __future__ import annotations

from pathlib import Path

import click

from parure.cli.console import number_of, out, print_json, print_table, say

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Say what becomes of new photos by itself, for `parure watch`."""


@command.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=Path("policy.yaml"))
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def init(file: Path, *, force: bool) -> None:
    """Write a commented policy to start from."""
    from parure.curate.policy_yaml import policy_template

    try:
        with file.open("w" if force else "x", encoding="utf-8") as stream:
            stream.write(policy_template())
    except FileExistsError:
        raise click.ClickException(f"{file} is there already. Name another file, or replace it with --force.") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be written ({error.strerror}).") from error
    say(f"Written to {file}. Read it, then: parure watch FOLDER --policy {file} --dry-run")


@command.command()
@click.argument("file", type=_FILE)
@click.option("--rules", "rules_file", type=_FILE, help="The rules file whose `quality` words the policy uses.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(file: Path, rules_file: Path | None, *, as_json: bool) -> None:
    """Read FILE, and show what it says in the order in which it decides."""
    from parure.curate import default_rules, read_rules
    from parure.curate.policy import OTHERWISE
    from parure.curate.policy_yaml import read_policy, read_policy_settings

    chosen = rules_file or read_policy_settings(file).rules
    rules = read_rules(chosen) if chosen else default_rules()
    policy = read_policy(file, tuple(rules.quality.rules))
    rows = [(rule.name, rule.path, rule.when.text if rule.when else "", rule.then, rule.say) for rule in policy.rules]
    rows.append((OTHERWISE, "", "", policy.otherwise, ""))
    columns = ("rule", "path", "when", "then", "say")
    if as_json:
        print_json({"policy": str(file), "rules": [dict(zip(columns, row, strict=True)) for row in rows]})
        return
    shown = [(name, " and ".join(filter(None, (path, when))), then, told) for name, path, when, then, told in rows]
    print_table("", ["rule", "when", "then", "says"], shown)
    out.print(f"{number_of(len(policy.rules), 'rule')}; the first that fits decides.", markup=False)
