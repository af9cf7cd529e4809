"""Tags that are written with different capitals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from vaultcheck.analysis import Analysis
from vaultcheck.findings import Applicability, Finding, Fix, RuleInfo, Severity
from vaultcheck.graph.wording import quoted
from vaultcheck.rules.rule import Rule
from vaultcheck.source import Location, Span, TextEdit

INFO = RuleInfo("tag-case", "a tag is written with other capitals than elsewhere", Severity.NOTE, True, enabled=False)


def check(analysis: Analysis) -> Iterator[Finding]:
    """Tags spelt otherwise than most of the same name; of two spellings as frequent, the one met first is kept."""
    spellings: dict[str, Counter[str]] = {}
    for note in analysis.notes.values():
        for tag in note.tags:
            spellings.setdefault(tag.name.lower(), Counter())[tag.name] += 1
    usual = {name: found.most_common(1)[0][0] for name, found in spellings.items() if len(found) > 1}
    if not usual:
        return
    for path, note in analysis.notes.items():
        for tag in note.tags:
            wanted = usual.get(tag.name.lower(), tag.name)
            if wanted != tag.name:
                place = Span(tag.span.end - len(tag.name), tag.span.end)
                as_written = analysis.vault.read(path).slice(place) == tag.name
                edit = TextEdit(Location(path, place), wanted)
                yield Finding(
                    rule=INFO.name,
                    message=f"{quoted('#' + tag.name)} is written {quoted('#' + wanted)} elsewhere",
                    location=Location(path, tag.span),
                    severity=INFO.severity,
                    suggestions=(f"#{wanted}",),
                    fix=Fix(f"write #{wanted}", Applicability.SAFE, (edit,)) if as_written else None,
                )


RULE = Rule(INFO, check)
