"""Claims of small vaults in memory, for tests."""

from __future__ import annotations

from vaultcheck.analysis import analyse
from vaultcheck.config import Config
from vaultcheck.proof.claims import collect
from vaultcheck.proof.model import Claim
from vaultcheck.vault import Vault


def claims_of(files: dict[str, str], config: Config | None = None) -> tuple[Claim, ...]:
    """All that the notes state, in order."""
    return collect(analyse(Vault.of(files), config or Config(jobs=1)))


def claims_in(text: str, **others: str) -> tuple[Claim, ...]:
    """What one note, `A.md`, states; `others` are further notes by name."""
    files = {"A.md": text, **{f"{name}.md": body for name, body in others.items()}}
    return tuple(claim for claim in claims_of(files) if claim.path == "A.md")


def the_claim(text: str, **others: str) -> Claim:
    """The last relation or text that the note `A.md` states."""
    return claims_in(text, **others)[-1]
