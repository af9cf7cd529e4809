"""Laws of claims: any text gives claims, each with a name of its own and a place inside its note."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from vaultcheck.analysis import analyse
from vaultcheck.config import Config
from vaultcheck.proof.claims import collect
from vaultcheck.proof.obligations import oblige
from vaultcheck.vault import Vault

_PIECES = st.sampled_from(
    [
        "$a = b$",
        "$b = c$ #to_verify",
        "$$\\begin{aligned} a &= b \\\\ &= c \\end{aligned}$$",
        "$x^2 = 4 \\Rightarrow x = 2$",
        "[[A#^q]]",
        "[[B]]",
        "[[#Head]]",
        "from:: [[A#^q]]",
        "(given:: a = 3 mV)",
        "with:: a = b, c = d",
        "%% from:: [[B#^q]] %%",
        "^q",
        "^r",
        "- ",
        "> ",
        "> [!fail] x",
        "# Head",
        "| a | b |\n|---|---|\n| $a = 1$ | $b$ |",
        "\n\n",
        "\n",
        " ",
        "~~",
        "%%",
        "```",
        "$$",
        "$",
        "#verifed",
        "#wrong",
        "see also",
        "If ",
        "then ",
        "where ",
        ":",
        ".",
        "**Example**",
        "{{x}}",
        "\t",
        "\r\n",
        "é",
        "\ue000",
        "\u2028",
        "\\",
        "||",
        "a::",
        "from::",
    ]
)
_NOTES = st.lists(_PIECES, max_size=25).map("".join)


@settings(max_examples=60, deadline=None)
@given(_NOTES, _NOTES)
def test_any_text_gives_claims(one: str, other: str) -> None:
    files = {"A.md": one, "B.md": other}
    claims = collect(analyse(Vault.of(files), Config(jobs=1)))
    ids = [claim.id for claim in claims]
    assert len(set(ids)) == len(ids)
    places = [(claim.path, claim.location.span.start) for claim in claims]
    assert places == sorted(places)
    for claim in claims:
        text = files[claim.path]
        assert 0 <= claim.block.start <= claim.location.span.start <= claim.location.span.end <= len(text)
        assert all(premise.claim != claim.id for premise in claim.premises)
        assert all(premise.claim in ids for premise in claim.premises if premise.claim)
        assert len(oblige(claim, claims).premises) == len(claim.premises)
