"""What all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` rewrites the expected reports; read the difference before committing it."""
    parser.addoption("--update-cases", action="store_true", help="rewrite the reports of cases and golden files")
