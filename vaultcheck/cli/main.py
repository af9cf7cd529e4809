"""The command `vaultcheck`: arguments in, exit code out."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit."""
    sys.exit(0)
