"""`vaultcheck explain`: the page of a rule."""

from __future__ import annotations

from importlib.resources import files

import click

from vaultcheck.cli.rule_names import known_rule, rule_infos
from vaultcheck.cli.terminal import emit, show_markdown


@click.command(short_help="Say what a rule looks for.")
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what a rule looks for, why it matters, with an example and how to mend what it finds.

    Without RULE, all rules are listed with their default severities.
    """
    if rule is not None:
        show_markdown(page(known_rule(rule)))
        return
    infos = rule_infos().values()
    widest = max(len(info.name) for info in infos)
    for info in infos:
        level = info.severity.value if info.enabled else "off"
        emit((f"{info.name:{widest}}  {level:7}  {info.summary}\n",))


def page(rule: str) -> str:
    """The text of a rule's page. A wheel carries the pages inside the package; a checkout keeps them in `docs`."""
    package = files("vaultcheck")
    folder = package / "rule_pages"
    if not folder.is_dir():
        folder = package.joinpath("..", "docs", "rules")
    return (folder / f"{rule}.md").read_text(encoding="utf-8")
