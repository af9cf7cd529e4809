"""Laws of the rules: on any vault they end, point into the text, do not depend on the order of files, and their safe
fixes do away with what they found and bring nothing worse."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.analysis import analyse
from vaultcheck.check import check
from vaultcheck.config import Config
from vaultcheck.findings import Applicability, Report, Severity
from vaultcheck.rules.registry import every_rule
from vaultcheck.vault import Vault

EVERYTHING = Config(
    rules={rule.info.name: "note" for rule in every_rule() if not rule.info.enabled},
    check_comments=True,
    check_templates=True,
)

PIECES = (
    "[[Axon]]", "[[axno terminals]]", "[[Gone/Note]]", "![[pic.png]]", "![[pic 1.png|100]]", "[[Axon#Shape]]",
    "[[Axon#Shpae|x]]", "[t](#my-heading)", "[t](Axon.md#my-heading)", "[t](Axon terminals.md)", "[t](../../x.md)",
    "[t](www.example.com)", "[[#^a]]", "[[Axon#^a]]", "[[Axon#^A_b]]", "^a", " ^a\n", "\n\n^a\n\n", "# My heading\n",
    "## Shape (2024): a & b\n", "> # Shape\n", "- item ", "\n", "\n\n", " ",
    "| a | [[Axon|x]] |\n|---|---|\n| 1 | 2 |\n",
    "| [[Axon|x]] | b |\n", "#verified ", "#to_verfy ", "#toverify/x ", "#Wrong ", "five words of plain text ", "$x$ ",
    "$5 [[Axon]] words y$", "$$\n", "%% ", " %%", "<!-- ", " -->", "`", "```\n", "<% ", " %>", "{{ }}", "[[", "]]", "é",
    "%% vaultcheck: ignore[broken-link] why %%", "---\n", "tags: [verified, to_verify]\n", "up: [[Axon]]\n",
    'up: "[[Gone]]"\n', "aliases: [Soma]\n", "[[Soma]]", "[[[Axon]]", "\\", "\r\n", "\u2028", "\ufeff",
)  # fmt: skip

texts = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
front = st.sampled_from(
    ["", "---\ntags: [verifed]\nup: [[Axon]]\n---\n", "---\ntags: [a\n---\n", "---\n{{x}}: [\n---\n"]
)
notes = st.builds(str.__add__, front, texts)
names = st.sampled_from(
    ["Axon.md", "axon terminals.md", "a/Axon.md", "b/Axon.md", "a/b/Index.md", "Axon (conflict 2024-05-02).md"]
)
CANVAS = '{"nodes": [{"type": "file", "file": "Axon.md", "subpath": "#Shpae"}, {"type": "text", "text": "[[Gone/X]]"}]}'
others = st.sampled_from(
    [
        {},
        {"pic.png": "", ".Soma.md.icloud": ""},
        {"C.canvas": CANVAS},
        {"C.canvas": "[", "x/pic.png": "", "y/pic.png": ""},
    ]
)
vaults = st.builds(lambda files, more: files | more, st.dictionaries(names, notes, min_size=1, max_size=4), others)


def _report(files: dict[str, str]) -> Report:
    return check(analyse(Vault.of(files), EVERYTHING))


@settings(max_examples=150, deadline=None)
@given(vaults)
def test_findings_point_into_the_text_and_name_their_rule(files: dict[str, str]) -> None:
    report = _report(files)
    for finding in report.findings:
        path, span = finding.location
        assert path in files
        assert 0 <= span.start <= span.end <= len(files[path])
        assert finding.message == finding.message.strip() != ""
        assert not finding.message.endswith(".")
        assert "\n" not in finding.message + finding.hint
        for related in finding.related:
            assert related.location.path in files
        for edit in finding.fix.edits if finding.fix else ():
            place = edit.location.span
            assert 0 <= place.start <= place.end <= len(files[edit.location.path])
    assert {finding.rule for finding in report.findings} <= {rule.info.name for rule in every_rule()}


@settings(max_examples=60, deadline=None)
@given(vaults, st.randoms(use_true_random=False))
def test_the_order_of_files_does_not_matter(files: dict[str, str], random: Random) -> None:
    shuffled = list(files.items())
    random.shuffle(shuffled)
    assert _report(dict(shuffled)) == _report(files)


@settings(max_examples=150, deadline=None)
@given(vaults)
def test_safe_fixes_do_away_with_findings_and_bring_no_error(files: dict[str, str]) -> None:
    before = _report(files)
    safe = [f for f in before.findings if f.fix is not None and f.fix.applicability is Applicability.SAFE]
    if not safe:
        return
    finding = safe[0]
    assert finding.fix is not None
    changed = dict(files)
    for edit in sorted(finding.fix.edits, key=lambda edit: edit.location.span, reverse=True):
        text, span = changed[edit.location.path], edit.location.span
        changed[edit.location.path] = text[: span.start] + edit.replacement + text[span.end :]
    after = _report(changed)
    assert _count(after, finding.rule) < _count(before, finding.rule)
    assert _errors(after) <= _errors(before) | {"contradicting-tags", "broken-link", "missing-attachment"}


def _count(report: Report, rule: str) -> int:
    return sum(finding.rule == rule for finding in report.findings)


def _errors(report: Report) -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity is Severity.ERROR}
