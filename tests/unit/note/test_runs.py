"""Stretches of inline content: each formula stands in one of them, however lists and tables are nested."""

from __future__ import annotations

import re

import pytest

from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source


@pytest.mark.parametrize(
    "text",
    [
        "- a $A=1$\n\t- b $B=1$\n\t- h $H=1$\n",
        "- a $A=1$\n\t- b $B=1$\n\t\t- c $C=1$\n\t- d $D=1$\n- e $E=1$\n",
        "- a $A=1$\n\t| x | y |\n\t|---|---|\n\t| $B=1$ | $C=1$ |\n\tmore $D=1$\n- e $E=1$\n",
        "- a $A=1$\n\n\tapart $B=1$\n\n\t- c $C=1$\n\t- d $D=1$\n",
    ],
)
def test_every_formula_is_found_once(text: str) -> None:
    maths = parse(Source(NotePath("A.md"), text)).maths
    assert [math.latex for math in maths] == re.findall(r"[A-Z]=1", text)
