"""`vaultcheck accept`: record that claims were checked by a person today."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from vaultcheck.cli import claims
from vaultcheck.cli.options import cache_option, jobs_option, vault_option
from vaultcheck.cli.place import locate
from vaultcheck.cli.terminal import emit, remark, style_for
from vaultcheck.cli.vaults import appraised
from vaultcheck.source import shown

if TYPE_CHECKING:
    from vaultcheck.analysis import Analysis
    from vaultcheck.proof.model import Judged, Standing


@click.command(short_help="Record that claims were checked today.")
@click.argument("names", metavar="[CLAIM]...", nargs=-1)
@vault_option
@jobs_option
@cache_option
def accept(names: tuple[str, ...], vault: str | None, jobs: int | None, no_cache: bool) -> None:
    """Record in the vault's ledger that these claims were checked by a person today, and print them.

    Without CLAIM all that are settled, attested or stale. A claim recorded is stale as soon as it, or what it rests on,
    says something else. The ledger is `.vaultcheck/ledger.jsonl`; nothing else is written, and no verdict depends
    on it.
    """
    root = locate(vault, ()).root
    with appraised(str(root), jobs=jobs, no_cache=no_cache) as analysis:
        appraisal = analysis.appraisal
    from vaultcheck.proof.ledger import entry_of, read_ledger, with_entries, write_ledger
    from vaultcheck.proof.ledger_file import ledger_file, ledger_text, save_ledger_text
    from vaultcheck.reports import claims_table

    if names:
        by_id = {one.claim.id: one for one in appraisal.judged}
        asked = dict.fromkeys(claims.named(name, tuple(by_id)) for name in names)
        chosen = tuple(by_id[name] for name in asked)
    else:
        chosen = tuple(one for one in appraisal.judged if _is_offered(one) and not _is_excluded(one, analysis))
    refused = [shown(one.claim.id) for one in chosen if one.standing in _never()]
    if refused:
        raise click.UsageError(f"{', '.join(refused)}: what is refuted or rests on itself is not recorded as checked")
    if not chosen:
        remark("No claim is settled, attested or stale; name those that you have checked.")
        return
    source = claims.sources(analysis)
    lines = [claims_table.line_of(one, source(one.claim.path)) for one in chosen]
    emit(claims_table.render(lines, style_for(sys.stdout, root)))
    day = date.today()
    prints = appraisal.structure.prints
    entries = [
        entry_of(one.claim, prints[one.claim.id], day, one.verdict.status.value if one.verdict else "attested")
        for one in chosen
    ]
    save_ledger_text(root, write_ledger(with_entries(read_ledger(ledger_text(root)), entries)))
    remark(f"{len(entries):,} recorded in {ledger_file(root)}.")


def _is_offered(one: Judged) -> bool:
    """Whether a claim is recorded unasked: settled, attested, or recorded before and changed since."""
    from vaultcheck.proof.model import Standing

    return claims.stands_out(one) and one.standing in {Standing.SETTLED, Standing.ATTESTED, Standing.STALE}


def _is_excluded(one: Judged, analysis: Analysis) -> bool:
    return analysis.config.excludes(one.claim.path) or analysis.vault.excludes(one.claim.path)


def _never() -> frozenset[Standing]:
    from vaultcheck.proof.model import Standing

    return frozenset({Standing.REFUTED, Standing.CIRCULAR})
