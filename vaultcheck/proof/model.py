"""What a claim is worth. Frozen data, no work."""

from __future__ import annotations

from enum import StrEnum


class Standing(StrEnum):
    """What a claim is worth once everything that it rests on is counted, in the order of a legend.

    The value is its one name everywhere: in reports, on the map, in its legend.
    """

    SETTLED = "settled"
    """Its verdict is a proof, and every premise is settled or assumed."""
    ASSUMED = "assumed"
    """A definition: it is not derived from anything."""
    ATTESTED = "attested"
    """The author's settled tag is all there is."""
    CONDITIONAL = "conditional"
    """Proved from premises of which one is open."""
    OPEN = "open"
    """Nobody has said or shown that it holds."""
    STALE = "stale"
    """Recorded once, and it or a premise has changed since."""
    CIRCULAR = "circular"
    """It rests on itself."""
    REFUTED = "refuted"
    """It, or a premise that it needs, is refuted."""
