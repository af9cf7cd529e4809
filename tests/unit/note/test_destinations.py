"""Destinations of Markdown links as they are written: the parser is given letters for what is not ASCII."""

from __future__ import annotations

import pytest

from vaultcheck.note.parse import parse
from vaultcheck.source import NotePath, Source


@pytest.mark.parametrize(
    ("written", "linkpath", "subpath"),
    [
        ("[été](Été.md)", "Été.md", ""),
        ("[été](Note.md)", "Note.md", ""),
        (r"[t](Résumé\_long.md)", "Résumé_long.md", ""),
        ("[t](Été&amp;Hiver.md#Où)", "Été&Hiver.md", "Où"),
        ("[t](<Été à Nîmes.md>)", "Été à Nîmes.md", ""),
        (r"[t](<a\>é.md>)", "a>é.md", ""),
        ('![vue](Caf%C3%A9.png "la vue, l\'été")', "Café.png", ""),
        ("[qui ?](Où ça ?.md)", "", ""),
    ],
)
def test_a_destination_is_read_as_it_is_written(written: str, linkpath: str, subpath: str) -> None:
    links = parse(Source(NotePath("A.md"), f"Déjà vu : {written}\n")).links
    assert [(link.linkpath, link.subpath) for link in links] == ([(linkpath, subpath)] if linkpath else [])
