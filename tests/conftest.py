"""What all tests share."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every run, so that a failure is one that everybody sees; `make fuzz` looks for new ones. No
# deadline for an example: how fast a machine is says nothing about a law.
settings.register_profile("repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("searching", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-cases` rewrites the expected reports; read the difference before committing it."""
    parser.addoption("--update-cases", action="store_true", help="rewrite the reports of cases and golden files")
