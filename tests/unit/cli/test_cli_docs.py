"""The manual says what the program says: options, commands, formats, kinds, exit codes, configuration keys."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from vaultcheck.cli import facts, list_facts, outputs
from vaultcheck.cli.commands import COMMANDS, vaultcheck
from vaultcheck.cli.init import CONFIGURATION
from vaultcheck.config import Config, TagFamilies, load

DOCS = Path(__file__).parents[3] / "docs"
CLI = DOCS / "cli.md"


def command(name: str) -> click.Command:
    found = vaultcheck.get_command(click.Context(vaultcheck), name)
    assert found is not None
    return found


def table(name: str) -> str:
    """The options of a command as a table of the manual, made from what `--help` knows."""
    rows = []
    commands = [command(name)]
    if isinstance(commands[0], click.Group):
        commands = [commands[0].commands[inner] for inner in sorted(commands[0].commands)]
    for parameter in (parameter for each in commands for parameter in each.params):
        if isinstance(parameter, click.Option):
            what = parameter.make_metavar(click.Context(commands[0])) if not parameter.is_flag else ""
            written = ", ".join(f"`{option} {what}`".replace(" `", "`") for option in reversed(parameter.opts))
            rows.append(f"| {written.replace('|', chr(92) + '|')} | {parameter.help} |")
    return "\n".join(["| option | meaning |", "| --- | --- |", *rows]) if rows else ""


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_manual_lists_the_options_of_help(name: str, request: pytest.FixtureRequest) -> None:
    text = CLI.read_text(encoding="utf-8")
    block = re.compile(rf"<!-- options of {name} -->\n(?:\n(?:\|.*\n)+)?")
    found = block.search(text)
    assert found, f"docs/cli.md wants the line <!-- options of {name} -->"
    wanted = f"<!-- options of {name} -->\n" + (f"\n{table(name)}\n" if table(name) else "")
    if request.config.getoption("--update-cases"):
        CLI.write_text(text[: found.start()] + wanted + text[found.end() :], encoding="utf-8")
    else:
        assert found[0] == wanted, "run pytest --update-cases and read the difference"


def test_the_manual_has_a_section_for_each_command_and_no_other() -> None:
    sections = re.findall(r"^### vaultcheck (\w+)$", CLI.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(sections) == sorted(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_has_a_help_text_and_every_command_a_line(name: str) -> None:
    assert COMMANDS[name].summary.endswith(".")
    assert command(name).help
    for parameter in command(name).params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_the_manual_names_formats_and_kinds() -> None:
    text = CLI.read_text(encoding="utf-8")
    assert sorted(facts.KINDS) == list(list_facts.KINDS)
    for kind in facts.KINDS:
        assert f"| `{kind}` |" in text
    for form in outputs.FORMATS:
        assert f"`{form}`" in text


def test_every_key_of_the_configuration_is_in_the_manual_with_its_default() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.+?) \|", text, re.MULTILINE))
    keys = {name.replace("_", "-"): value for name, value in Config()._asdict().items()}
    for key, default in keys.items():
        written = (
            {True: "`true`", False: "`false`", (): "`[]`"}.get(default)
            if not isinstance(default, dict | TagFamilies)
            else None
        )
        if isinstance(default, str | int) and not isinstance(default, bool):
            written = f'`"{default}"`' if isinstance(default, str) else f"`{default}`"
        assert rows[key] == (written or rows[key])
    families = set(TagFamilies._fields)
    assert set(rows) == set(keys) | families
    for name in families:
        assert rows[name] == ", ".join(f"`{tag}`" for tag in getattr(TagFamilies(), name))


def test_the_configuration_that_init_writes_shows_every_key_with_its_default(tmp_path: Path) -> None:
    file = tmp_path / "vaultcheck.toml"
    file.write_text(CONFIGURATION, encoding="utf-8")
    assert load(tmp_path, tuple) == Config()
    file.write_text(re.sub(r"^# ((?:[\w-]+) = )", r"\1", CONFIGURATION, flags=re.MULTILINE), encoding="utf-8")
    read = load(tmp_path, lambda: ["orphan-note"])
    assert read == Config(rules={"orphan-note": "off"})
    for field in Config._fields:
        key = field.replace("_", "-")
        assert re.search(rf"^(?:# {key} = |\[{key}\])", CONFIGURATION, re.MULTILINE)
