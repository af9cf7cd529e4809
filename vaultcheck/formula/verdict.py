"""What is asked of the prover and what it answers: obligations, verdicts, evidence. Frozen data, no work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from vaultcheck.formula.model import Derivative, Reading, Relation, Symbol, Term, Vocabulary


class Status(StrEnum):
    """The verdicts, strongest precedence first."""

    CONFLICT = "premises conflict"
    REFUTED = "refuted"
    PROVED = "proved"
    COMPUTED = "proved by computation"
    DERIVABLE = "derivable under this reading"
    RECOMPUTED = "recomputed"
    NUMERIC = "holds numerically"
    NOT_FOLLOWING = "does not follow"
    DIMENSIONAL = "dimensionally consistent"
    UNDECIDED = "undecided"


class Refutation(StrEnum):
    """How a claim was refuted."""

    DIMENSIONS = "dimensions"
    NUMBERS = "numbers"
    WITNESS = "witness"


class Why(StrEnum):
    """The closed list of reasons for `undecided`."""

    NO_PREMISES = "no premises"
    UNREAD = "unread formula"
    NOT_A_RELATION = "not a relation"
    UNKNOWN_NAMES = "unknown names"
    UNSUPPORTED = "unsupported construct"
    READINGS_DISAGREE = "two readings disagree"
    RESTATES = "restates its premise"
    APPROXIMATE = "an approximation"
    NO_MODEL = "no admissible values found"
    IS_A_SOLUTION = "is a solution, not known to be the only one"
    OPEN = "neither proved nor refuted"
    BUDGET = "budget spent"
    MEMORY = "memory spent"
    FAULT = "a fault in vaultcheck"


class Need(StrEnum):
    """What a condition asks of its term."""

    NONZERO = "≠ 0"
    POSITIVE = "> 0"
    CONVERGES = "converges"
    CONSTANT = "is constant"


@dataclass(frozen=True, slots=True)
class Condition:
    """A side condition: the term must be so for the verdict to hold."""

    term: Term
    need: Need


@dataclass(frozen=True, slots=True)
class Solved:
    """One step of an elimination: the premise with this index, after the steps before it, gives `name = value`."""

    premise: int
    name: Symbol | Derivative
    value: Term


@dataclass(frozen=True, slots=True)
class Certificate:
    """`factor · goal = Σ cofactor · premise`, every equation moved to one side and cleared of denominators.

    `factor` is a product of the terms in `factors`; none of them may vanish.
    """

    factors: tuple[tuple[Term, int], ...]
    cofactors: tuple[tuple[int, Term], ...]


@dataclass(frozen=True, slots=True)
class Elimination:
    """The premises solved one after the other; with these values the goal is an identity."""

    steps: tuple[Solved, ...]


@dataclass(frozen=True, slots=True)
class Positivity:
    """An inequality: after the steps, and with each slack name written as `other + something positive`, the larger
    side minus the smaller is `Π factors`, each a sum of products of positive things or an even power."""

    steps: tuple[Solved, ...]
    slacks: tuple[tuple[str, Term, int], ...]
    factors: tuple[tuple[Term, int], ...]
    growth: bool = False


@dataclass(frozen=True, slots=True)
class Induction:
    """A sum with a symbolic bound: the closed form is right at the start, and its step is the summand."""

    index: str
    closed: Term


@dataclass(frozen=True, slots=True)
class Witness:
    """Values at which every premise holds and the claim does not.

    `free` were chosen, `steps` give the rest; `left` and `right` enclose the claim's two sides there.
    `computed` names the computer-algebra steps the witness rests on, if any.
    """

    free: tuple[tuple[str, Fraction], ...]
    steps: tuple[Solved, ...]
    left: tuple[Fraction, Fraction]
    right: tuple[Fraction, Fraction]
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Computation:
    """A step that rests on computer algebra: its name and, in words, what was computed."""

    method: str
    lines: tuple[str, ...] = ()
    steps: tuple[Solved, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides of a numeric claim, as intervals in SI units, and the same in the claim's words."""

    left: tuple[Fraction, Fraction]
    right: tuple[Fraction, Fraction]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sampling:
    """No counter-example at this many points of these ranges."""

    points: int
    ranges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """Dimensions that cannot agree: the two sides and the chain of reasons."""

    left: str
    right: str
    reasons: tuple[str, ...]
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """The premises (by index) that cannot hold together, and the certificate or the impossible equation."""

    premises: tuple[int, ...]
    certificate: Certificate | None
    equation: str


Evidence = (
    Certificate
    | Elimination
    | Positivity
    | Induction
    | Witness
    | Computation
    | Comparison
    | Sampling
    | Clash
    | Conflict
    | None
)

KERNEL_CHECKED = (Certificate, Elimination, Positivity, Induction)
"""Evidence that the kernel checks again by itself, without computer algebra."""


@dataclass(frozen=True, slots=True)
class Obligation:
    """The question put to the prover: does `goal` follow from `premises`?

    `rtol` replaces the precision the numbers are written with. `seed` makes the search for witnesses repeatable.
    """

    goal: Reading
    premises: tuple[Reading, ...] = ()
    vocabulary: Vocabulary = ()
    rtol: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with what stands behind it.

    `provided` are side conditions of a proof; `only_if` the conditions under which a refuted claim would hold;
    `used` the indices of the premises needed; `missing` an equation that would close the gap;
    `correspondences` the readings found, each a tuple of (premise's name, claim's term).
    `parts` are the verdicts on the relations of a chain, in order; its evidence is that of the part it rests on.
    `goal`, `given` and `positive` are the relations that were judged and the names taken for positive, so that the
    evidence can be checked again; `unknown` the names that no premise mentions; `warning_only` is set where a clash of
    dimensions rests on a unit that nobody declared.
    """

    status: Status
    evidence: Evidence = None
    refutation: Refutation | None = None
    why: Why | None = None
    detail: str = ""
    provided: tuple[Condition, ...] = ()
    only_if: tuple[str, ...] = ()
    used: tuple[int, ...] = ()
    missing: str = ""
    correspondences: tuple[tuple[tuple[str, str], ...], ...] = ()
    reading: str = ""
    guesses: tuple[str, ...] = ()
    parts: tuple[Verdict, ...] = ()
    goal: Relation | None = None
    given: tuple[Relation, ...] = ()
    positive: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    warning_only: bool = False

    @property
    def outcome(self) -> str:
        """One of `proved`, `refuted`, `dimension_error`, `unsupported`, `numeric_ok`, `numeric_wrong`, `undecided`.

        `unsupported`: the claim names something that no premise mentions. A claim whose names all occur in the
        premises and that fails at a model of them is `refuted` here, also where the premises tie its names down
        so little that the verdict is `does not follow`.
        """
        match self.status:
            case Status.PROVED | Status.COMPUTED:
                return "proved"
            case Status.RECOMPUTED:
                return "numeric_ok"
            case Status.REFUTED:
                by_kind = {Refutation.DIMENSIONS: "dimension_error", Refutation.NUMBERS: "numeric_wrong"}
                return by_kind.get(self.refutation or Refutation.WITNESS, "refuted")
            case Status.NOT_FOLLOWING:
                return "unsupported" if self.unknown else "refuted"
            case Status.DERIVABLE:
                return "unsupported"
            case Status.UNDECIDED if self.why in {Why.UNKNOWN_NAMES, Why.NO_PREMISES}:
                return "unsupported"
            case _:
                return "undecided"


Progress = Callable[[str], None]
"""Called with the name of each stage as it begins."""

Prover = Callable[[Obligation], Verdict]
"""Anything that answers an obligation."""


def undecided(why: Why, detail: str = "") -> Verdict:
    """The verdict that is never a fault."""
    return Verdict(Status.UNDECIDED, why=why, detail=detail)
