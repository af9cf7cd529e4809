"""Links to a heading by the anchor that GitHub makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.model import Part
from vaultcheck.graph.rewrite import escaped, linkable, subpath_edit
from vaultcheck.graph.wording import note_name, quoted
from vaultcheck.note.model import Heading, Link, Syntax
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, NotePath

INFO = RuleInfo(
    "slug-heading-link",
    "a heading is linked by its GitHub anchor, which Obsidian does not know",
    Severity.WARNING,
    True,
)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Markdown links whose subpath is the slug of a heading that exists: right on GitHub, dead in Obsidian."""
    for path, link, missing in analysis.missing(Part.HEADING):
        target = missing.path if missing.path is not None else path
        if link.syntax is not Syntax.MARKDOWN:
            continue
        found = analysis.slugs(target).find(link.subpath)
        if found is not None:
            yield _finding(analysis, path, link, target, *found)


def _finding(
    analysis: Analysis, path: NotePath, link: Link, target: NotePath, heading: Heading, before: int
) -> Finding:
    owner = "this note" if target == path else note_name(target)
    wanted = linkable(heading.text)
    fix, hint = None, f"in Obsidian write #{escaped(wanted)}"
    if before:
        hint = f"{owner} has that heading more than once, and Obsidian reaches only the first"
    else:
        edit = subpath_edit(analysis.vault.read(path), link, wanted)
        if edit is not None:
            fix = Fix(f"link to {quoted(heading.text)} as Obsidian does", Applicability.SAFE, (edit,))
    return Finding(
        rule=INFO.name,
        message=f"{quoted('#' + link.subpath)} is GitHub's anchor for the heading {quoted(heading.text)}",
        location=Location(path, link.span),
        severity=INFO.severity,
        hint=hint,
        suggestions=() if before else (wanted,),
        fix=fix,
    )


RULE = Rule(INFO, check)
