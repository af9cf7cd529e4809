"""On a generated vault vaultcheck finds the faults that were planted, in their places, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bench.generate import pages, write
from bench.model import Shape
from vaultcheck.check import check_vault
from vaultcheck.config import Config


@pytest.mark.parametrize("shape", [Shape(400, 5, 12, 60), Shape(150, 8, 23, 0), Shape(60, 13, 5, 1000)])
def test_what_is_reported_is_what_was_planted(shape: Shape, tmp_path: Path) -> None:
    _, planted = write(tmp_path / "vault", shape)
    texts = {page.path: page.text for page in pages(shape)}
    report = check_vault(tmp_path / "vault", Config(cache=False))
    reported = Counter(
        (finding.rule, finding.location.path, texts[finding.location.path][slice(*finding.location.span)])
        for finding in report.findings
    )
    assert reported == Counter((fault.rule, fault.path, fault.written) for fault in planted)
